"""Shifts, who has them on which day, leave, swaps, and the figures of a site's rules."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from propapp.core.access import Role
from propapp.core.dates.workdays import DayRule
from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7
from propapp.features.rosters.duty import DutyLimits, Turn


class Shift(Table, table=True):
    """A post's hours on each of its days; a post around the clock has several, or one of 24 h."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    role: Role
    name: str = Field(max_length=40)
    name_en: str = Field(default="", max_length=40)
    # Local minutes after midnight, and for how long.
    begins: int
    minutes: int
    people: int = 1
    day_rule: DayRule = DayRule.EVERY
    active: bool = True

    def on(self, day: date) -> Turn:
        """The shift on a certain day."""
        return Turn(self.id, day, self.begins, self.minutes, self.role.value, self.people)


class RosterDay(Table, table=True):
    """A person has a shift on a day."""

    __table_args__ = (
        UniqueConstraint("person_id", "day", "shift_id"),
        Index("ix_roster_day_site_day", "site_id", "day"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    shift_id: UUID = Field(foreign_key="shift.id")
    person_id: UUID = Field(foreign_key="person.id")
    day: date


class OnDuty(NamedTuple):
    """A person's shift on a day."""

    roster_day: RosterDay
    shift: Shift


class AskStatus(StrEnum):
    """How far a request for leave or for a swap has come."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Leave(Table, table=True):
    """Days on which a person is away; they count once approved."""

    __table_args__ = (Index("ix_leave_site_last", "site_id", "last"),)

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    first: date
    last: date
    reason: str = Field(default="", max_length=400)
    # What whoever decided it wrote to those who asked.
    answer: str = Field(default="", max_length=400)
    status: AskStatus = AskStatus.ASKED
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Swap(Table, table=True):
    """One person's day for another's: asked, accepted by the other, approved by the supervisor."""

    __table_args__ = (Index("ix_swap_site_asked", "site_id", "asked_at"),)

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    asker_id: UUID = Field(foreign_key="person.id")
    other_id: UUID = Field(foreign_key="person.id")
    # The asker's turn that the other is to take, and what the asker takes in return, if anything.
    shift_id: UUID = Field(foreign_key="shift.id")
    day: date
    other_shift_id: UUID | None = Field(default=None, foreign_key="shift.id")
    other_day: date | None = None
    reason: str = Field(default="", max_length=400)
    # What whoever decided it wrote to those who asked.
    answer: str = Field(default="", max_length=400)
    status: AskStatus = AskStatus.ASKED
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class DutyRules(Table, table=True):
    """A site's own figures: rest between shifts, and when a missed round is told to whom."""

    site_id: UUID = Field(foreign_key="site.id", primary_key=True)
    rest: int = DutyLimits.rest
    long_rest: int = DutyLimits.long_rest
    days_in_row: int = DutyLimits.days_in_row
    nights_in_row: int = DutyLimits.nights_in_row
    week: int = DutyLimits.week
    # Minutes after the window closed: whoever is on duty, the supervisors, the managers.
    ladder: list[int] = Field(
        default_factory=lambda: [5, 15, 30], sa_column=Column(JSON, nullable=False)
    )

    def limits(self) -> DutyLimits:
        """The figures as the rules take them."""
        return DutyLimits(
            rest=self.rest,
            long_rest=self.long_rest,
            days_in_row=self.days_in_row,
            nights_in_row=self.nights_in_row,
            week=self.week,
        )
