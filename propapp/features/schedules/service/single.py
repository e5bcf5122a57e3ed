"""Single jobs: a task without a route gets one of a single stop, and is walked like any other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules import repository
from propapp.features.schedules.models import Route, RoutePoint
from propapp.features.schedules.rules import route_of
from propapp.features.sites.service import job_spot
from propapp.features.standards import checklists
from propapp.features.standards import repository as standards


@internal
def keep_single(uow: UnitOfWork, jobs: Sequence[tuple[Plan, PlanTask]]) -> None:
    """Make or correct the route of each of these jobs, with the checklist of its clause."""
    ids = {route_of(plan, task) for plan, task in jobs}
    known = repository.routes_by_id(uow.session, ids)
    stops = {one.route_id: one for one in repository.points_of_routes(uow.session, list(known))}
    for plan, task in jobs:
        route_id = route_of(plan, task)
        if route_id is not None:
            _keep_route(uow, known.get(route_id), route_id, plan, task)
            _keep_stop(uow, stops.get(route_id), route_id, plan, task)


def _keep_route(
    uow: UnitOfWork, known: Route | None, route_id: UUID, plan: Plan, task: PlanTask
) -> None:
    name_en = task.name_en[:80]
    route = known or Route(
        id=route_id,
        site_id=plan.site_id,
        name=task.name,
        name_en=name_en,
        role=task.role,
        plan_id=plan.root_id,
    )
    route.name, route.name_en, route.role = task.name, name_en, task.role
    uow.session.add(route)
    uow.session.flush()


def _keep_stop(
    uow: UnitOfWork, known: RoutePoint | None, route_id: UUID, plan: Plan, task: PlanTask
) -> None:
    checklist = task.template_id or _checklist(uow, plan, task)
    if known and standards.same_checklist(uow.session, known.template_id, checklist):
        known.template_id = checklist
        return
    if known:
        # A job under way is still asked what it was begun with.
        known.replaced_at = uow.now
        uow.session.flush()
    stop = RoutePoint(
        route_id=route_id,
        position=1,
        checkpoint_id=job_spot(uow, plan.site_id),
        template_id=checklist,
        placed_at=uow.now if known else None,
    )
    uow.session.add(stop)


def _checklist(uow: UnitOfWork, plan: Plan, task: PlanTask) -> UUID:
    level = plan.level.partition(":")[2]
    return checklists.for_job(uow.session, task.clause_id, level, task.evidence, uow.now).id
