"""Routes, when they are walked, and the dated occurrences made from that."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from propapp.core.access import Role
from propapp.core.dates.timetable import Trigger
from propapp.core.dates.workdays import DayKind, DayRule
from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7

# Phone clocks differ and people come early; a few minutes ahead of the window still count.
EARLY = timedelta(minutes=10)


class Route(Table, table=True):
    """Checkpoints in a prescribed order, walked by one post."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    role: Role
    active: bool = True
    # The plan whose single job it is, by its root; none where it is a way through the site.
    plan_id: UUID | None = None


class RoutePoint(Table, table=True):
    """The n-th stop; ``not_before`` counts minutes from the start of the run.

    A stop that another took the place of stays, for what was walked was walked by it.
    """

    __table_args__ = (
        Index(
            "uq_route_point_standing",
            "route_id",
            "position",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    route_id: UUID = Field(foreign_key="route.id", index=True)
    position: int
    checkpoint_id: UUID = Field(foreign_key="checkpoint.id")
    template_id: UUID = Field(foreign_key="checklist_template.id")
    not_before: int = 0
    # Nothing where it stood from the beginning, and where it stands to this day.
    placed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    replaced_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class TaskSchedule(Table, table=True):
    """When a route is walked: a rule for the days, windows within a day, and what narrows both.

    Each window is ``{"opens", "minutes", "grace"}`` in local minutes after midnight and may reach
    into the next day. ``season`` is ``{"from": "MM-DD", "to": "MM-DD"}`` and may pass the new year.
    """

    __table_args__ = (Index("ix_task_schedule_made", "made_until"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    route_id: UUID = Field(foreign_key="route.id", index=True)
    # The task of a plan in force that wants it; none where somebody made it by hand.
    plan_task_id: UUID | None = Field(default=None, foreign_key="plan_task.id", index=True)
    trigger: Trigger = Trigger.CALENDAR
    rrule: str = Field(default="FREQ=DAILY", max_length=400)
    windows: list[dict[str, int]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    day_rule: DayRule = DayRule.EVERY
    season: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    # For random rounds: how often every point is reached, see ``chance.Coverage``.
    random: dict[str, int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    starts: date
    ends: date
    active: bool = True
    version: int = 1
    # Up to which day its occurrences are made, and by which edition of the calendar.
    made_until: date | None = None
    made_edition: str = Field(default="", max_length=16)


class Occurrence(Table, table=True):
    """One dated window of a route. Its id derives from route and opening, so sweeps may repeat."""

    __table_args__ = (
        UniqueConstraint("route_id", "opens_at"),
        Index("ix_occurrence_site_opens", "site_id", "opens_at"),
        Index("ix_occurrence_closes", "closes_at"),
        Index("ix_occurrence_plan_task", "plan_task_id", "opens_at"),
    )

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    route_id: UUID = Field(foreign_key="route.id")
    schedule_id: UUID | None = Field(default=None, foreign_key="task_schedule.id")
    plan_task_id: UUID | None = Field(default=None, foreign_key="plan_task.id")
    kind: str = Field(default=Trigger.CALENDAR.value, max_length=20)
    local_date: date
    opens_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closes_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    grace: int = 10
    # Made by a calendar whose year was not announced yet; it may move when it is.
    provisional: bool = False
    # No longer wanted; the row stays, for a phone may have seen it and walk it all the same.
    withdrawn_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    missed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # How many steps of the alarm's ladder are done.
    alarmed: int = 0
    # Nothing was heard from the phones of those on duty since then: offline, which is not missed.
    offline_since: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))

    @property
    def last_call(self) -> datetime:
        """The instant after which nobody can begin in time any more."""
        return self.closes_at + timedelta(minutes=self.grace)

    def holds(self, instant: datetime) -> bool:
        """Whether a run begun at this instant belongs to the window."""
        return self.opens_at - EARLY <= instant <= self.last_call


class CalendarDay(Table, table=True):
    """A day that the company knows better than the announced calendar."""

    day: date = Field(primary_key=True)
    kind: DayKind
    name: str = Field(default="", max_length=80)
    source: str = Field(default="", max_length=200)


class CalendarYear(Table, table=True):
    """A year whose notice somebody has entered by hand, before the software knew it."""

    year: int = Field(primary_key=True)
    source: str = Field(max_length=200)


class RoundSeed(Table, table=True):
    """The seed of a day's random rounds and challenges, committed to before and revealed after."""

    __table_args__ = (UniqueConstraint("site_id", "local_date"),)

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    local_date: date
    seed: str = Field(max_length=64)
    # What is drawn by the seed, as it was committed to: a list of ``chance.Draw.said()``.
    draws: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    # Which challenges are drawn by it, as committed to, see ``lots.asked_at``; None where none is.
    challenges: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    commitment: str = Field(max_length=64)
    committed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    # When the last of its rounds is over.
    over_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revealed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class WeatherEvent(Table, table=True):
    """Weather that somebody, or a service, has announced; the same key says the same thing once."""

    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    key: str = Field(max_length=80)
    trigger: Trigger
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    text: str = Field(default="", max_length=400)
    hook_id: UUID | None = Field(default=None, foreign_key="weather_hook.id")
    rounds: int = 0


class WeatherHook(Table, table=True):
    """A token with which a weather service speaks for one site, kept as a hash."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    name: str = Field(max_length=60)
    token_sha256: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
