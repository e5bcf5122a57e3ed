"""Plans for tests: everything valid by default, a test names only what matters to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.features.plans.models import Plan, PlanKind, PlanStatus, PlanTask
from propapp.features.plans.rules import Version
from tests.world import NOON, World, looking, save


def a_task(key: str = "patrol", **values: Any) -> dict[str, Any]:
    """A task as somebody writes it: every morning for an hour, by the guards."""
    return {
        "key": key,
        "name": key.title(),
        "name_en": key.title(),
        "role": "guard",
        "rrule": "FREQ=DAILY",
        "windows": [{"opens": 480, "minutes": 60}],
    } | values


def a_head(world: World, **values: Any) -> dict[str, Any]:
    """What a plan says before its tasks."""
    return {
        "site_id": world.site.id,
        "kind": "year",
        "name": "Plan 2026",
        "name_en": "Plan 2026",
        "starts": "2026-01-01",
        "ends": "2026-12-31",
    } | values


def a_draft(world: World, *tasks: dict[str, Any], by: str = "supervisor", **values: Any) -> Plan:
    """A draft that the manager is to review and the administrator to approve."""
    asked = {
        "plan_id": uuid7(),
        "reviewer_id": world.actor("manager").person_id,
        "approver_id": world.actor("administrator").person_id,
        "tasks": list(tasks) or [a_task(route_id=world.route.id)],
    } | values
    return world.do(by, "plan.keep", **a_head(world) | asked)


def approved(world: World, plan: Plan) -> Plan:
    """The plan, reviewed and approved."""
    world.do("manager", "plan.review", plan_id=plan.id)
    return world.do("administrator", "plan.approve", plan_id=plan.id)


def in_force(world: World, plan: Plan) -> Plan:
    """The plan, all the way to where it holds."""
    approved(world, plan)
    return world.do("administrator", "plan.put_in_force", plan_id=plan.id)


def a_plan(world: World, status: PlanStatus = PlanStatus.DRAFT, **values: Any) -> Plan:
    """A plan of one task put straight into the database; only for tries at the door."""
    plan_id = uuid7()
    writer = world.actor("cleaner").person_id
    made: dict[str, Any] = {
        "root_id": plan_id,
        "site_id": world.site.id,
        "kind": PlanKind.YEAR,
        "name": "Plan 2026",
        "starts": NOON.date().replace(month=1, day=1),
        "ends": NOON.date().replace(month=12, day=31),
        "status": status,
        "author_id": writer,
        "writers": [str(writer)],
        "made_at": NOON,
        "changed_at": NOON,
    } | values
    plan = Plan(id=plan_id, **made)
    task = PlanTask(
        plan_id=plan_id,
        key="patrol",
        name="Patrol",
        role=Role.GUARD,
        starts=plan.starts,
        ends=plan.ends,
    )
    save(plan, task)
    return plan


def version(plan_id: UUID) -> Version:
    """The tasks and links of a plan as they stand now."""
    from propapp.features.plans import repository

    with looking() as session:
        return repository.version_of(session, plan_id)
