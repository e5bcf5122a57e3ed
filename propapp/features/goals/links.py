"""Questions along the chain: clause, plan task, round, photo; a fixed number of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, case, exists, func, select
from sqlmodel import col
from sqlmodel import select as select_rows

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.goals.models import Goal
from propapp.features.goals.rules import Period
from propapp.features.goals.tallies import month_of, walked, within
from propapp.features.people.models import Person
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.standards.models import Clause, ClauseVersion, Standard

_MOST_TASKS, _MOST_ROUNDS, MOST_PHOTOS = 400, 12, 6


class TaskRow(NamedTuple):
    """A task as one version of its plan has it, and the clause that asks for it."""

    task: PlanTask
    plan: Plan
    clause_id: UUID


class Kept(NamedTuple):
    """How the rounds of a task in a month came out so far."""

    due: int = 0
    done: int = 0
    late: int = 0
    missed: int = 0


class WalkedRound(NamedTuple):
    """A round that was walked, by whom."""

    occurrence: Occurrence
    run: Run
    person: Person


class RunLink(NamedTuple):
    """A run with all that it was walked for; None where the chain ends."""

    run: Run
    occurrence: Occurrence
    route: Route
    task: PlanTask | None
    plan: Plan | None
    version: ClauseVersion | None
    clause: Clause | None
    standard: Standard | None


def _sites(uow: UnitOfWork) -> frozenset[UUID]:
    """Where the actor may read goals and the rounds under them."""
    return uow.actor.sites_where(Permission.GOAL_READ) & uow.actor.sites_where(
        Permission.ROUND_READ
    )


def tasks_under(uow: UnitOfWork, goal: Goal, clause_ids: Collection[UUID]) -> Sequence[TaskRow]:
    """The tasks that these clauses ask for in plans that held in the goal's time, newest first."""
    held = (PlanStatus.IN_FORCE, PlanStatus.REVISED, PlanStatus.CLOSED)
    wanted = (
        select_rows(PlanTask, Plan, ClauseVersion.clause_id)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .join(ClauseVersion, col(ClauseVersion.id) == PlanTask.clause_id)
        .where(
            col(ClauseVersion.clause_id).in_(clause_ids),
            Plan.site_id == goal.site_id,
            col(Plan.site_id).in_(_sites(uow)),
            col(Plan.status).in_(held),
            # A draft that was given up never held.
            Plan.in_force_at != None,  # noqa: E711
            Plan.starts <= goal.ends,
            Plan.ends >= goal.starts,
        )
        .order_by(col(Plan.in_force_at).desc(), col(Plan.version).desc(), col(PlanTask.position))
        .limit(_MOST_TASKS)
    )
    return [TaskRow(*found) for found in uow.session.exec(wanted)]


def kept(
    uow: UnitOfWork, task_ids: Collection[UUID], period: Period
) -> dict[tuple[UUID, int], Kept]:
    """By task and number of the month, how the rounds that have opened came out."""
    opens = col(Occurrence.opens_at)
    done = walked(col(Run.started_at) <= col(Occurrence.closes_at))
    ended = exists().where(
        col(Run.occurrence_id) == Occurrence.id, col(Run.status) != RunStatus.RUNNING
    )
    missed = and_(col(Occurrence.missed_at).is_not(None), ~ended)
    cases = (
        select(
            col(Occurrence.plan_task_id).label("task"),
            month_of(opens, period).label("month"),
            case((done, 1), else_=0).label("done"),
            case((and_(ended, ~done), 1), else_=0).label("late"),
            case((missed, 1), else_=0).label("missed"),
        )
        .where(
            col(Occurrence.plan_task_id).in_(task_ids),
            col(Occurrence.site_id).in_(_sites(uow)),
            within(opens, period),
            opens <= uow.now,
            col(Occurrence.withdrawn_at).is_(None),
        )
        .subquery()
    )
    sums = select(
        cases.c.task,
        cases.c.month,
        func.count(),
        func.sum(cases.c.done),
        func.sum(cases.c.late),
        func.sum(cases.c.missed),
    ).group_by(cases.c.task, cases.c.month)
    return {
        (task, month): Kept(*map(int, counts))
        for task, month, *counts in uow.session.execute(sums).all()
    }


def rounds_walked(
    uow: UnitOfWork, task_ids: Collection[UUID], month: Period
) -> tuple[list[WalkedRound], int]:
    """The last rounds of these tasks in the month that somebody walked, and how many there are."""
    wanted = (
        select(Occurrence, Run, Person, func.count().over())
        .join(Run, col(Run.occurrence_id) == Occurrence.id)
        .join(Person, col(Person.id) == Run.person_id)
        .where(
            col(Occurrence.plan_task_id).in_(task_ids),
            col(Occurrence.site_id).in_(_sites(uow)),
            within(col(Occurrence.opens_at), month),
        )
        .order_by(col(Occurrence.opens_at).desc(), col(Run.started_at))
        .limit(_MOST_ROUNDS)
    )
    found = uow.session.execute(wanted).all()
    return [WalkedRound(*one[:3]) for one in found], found[0][3] if found else 0


def photos_of(uow: UnitOfWork, run_id: UUID) -> tuple[list[str], int]:
    """The first photos of a run whose bytes are here, and how many there are."""
    first = func.min(col(PhotoUse.taken_at))
    wanted = (
        select(col(PhotoUse.sha256), func.count().over())
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .where(col(PhotoUse.parent_id) == run_id, col(PhotoUse.site_id).in_(_sites(uow)))
        .group_by(col(PhotoUse.sha256))
        .order_by(first, col(PhotoUse.sha256))
        .limit(MOST_PHOTOS)
    )
    found = uow.session.execute(wanted).all()
    return [one[0] for one in found], found[0][1] if found else 0


def run_link(uow: UnitOfWork, run_id: UUID) -> RunLink | None:
    """The run and what it was walked for; None where the actor may not see it."""
    wanted = (
        select(Run, Occurrence, Route, PlanTask, Plan, ClauseVersion, Clause, Standard)
        .join(Occurrence, col(Occurrence.id) == Run.occurrence_id)
        .join(Route, col(Route.id) == Run.route_id)
        .join(PlanTask, col(PlanTask.id) == Occurrence.plan_task_id, isouter=True)
        .join(Plan, col(Plan.id) == PlanTask.plan_id, isouter=True)
        .join(ClauseVersion, col(ClauseVersion.id) == PlanTask.clause_id, isouter=True)
        .join(Clause, col(Clause.id) == ClauseVersion.clause_id, isouter=True)
        .join(Standard, col(Standard.id) == Clause.standard_id, isouter=True)
        .where(col(Run.id) == run_id, col(Run.site_id).in_(_sites(uow)))
    )
    found = uow.session.execute(wanted).one_or_none()
    return RunLink(*found) if found else None
