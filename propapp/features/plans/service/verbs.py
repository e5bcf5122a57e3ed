"""What this person may do with this plan now."""

from __future__ import annotations

from collections.abc import Callable

from propapp.core.access import Actor
from propapp.core.use_case import USE_CASES, internal
from propapp.features.plans.flow import PLAN_FLOW
from propapp.features.plans.models import Plan


def _anybody(_plan: Plan, _actor: Actor) -> bool:
    return True


def _reviewer(plan: Plan, actor: Actor) -> bool:
    return plan.reviewer_id == actor.person_id and not plan.is_written_by(actor.person_id)


def _approver(plan: Plan, actor: Actor) -> bool:
    return plan.approver_id == actor.person_id and not plan.is_written_by(actor.person_id)


def _writer(plan: Plan, actor: Actor) -> bool:
    return plan.is_written_by(actor.person_id)


def _writer_of_unsent(plan: Plan, actor: Actor) -> bool:
    return plan.submitted_at is None and _writer(plan, actor)


def _either(plan: Plan, actor: Actor) -> bool:
    return actor.person_id in {plan.reviewer_id, plan.approver_id}


# Whose each verb is, in the order in which buttons stand.
WHOSE: dict[str, Callable[[Plan, Actor], bool]] = {
    "review": _reviewer,
    "approve": _approver,
    "put_in_force": _anybody,
    "submit": _writer_of_unsent,
    "keep": _anybody,
    "revise": _anybody,
    "send_back": _either,
    "drop": _writer,
    "close": _anybody,
}
# The verbs that are only for those who were named in the plan, and for those who wrote it.
NAMED = frozenset({"review", "approve", "send_back"})
WRITERS = frozenset({"drop"})


@internal
def verbs_for(plan: Plan, actor: Actor) -> list[str]:
    """The verbs that flow, permission and names all allow."""
    legal = PLAN_FLOW.verbs_from(plan.status)
    return [
        verb
        for verb, is_theirs in WHOSE.items()
        if verb in legal
        and actor.may(USE_CASES[f"plan.{verb}"].permission, plan.site_id)
        and is_theirs(plan, actor)
    ]
