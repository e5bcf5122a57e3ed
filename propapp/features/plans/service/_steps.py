"""What all verbs of plans share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.errors import NotYours, OwnPlan
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.plans.flow import PLAN_FLOW
from propapp.features.plans.models import Plan
from propapp.features.plans.repository import PlanRepository


def plan_for(uow: UnitOfWork, verb: str, plan_id: UUID) -> Plan:
    """The plan, if the verb leads anywhere from where it stands."""
    plan = PlanRepository(uow).get(plan_id)
    PLAN_FLOW.next_status(verb, plan.status)
    return plan


def step(plan: Plan, verb: str) -> None:
    """Move the plan along its flow."""
    plan.status = PLAN_FLOW.next_status(verb, plan.status)


def needs_another(uow: UnitOfWork, plan: Plan) -> None:
    """Refuse whoever has written the plan to judge it."""
    if plan.is_written_by(uow.actor.person_id):
        raise OwnPlan


def needs_named(uow: UnitOfWork, *named: UUID | None) -> None:
    """Refuse everybody but those who were named for it."""
    if uow.actor.person_id in named:
        return
    name, name_en = people.name_of(uow.session, next(filter(None, named), None))
    raise NotYours(name=name, name_en=name_en)


def needs_writer(uow: UnitOfWork, plan: Plan) -> None:
    """Refuse everybody but those who have written in it."""
    if not plan.is_written_by(uow.actor.person_id):
        name, name_en = people.name_of(uow.session, plan.author_id)
        raise NotYours(name=name, name_en=name_en)


def changed(uow: UnitOfWork, plan: Plan, past: str, **facts: Any) -> Plan:
    """Keep the plan and write down what happened to it."""
    plan.changed_at = uow.now
    keep_and_record(
        uow,
        plan,
        "plan",
        past,
        name=plan.name,
        name_en=plan.name_en,
        version=plan.version,
        **facts,
    )
    return plan
