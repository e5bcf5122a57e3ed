"""Schedules follow the plans in force: each task that walks a route has a schedule of its own.

The schedule of a task is the same one in every version of its plan, so a plan revised keeps what is
still wanted. A task that ended leaves its schedule behind, stopped; the sweep of the horizon then
withdraws what was ahead of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.plans import repository as plans
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.plans.rules import keys_above
from propapp.features.schedules import repository
from propapp.features.schedules.models import Route, TaskSchedule
from propapp.features.schedules.rules import route_of
from propapp.features.schedules.service.keeping import TIMES, changed
from propapp.features.schedules.service.single import keep_single

# So many plans in one transaction: phones wait no longer than that for the database.
AT_A_TIME = 20


@dataclass(frozen=True)
class Followed:
    """How many versions of plans were looked at, and how many schedules changed by that."""

    plans: int
    schedules: int


class Unwalked(StrEnum):
    """Why a task with a route gets no rounds."""

    ROUTE_GONE = "route_gone"
    ROUTE_ELSEWHERE = "route_elsewhere"
    ROUTE_STOPPED = "route_stopped"
    # What the plan above has already is walked for that one.
    IN_PARENT = "in_parent"


@internal
def unwalked(uow: UnitOfWork, plan: Plan, tasks: Sequence[PlanTask]) -> dict[str, Unwalked]:
    """Of these tasks of a version, by key, those that would get no rounds, and why."""
    routes = repository.routes_by_id(uow.session, {task.route_id for task in tasks})
    above = _keys_of_parents(uow, [plan])[plan.id]
    found = {task.key: _why(task, routes, plan, above) for task in tasks if task.is_walked}
    return {key: why for key, why in found.items() if why}


def _why(
    task: PlanTask, routes: Mapping[UUID, Route], plan: Plan, above: Collection[str]
) -> Unwalked | None:
    if task.work:
        return Unwalked.IN_PARENT if task.key in above else None
    route = routes.get(task.route_id) if task.route_id else None
    if route is None:
        return Unwalked.ROUTE_GONE
    if route.site_id != plan.site_id:
        return Unwalked.ROUTE_ELSEWHERE
    if task.key in above:
        return Unwalked.IN_PARENT
    return None if route.active else Unwalked.ROUTE_STOPPED


@internal
def follow_plans(uow: UnitOfWork) -> Followed:
    """Bring the schedules of plans that came in force, or ended, to what those say now."""
    moved = plans.unfollowed(uow.session, limit=AT_A_TIME)
    if not moved:
        return Followed(0, 0)
    roots = {plan.root_id for plan in moved}
    holding = plans.in_force_of(uow.session, roots)
    wanted = dict(_wanted(uow, holding))
    known = repository.schedules_of_plans(uow.session, roots)
    keep_single(uow, [(plan, task) for plan, task in wanted.values() if task.work])
    count = 0
    for key, (plan, task) in wanted.items():
        count += _follow(uow, known.get(key), plan, task)
    for key, schedule in known.items():
        if key not in wanted and schedule.active:
            schedule.active = False
            changed(uow, schedule, "stopped")
            count += 1
    for plan in moved:
        plan.followed = plan.status
        uow.session.add(plan)
    return Followed(len(moved), count)


def _wanted(
    uow: UnitOfWork, holding: Sequence[Plan]
) -> Iterator[tuple[UUID, tuple[Plan, PlanTask]]]:
    """Of each task that is walked, the schedule that it is to have."""
    by_plan = {plan.id: plan for plan in holding}
    tasks = [task for task in plans.tasks_of(uow.session, by_plan) if task.is_walked and task.rrule]
    routes = repository.routes_by_id(uow.session, {task.route_id for task in tasks})
    spelt_out = _keys_of_parents(uow, holding)
    for task in tasks:
        plan = by_plan[task.plan_id]
        # A route that rests has its schedule all the same, for the day it is walked again.
        if _why(task, routes, plan, spelt_out[plan.id]) in {None, Unwalked.ROUTE_STOPPED}:
            yield schedule_id(plan, task), (plan, task)


def _keys_of_parents(uow: UnitOfWork, holding: Sequence[Plan]) -> Mapping[UUID, frozenset[str]]:
    parents = plans.in_force_of(uow.session, {plan.parent_id for plan in holding if plan.parent_id})
    tasks = plans.tasks_of(uow.session, [plan.id for plan in parents])
    return keys_above(holding, parents, tasks)


def _follow(uow: UnitOfWork, known: TaskSchedule | None, plan: Plan, task: PlanTask) -> bool:
    """Make or correct the schedule; whether anything had to be changed."""
    values = _values(plan, task)
    if known is None:
        made = schedule_for(plan, task)
        uow.session.add(made)
        changed(uow, made, "made")
        return True
    differing = [name for name, value in values.items() if getattr(known, name) != value]
    if not differing:
        return False
    if known.route_id != values["route_id"]:
        # The rounds of the other route would be found by nobody.
        repository.withdraw_coming(uow.session, known, uow.now)
    for name in differing:
        setattr(known, name, values[name])
    if differing == ["plan_task_id"]:
        # The same times under a new version: no news, but its rounds are to point there.
        known.made_edition = ""
        uow.session.add(known)
        return False
    known.version = plan.version
    changed(uow, known, "revised")
    return True


def schedule_id(plan: Plan, task: PlanTask) -> UUID:
    """The schedule of a task, the same one in every version of its plan."""
    return derived_id("schedule", plan.root_id, task.key)


def schedule_for(plan: Plan, task: PlanTask) -> TaskSchedule:
    """It, as the task wants it."""
    made = {"id": schedule_id(plan, task), "site_id": plan.site_id, "version": plan.version}
    return TaskSchedule(**made, **_values(plan, task))


def _values(plan: Plan, task: PlanTask) -> dict[str, Any]:
    times = {name: getattr(task, name) for name in TIMES}
    return times | {"route_id": route_of(plan, task), "plan_task_id": task.id, "active": True}
