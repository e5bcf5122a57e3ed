"""Single jobs: a task without a route gets one of a single stop, and is walked like any other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules import repository
from propapp.features.schedules.commands import StopSpec
from propapp.features.schedules.models import Route
from propapp.features.schedules.rules import job_route
from propapp.features.schedules.service.routing import lay
from propapp.features.sites.service import job_spot
from propapp.features.standards import checklists


@internal
def keep_single(uow: UnitOfWork, jobs: Sequence[tuple[Plan, PlanTask]]) -> None:
    """Make or correct the route of each of these jobs, with the checklist of its clause.

    Other questions are another stop, so that a job under way is asked what it was begun with.
    """
    ids = {job_route(plan, task): (plan, task) for plan, task in jobs}
    known = repository.routes_by_id(uow.session, ids)
    for route_id, (plan, task) in ids.items():
        _keep(uow, known.get(route_id), plan, task)


def _keep(uow: UnitOfWork, known: Route | None, plan: Plan, task: PlanTask) -> None:
    made = route_for(plan, task)
    route = known or made
    route.name, route.name_en, route.role = made.name, made.name_en, made.role
    uow.session.add(route)
    uow.session.flush()
    checklist = task.template_id or _checklist(uow, plan, task)
    lay(uow, route, [StopSpec(checkpoint_id=job_spot(uow, plan.site_id), template_id=checklist)])


def route_for(plan: Plan, task: PlanTask) -> Route:
    """The route of a job as its task wants it."""
    return Route(
        id=job_route(plan, task),
        site_id=plan.site_id,
        name=task.name,
        name_en=task.name_en[:80],
        role=task.role,
        plan_id=plan.root_id,
    )


def _checklist(uow: UnitOfWork, plan: Plan, task: PlanTask) -> UUID:
    level = plan.level.partition(":")[2]
    return checklists.for_job(uow.session, task.clause_id, level, task.evidence, uow.now).id
