"""The work of all plans in force at a site together, with the way down to each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from propapp.core.access import Role
from propapp.core.dates.workdays import Calendar
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.planning import months
from propapp.features.planning.looking import capacity_of
from propapp.features.planning.months import Load, PlanShare
from propapp.features.planning.repository import Narrowed, SitePlans
from propapp.features.planning.spans import DAY, WEEK, weekly_load
from propapp.features.plans import repository as plans
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.plans.rules import keys_above
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site

_IN_FORCE = Narrowed(state=PlanStatus.IN_FORCE.value)


def load_of_all(
    uow: UnitOfWork, site: Site, post: str, wish: date | None
) -> tuple[Load, list[str]]:
    """Thirteen weeks of them, and the posts that have work in them: a fixed number of questions.

    What a plan spells out of the one above it is work once, not twice.
    """
    holding = SitePlans(uow).at(site.id, _IN_FORCE)
    tasks = _once(holding, plans.tasks_of(uow.session, [plan.id for plan in holding]))
    own = {plan_id: [one for one in found if _is_of(one, post)] for plan_id, found in tasks.items()}
    calendar = schedules.calendar(uow.session)
    begin = wish or local_day(uow.now, site.zone)
    every = [task for found in own.values() for task in found]
    load = months.load(every, calendar, begin, capacity_of(uow, site.id))
    first = date.fromisoformat(load.first)
    shares = [_share(plan, own.get(plan.id, ()), calendar, first) for plan in holding]
    shares.sort(key=lambda one: -one.mean)
    held = {task.role for found in tasks.values() for task in found}
    return replace(load, plans=shares), [role.value for role in Role if role in held]


def _is_of(task: PlanTask, post: str) -> bool:
    return not post or task.role.value == post


def _once(holding: Sequence[Plan], tasks: Sequence[PlanTask]) -> Mapping[UUID, list[PlanTask]]:
    """The tasks by plan, without those that the plan above has under the same key."""
    above = keys_above(holding, holding, tasks)
    found: defaultdict[UUID, list[PlanTask]] = defaultdict(list)
    for task in tasks:
        if task.key not in above[task.plan_id]:
            found[task.plan_id].append(task)
    return found


def _share(plan: Plan, tasks: Sequence[PlanTask], calendar: Calendar, first: date) -> PlanShare:
    weeks = weekly_load(tasks, calendar, first, first + months.WEEKS * WEEK - DAY)
    hours = sum(sum(by_week.values()) for by_week in weeks.values())
    name_en = plan.name_en or plan.name
    return PlanShare(str(plan.id), plan.name, name_en, plan.version, round(hours / months.WEEKS, 1))
