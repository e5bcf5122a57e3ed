"""The rounds of a site as a stream, and what proves them; a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import col
from sqlmodel import select as select_rows

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.repository import is_wanted
from propapp.features.boards.rows import Walk
from propapp.features.people.models import Person
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.photos.repository import RUN
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.reports.repository import HELD
from propapp.features.rounds.evidence import FAIR
from propapp.features.rounds.models import Run, Visit
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.schedules.rules import start_of
from propapp.features.sites.models import Checkpoint, Site

# Rows that are in hand at a time, however many there are.
AT_A_TIME = 500
_DAY = timedelta(days=1)
WEAKEST = 40


@dataclass(frozen=True)
class Stretch:
    """The days of a site, and the one plan where only its rounds are wanted; by its root."""

    site: Site
    first: date
    last: date
    plan_id: UUID | None = None

    @property
    def begins(self) -> datetime:
        """The instant at which the first day begins."""
        return start_of(self.first, self.site.zone)

    @property
    def ends(self) -> datetime:
        """The instant at which the last day is over."""
        return start_of(self.last + _DAY, self.site.zone)


class Key(NamedTuple):
    """Which rounds belong together: those of a task on a route."""

    task_id: UUID | None
    route_id: UUID


class Proof(NamedTuple):
    """What shows that rounds were walked: points visited, those judged, those well shown."""

    visits: int = 0
    scored: int = 0
    fair: int = 0
    photos: int = 0


class WeakVisit(NamedTuple):
    """A visit that is badly shown to have happened."""

    visit: Visit
    route: Route
    checkpoint: Checkpoint
    person: Person


class TaskRow(NamedTuple):
    """A task as one version of its plan has it."""

    task: PlanTask
    plan: Plan


def _wanted(stretch: Stretch) -> list[ColumnElement[bool]]:
    wanted = [
        col(Occurrence.site_id) == stretch.site.id,
        col(Occurrence.opens_at) >= stretch.begins,
        col(Occurrence.opens_at) < stretch.ends,
        is_wanted(),
    ]
    if stretch.plan_id is not None:
        tasks = (
            select(PlanTask.id)  # type: ignore[call-overload]
            .join(Plan, col(Plan.id) == PlanTask.plan_id)
            .where(Plan.root_id == stretch.plan_id)
        )
        wanted.append(col(Occurrence.plan_task_id).in_(tasks))
    return wanted


def count(uow: UnitOfWork, stretch: Stretch) -> int:
    """How many rounds there are."""
    counted = select(func.count()).select_from(Occurrence).where(*_wanted(stretch))
    return uow.session.execute(counted).scalar_one()


def stream(uow: UnitOfWork, stretch: Stretch) -> Iterator[tuple[Occurrence, list[Walk]]]:
    """Each round with all who walked it, in the order of opening; few of them in hand at once."""
    wanted = (
        select(Occurrence, Run, col(Person.name), col(Person.name_en))
        .join(Run, col(Run.occurrence_id) == Occurrence.id, isouter=True)
        .join(Person, col(Person.id) == Run.person_id, isouter=True)
        .where(*_wanted(stretch))
        .order_by(col(Occurrence.opens_at), col(Occurrence.id))
        .execution_options(yield_per=AT_A_TIME)
    )
    found = uow.session.execute(wanted)
    for _, group in groupby(found, key=lambda row: row[0].id):
        rows = list(group)
        yield rows[0][0], [Walk(*row[1:]) for row in rows if row[1] is not None]


def proofs(uow: UnitOfWork, stretch: Stretch) -> dict[Key, Proof]:
    """What proves the rounds of each task on each route; summed by the database."""
    key = (col(Occurrence.plan_task_id), col(Occurrence.route_id))
    visits = (
        select(
            *key,
            func.count(),
            func.sum(case((col(Visit.score).is_not(None), 1), else_=0)),
            func.sum(case((col(Visit.score) >= FAIR, 1), else_=0)),
        )
        .select_from(Occurrence)
        .join(Run, col(Run.occurrence_id) == Occurrence.id)
        .join(Visit, col(Visit.run_id) == Run.id)
        .where(*_wanted(stretch), col(Visit.superseded_by).is_(None))
        .group_by(*key)
    )
    photos = (
        select(*key, func.count())
        .select_from(Occurrence)
        .join(Run, col(Run.occurrence_id) == Occurrence.id)
        .join(PhotoUse, col(PhotoUse.parent_id) == Run.id)
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .where(*_wanted(stretch), col(PhotoUse.parent_kind) == RUN)
        .group_by(*key)
    )
    found: dict[Key, Proof] = {}
    for task_id, route_id, *counts in uow.session.execute(visits):
        found[Key(task_id, route_id)] = Proof(*map(int, counts))
    for task_id, route_id, shots in uow.session.execute(photos):
        one = Key(task_id, route_id)
        found[one] = found.get(one, Proof())._replace(photos=int(shots))
    return found


def weakest(uow: UnitOfWork, stretch: Stretch) -> Sequence[WeakVisit]:
    """The visits that are shown worst, the worst first."""
    wanted = (
        select_rows(Visit, Route, Checkpoint, Person)
        .join(Run, col(Run.id) == Visit.run_id)
        .join(Occurrence, col(Occurrence.id) == Run.occurrence_id)
        .join(Route, col(Route.id) == Run.route_id)
        .join(Checkpoint, col(Checkpoint.id) == Visit.checkpoint_id)
        .join(Person, col(Person.id) == Run.person_id)
        .where(*_wanted(stretch), col(Visit.score) < FAIR, col(Visit.superseded_by).is_(None))
        .order_by(col(Visit.score), col(Visit.arrived_at), col(Visit.id))
        .limit(WEAKEST)
    )
    return [WeakVisit(*found) for found in uow.session.exec(wanted)]


def together(proofs: Iterable[Proof]) -> Proof:
    """All of it as one."""
    return Proof(*map(sum, zip(Proof(), *proofs, strict=True)))


def routes_at(uow: UnitOfWork, site_id: UUID) -> dict[UUID, Route]:
    """Every route of the site, those that are walked no more too."""
    found = uow.session.exec(select_rows(Route).where(Route.site_id == site_id))
    return {route.id: route for route in found}


def tasks_held(uow: UnitOfWork, stretch: Stretch) -> list[TaskRow]:
    """The tasks of all versions that ever held and reach into these days, the oldest first."""
    wanted = (
        select_rows(PlanTask, Plan)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .where(
            Plan.site_id == stretch.site.id,
            col(Plan.status).in_(HELD),
            col(Plan.in_force_at).is_not(None),
            col(Plan.in_force_at) < stretch.ends,
            Plan.starts <= stretch.last,
            Plan.ends >= stretch.first,
        )
        .order_by(col(Plan.starts), col(Plan.root_id), col(Plan.version), col(PlanTask.position))
    )
    if stretch.plan_id is not None:
        wanted = wanted.where(Plan.root_id == stretch.plan_id)
    return [TaskRow(*found) for found in uow.session.exec(wanted)]
