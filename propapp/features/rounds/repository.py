"""Runs the actor may see, and what a visit has to be held against."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import Session, col, select, update

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.core.sync.models import Device, Operation
from propapp.core.unit_of_work import Origin
from propapp.features.photos.models import PhotoUse
from propapp.features.photos.repository import RUN, still_missing
from propapp.features.rounds.models import (
    LADDER,
    Alarm,
    AlarmStep,
    Answer,
    Look,
    Run,
    RunStatus,
    SecondLook,
    Verdict,
    Visit,
)
from propapp.features.schedules.models import Occurrence, Route, RoutePoint
from propapp.features.schedules.repository import stood_at
from propapp.features.sites.models import Checkpoint, Site


class RunRepository(VisibleRows[Run]):
    """Runs at the actor's sites."""

    model, kind, read = Run, "run", Permission.ROUND_READ

    def of_occurrences(self, occurrence_ids: Collection[UUID]) -> Sequence[Run]:
        """The runs of these occurrences, the earliest first."""
        runs = self._visible.where(col(Run.occurrence_id).in_(occurrence_ids))
        return self._session.exec(runs.order_by(col(Run.started_at))).all()


class SecondLookRepository(VisibleRows[SecondLook]):
    """Visits to be looked at once more, at the sites where the actor judges rounds."""

    model, kind, read = SecondLook, "second_look", Permission.ROUND_JUDGE

    def open(self, *, limit: int) -> Sequence[SecondLook]:
        """Those that nobody has settled, the latest first."""
        wanted = self._visible.where(_is_open())
        return self._session.exec(
            wanted.order_by(col(SecondLook.drawn_at).desc()).limit(limit)
        ).all()

    def open_count(self, site_id: UUID) -> int:
        """How many of them there are at this site."""
        wanted = self._visible.where(_is_open(), SecondLook.site_id == site_id).subquery()
        return self._session.exec(select(func.count()).select_from(wanted)).one()


def _is_open() -> ColumnElement[bool]:
    return col(SecondLook.look).in_([Look.WAITING, Look.ASKED])


def looked_at(session: Session, visit_id: UUID) -> tuple[Visit, Run, Checkpoint]:
    """The visit with its run and its point."""
    statement = (
        select(Visit, Run, Checkpoint)
        .join(Run, col(Run.id) == Visit.run_id)
        .join(Checkpoint, col(Checkpoint.id) == Visit.checkpoint_id)
        .where(Visit.id == visit_id)
    )
    return session.exec(statement).one()


def stops_of(
    session: Session, run: Run, reached: UUID | None = None
) -> Sequence[tuple[RoutePoint, Checkpoint]]:
    """The stops of a run with their checkpoints, in their order, as they stood when it began.

    A phone that has not heard of a change walks by what it has: whatever stop of the route was
    visited, or is ``reached`` now, is one of the run's too.
    """
    visited = select(Visit.point_id).where(Visit.run_id == run.id)
    point_id = col(RoutePoint.id)
    statement = (
        select(RoutePoint, Checkpoint)
        .join(Checkpoint, col(Checkpoint.id) == RoutePoint.checkpoint_id)
        .where(
            RoutePoint.route_id == run.route_id,
            or_(stood_at(run.started_at), point_id.in_(visited), point_id == reached),
        )
    )
    return session.exec(statement.order_by(col(RoutePoint.position))).all()


def visits_of(session: Session, run_id: UUID) -> Sequence[Visit]:
    """All visits of a run in the order of arrival, corrected ones too."""
    visits = select(Visit).where(Visit.run_id == run_id)
    return session.exec(visits.order_by(col(Visit.arrived_at), col(Visit.left_at))).all()


def clock_error(session: Session, origin: Origin) -> timedelta:
    """What to add to the phone's own time at this operation; nothing where no phone spoke."""
    operation = session.get(Operation, origin.operation_id) if origin.operation_id else None
    return operation.occurred_at - operation.client_time if operation else timedelta(0)


def fails_of(session: Session, visit_ids: Collection[UUID]) -> int:
    """How many answers of these visits are fails."""
    statement = select(Answer.id).where(
        col(Answer.visit_id).in_(visit_ids), Answer.verdict == Verdict.FAIL
    )
    return len(session.exec(statement).all())


def has_other_run(session: Session, occurrence_id: UUID, run_id: UUID) -> bool:
    """Whether somebody else, or the same person before, began this occurrence."""
    others = select(Run.id).where(Run.occurrence_id == occurrence_id, Run.id != run_id).limit(1)
    return session.exec(others).first() is not None


def supersede(session: Session, visit_ids: Collection[UUID], by: UUID) -> None:
    """Say of these visits that a later one corrects them; what was answered there stays."""
    statement = update(Visit).where(col(Visit.id).in_(visit_ids)).values(superseded_by=by)
    session.exec(statement)


