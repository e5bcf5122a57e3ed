"""Goals of a year, the letters that share them out, and the plans that are to reach them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from propapp.core.access import Role
from propapp.core.dates.timetable import Trigger
from propapp.core.dates.workdays import DayRule
from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class PlanStatus(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    REVISED = "revised"
    CLOSED = "closed"


class PlanKind(StrEnum):
    """For how long it plans; a campaign is done once, such as a drill."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    CAMPAIGN = "campaign"


class Plan(Table, table=True):
    """One version of a plan. All versions of it have the ``root_id`` of the first."""

    __table_args__ = (
        UniqueConstraint("root_id", "version"),
        Index("ix_plan_site_status", "site_id", "status"),
        # One version of a plan holds at a time, whoever asks at the same instant.
        Index(
            "uq_plan_in_force",
            "root_id",
            unique=True,
            sqlite_where=text("status = 'IN_FORCE'"),
            postgresql_where=text("status = 'IN_FORCE'"),
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    root_id: UUID = Field(foreign_key="plan.id", index=True)
    version: int = 1
    site_id: UUID = Field(foreign_key="site.id")
    kind: PlanKind
    # Whose plan it is: a post; none where it is the whole site's.
    department: Role | None = None
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    starts: date
    ends: date
    status: PlanStatus = PlanStatus.DRAFT
    # The plan that this one spells out, by its root: a year's plan that of a month.
    parent_id: UUID | None = Field(default=None, foreign_key="plan.id")
    # The level of service it was made for, where it was made from one.
    level: str = Field(default="", max_length=40)
    author_id: UUID = Field(foreign_key="person.id")
    # All who have written this version; none of them reviews or approves it.
    writers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    reviewer_id: UUID | None = Field(default=None, foreign_key="person.id")
    approver_id: UUID | None = Field(default=None, foreign_key="person.id")
    # Why this version was begun.
    reason: str = Field(default="", max_length=400)
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    # Since when its draft waits to be reviewed; writing on in it takes that back.
    submitted_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    in_force_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # The status up to which the schedules have followed it.
    followed: PlanStatus | None = None
    # Up to which change of it people have been told.
    told_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))

    def is_written_by(self, person_id: UUID) -> bool:
        """Whether this person has a hand in it."""
        return str(person_id) in self.writers


class PlanTask(Table, table=True):
    """One thing to be done; ``key`` is what it is called in every version of the plan.

    ``rrule`` is empty where it is done once, from its first day to its last. Windows are as in
    a schedule, in local minutes after midnight.
    """

    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    plan_id: UUID = Field(foreign_key="plan.id", index=True)
    key: str = Field(max_length=60)
    position: int = 0
    # The clause that asks for it, in the version it was made under.
    clause_id: UUID | None = Field(default=None, foreign_key="clause_version.id", index=True)
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=120)
    role: Role
    # The route that is walked for it; no foreign key, for routes stand above plans.
    route_id: UUID | None = None
    # Done on the phone where no route is walked; else it is a date and nothing records it.
    work: bool = False
    template_id: UUID | None = Field(default=None, foreign_key="checklist_template.id")
    # What proves it: ``{"photos": 1, "scan": true, "document": false}``.
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    trigger: Trigger = Trigger.CALENDAR
    rrule: str = Field(default="", max_length=400)
    windows: list[dict[str, int]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    day_rule: DayRule = DayRule.EVERY
    season: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    random: dict[str, int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    starts: date
    ends: date
    # How long one doing takes, by how many people.
    minutes: int = 30
    people: int = 1
    urgency: int = 3
    importance: int = 3
    milestone: bool = False

    @property
    def is_walked(self) -> bool:
        """Whether rounds are made for it, so that what became of it is known."""
        return self.work or self.route_id is not None

    @property
    def priority(self) -> int:
        """How much it matters, from 1 to 25."""
        return self.urgency * self.importance


class PlanTaskLink(Table, table=True):
    """A task that waits for another of the same plan."""

    plan_id: UUID = Field(foreign_key="plan.id", primary_key=True)
    task_key: str = Field(max_length=60, primary_key=True)
    after_key: str = Field(max_length=60, primary_key=True)
