"""A run of a route, its visits to points, and the answers given there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7

# Nothing hangs there to be scanned, as where single jobs are done.
NO_CODE = "no_code"
# Why a code was not scanned, as the phone offers it; any other is the person's own words.
HAND_OFFERED = ("damaged", "missing", "dark", "blocked", "camera")
HAND_REASONS = (*HAND_OFFERED, NO_CODE)


class RunStatus(StrEnum):
    """Sealed means finished and every byte of every photo is here."""

    RUNNING = "running"
    FINISHED = "finished"
    SEALED = "sealed"


class Run(Table, table=True):
    """One person walking one occurrence; a second run of the same one is kept as parallel."""

    __table_args__ = (
        Index("ix_run_site_started", "site_id", "started_at"),
        Index("ix_run_occurrence", "occurrence_id"),
    )

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    occurrence_id: UUID = Field(foreign_key="occurrence.id")
    route_id: UUID = Field(foreign_key="route.id")
    person_id: UUID = Field(foreign_key="person.id")
    device_id: UUID | None = None
    status: RunStatus = RunStatus.RUNNING
    parallel: bool = False
    # Begun within the window; a run begun outside is kept, but does not make the occurrence good.
    in_window: bool = True
    points_total: int
    points_done: int = 0
    fails: int = 0
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    started_received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    finished_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    finished_received_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    sealed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    note: str = Field(default="", max_length=800)


class VisitMethod(StrEnum):
    """How presence at a point was shown."""

    SCAN = "scan"
    HAND = "hand"


class Visit(Table, table=True):
    """A point reached and its checklist answered; a later visit to the same point corrects it."""

    __table_args__ = (
        Index("ix_visit_run", "run_id", "position"),
        # What waits to be scored is little, however much there is.
        Index(
            "ix_visit_unscored",
            "run_id",
            sqlite_where=text("score IS NULL"),
            postgresql_where=text("score IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    run_id: UUID = Field(foreign_key="run.id")
    site_id: UUID = Field(foreign_key="site.id")
    point_id: UUID = Field(foreign_key="route_point.id")
    checkpoint_id: UUID = Field(foreign_key="checkpoint.id")
    template_id: UUID = Field(foreign_key="checklist_template.id")
    position: int
    method: VisitMethod
    hand_reason: str = Field(default="", max_length=200)
    # Facts for the second look, never reasons to discard: out of order, before its time.
    flags: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    arrived_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    left_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    # The phone itself says that somebody else told it where it is.
    mocked: bool = False
    # The print that was scanned; None where none was, or from before prints were told apart.
    code_id: UUID | None = Field(default=None, foreign_key="checkpoint_code.id")
    superseded_by: UUID | None = None
    # What was asked by lot and what came of it, see ``challenging.kept``; None where nothing was.
    challenge: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    # How well the visit is shown to have happened, from 0 to 100, with its reasons as pairs of a
    # code and its points; set when the run is sealed, and always to be had again from the facts.
    score: int | None = None
    reasons: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Look(StrEnum):
    """What came of a second look at a visit."""

    WAITING = "waiting"
    ASKED = "asked"
    CREDIBLE = "credible"
    NOT_CREDIBLE = "not_credible"


class SecondLook(Table, table=True):
    """A visit that a supervisor should look at once more, for its score or by chance."""

    __table_args__ = (Index("ix_second_look_site", "site_id", "look", "drawn_at"),)

    id: UUID = Field(foreign_key="visit.id", primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    look: Look = Look.WAITING
    drawn_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    note: str = Field(default="", max_length=800)
    judged_by: UUID | None = Field(default=None, foreign_key="person.id")
    judged_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class Verdict(StrEnum):
    """What an answer amounts to."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Answer(Table, table=True):
    """The answer to one item at one visit, exactly one row each."""

    __table_args__ = (UniqueConstraint("visit_id", "item_id"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    visit_id: UUID = Field(foreign_key="visit.id", index=True)
    run_id: UUID = Field(foreign_key="run.id", index=True)
    item_id: UUID = Field(foreign_key="checklist_item.id")
    verdict: Verdict
    number: float | None = None
    choices: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    text: str = Field(default="", max_length=800)
    note: str = Field(default="", max_length=800)


class AlarmStep(StrEnum):
    """Whom a round that nobody began is told to, and what is told afterwards."""

    WALKER = "walker"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


# The steps that time alone takes, in their order.
LADDER = (AlarmStep.WALKER, AlarmStep.SUPERVISOR, AlarmStep.MANAGER)


class Alarm(Table, table=True):
    """One person was told one thing about one round; its key lets it be told only once."""

    __table_args__ = (UniqueConstraint("occurrence_id", "step", "person_id"),)

    id: UUID = Field(primary_key=True)
    occurrence_id: UUID = Field(foreign_key="occurrence.id")
    step: AlarmStep
    person_id: UUID = Field(foreign_key="person.id")
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    # Nothing was heard from the phones of those on duty since then, when this was told.
    offline_since: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