def ready_to_seal(session: Session, run_ids: Collection[UUID]) -> Sequence[Run]:
    """The finished runs among these that no photo is missing of."""
    lacking = exists().where(
        col(PhotoUse.parent_id) == Run.id, col(PhotoUse.parent_kind) == RUN, still_missing()
    )
    finished = select(Run).where(
        col(Run.id).in_(run_ids), Run.status == RunStatus.FINISHED, ~lacking
    )
    return session.exec(finished.with_for_update()).all()


def unsealed(session: Session, *, limit: int = 500) -> Sequence[UUID]:
    """Finished runs that wait to be sealed, the oldest first; for the sweep."""
    waiting = select(Run.id).where(Run.status == RunStatus.FINISHED)
    return session.exec(waiting.order_by(col(Run.finished_received_at)).limit(limit)).all()


def _begun() -> ColumnElement[bool]:
    """Whether somebody began the occurrence in time."""
    return exists().where(col(Run.occurrence_id) == Occurrence.id, col(Run.in_window).is_(True))


def without_a_run(session: Session, now: datetime, *, limit: int) -> Sequence[Occurrence]:
    """Closed occurrences that nobody began in time and nobody has marked yet; for the sweep."""
    statement = select(Occurrence).where(
        Occurrence.closes_at < now,
        col(Occurrence.missed_at).is_(None),
        col(Occurrence.withdrawn_at).is_(None),
        ~_begun(),
    )
    return session.exec(statement.order_by(col(Occurrence.closes_at)).limit(limit)).all()


class Silent(NamedTuple):
    """An occurrence that closed without a run, with its route and its site."""

    occurrence: Occurrence
    route: Route
    site: Site


def silent(session: Session, now: datetime, since: datetime, *, limit: int) -> Sequence[Silent]:
    """Those that somebody is still to be told of, the oldest first; for the sweep."""
    statement = (
        select(Occurrence, Route, Site)
        .join(Route, col(Route.id) == Occurrence.route_id)
        .join(Site, col(Site.id) == Occurrence.site_id)
        .where(
            Occurrence.closes_at < now,
            Occurrence.closes_at >= since,
            col(Occurrence.withdrawn_at).is_(None),
            or_(col(Occurrence.alarmed) < len(LADDER), col(Occurrence.offline_since).is_not(None)),
            ~_begun(),
        )
        .order_by(col(Occurrence.closes_at))
        .limit(limit)
    )
    # Two servers may sweep at once: the second waits, and finds that all is told.
    locked = statement.with_for_update(of=Occurrence)
    return [Silent(*found) for found in session.exec(locked)]


class Heard(NamedTuple):
    """When a person's phones last said something, and what they had not sent yet."""

    at: datetime
    pending: int


def heard_of(session: Session, people: Collection[UUID]) -> dict[UUID, Heard]:
    """What was last heard of the phones of these people."""
    devices = session.exec(select(Device).where(col(Device.person_id).in_(people))).all()
    found: dict[UUID, Heard] = {}
    for one in devices:
        before = found.get(one.person_id, Heard(one.last_hello_at, 0))
        pending = before.pending + one.pending_operations
        found[one.person_id] = Heard(max(before.at, one.last_hello_at), pending)
    return found


def alarmed_people(session: Session, occurrence_id: UUID) -> frozenset[UUID]:
    """Whoever was told of this round."""
    told = select(Alarm.person_id).where(Alarm.occurrence_id == occurrence_id)
    return frozenset(session.exec(told))


def told(session: Session, occurrence_id: UUID, step: AlarmStep) -> frozenset[UUID]:
    """Whoever was told this of this round."""
    people = select(Alarm.person_id).where(Alarm.occurrence_id == occurrence_id, Alarm.step == step)
    return frozenset(session.exec(people))


def whereabouts(session: Session, occurrence: Occurrence) -> tuple[Route, Site]:
    """The route and the site of an occurrence."""
    statement = (
        select(Route, Site)
        .join(Site, col(Site.id) == Route.site_id)
        .where(Route.id == occurrence.route_id)
    )
    return session.exec(statement).one()


def unscored(session: Session, *, limit: int) -> Sequence[UUID]:
    """Sealed runs with visits that have no score yet, the latest first; for the sweep."""
    statement = (
        select(Visit.run_id)
        .join(Run, col(Run.id) == Visit.run_id)
        .where(col(Visit.score).is_(None), Run.status == RunStatus.SEALED)
        .group_by(col(Visit.run_id), col(Run.started_at))
    )
    return session.exec(statement.order_by(col(Run.started_at).desc()).limit(limit)).all()
