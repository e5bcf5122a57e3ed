"""A verb and a few words, as a plan's buttons give them, through the plan's own door."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from pydantic import ValidationError

from propapp.core.errors import InvalidInput, WrongStep
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.plans import service
from propapp.features.plans.commands import (
    ApprovePlan,
    ClosePlan,
    DropPlan,
    PutInForce,
    ReviewPlan,
    RevisePlan,
    SendBackPlan,
    SubmitPlan,
)
from propapp.features.plans.models import Plan

_DOORS: dict[str, Callable[[UnitOfWork, UUID, str], Plan]] = {
    "submit": lambda uow, one, said: service.submit(uow, SubmitPlan(plan_id=one, note=said)),
    "review": lambda uow, one, said: service.review(uow, ReviewPlan(plan_id=one, note=said)),
    "approve": lambda uow, one, said: service.approve(uow, ApprovePlan(plan_id=one, note=said)),
    "put_in_force": lambda uow, one, _: service.put_in_force(uow, PutInForce(plan_id=one)),
    "send_back": lambda uow, one, said: service.send_back(
        uow, SendBackPlan(plan_id=one, reason=said)
    ),
    "revise": lambda uow, one, said: service.revise(
        uow, RevisePlan(plan_id=one, next_id=uuid7(), reason=said)
    ),
    "drop": lambda uow, one, said: service.drop(uow, DropPlan(plan_id=one, reason=said)),
    "close": lambda uow, one, said: service.close(uow, ClosePlan(plan_id=one, reason=said)),
}
VERBS = frozenset(_DOORS)
# Which of them ask for words, and which take them where there are any.
NEEDS_WORDS = ("send_back", "revise", "close")
TAKES_WORDS = ("submit", "review", "approve", "drop")


def decide(uow: UnitOfWork, plan_id: UUID, verb: str, said: str) -> Plan:
    """Do it; the version that it leads to."""
    if verb not in _DOORS:
        raise WrongStep(verb=verb, status="")
    try:
        return _DOORS[verb](uow, plan_id, said)
    except ValidationError as error:
        raise InvalidInput(field="reason") from error
