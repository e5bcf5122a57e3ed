"""What this person may do with this order now."""

from __future__ import annotations

from datetime import datetime

from propapp.core.access import Actor, Permission
from propapp.core.use_case import USE_CASES, internal
from propapp.features.orders import rules
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.models import WorkOrder


@internal
def verbs_for(order: WorkOrder, actor: Actor, now: datetime) -> list[str]:
    """The verbs that flow, permission and ownership all allow, in the order of the flow."""
    legal = WORK_ORDER_FLOW.verbs_from(order.status)
    allowed = [
        verb
        for verb in rules.WHOSE
        if verb in legal
        and actor.may(USE_CASES[f"order.{verb}"].permission, order.site_id)
        and rules.is_theirs(verb, order, actor.person_id)
        and (verb != "reopen" or rules.may_reopen(order, now))
    ]
    may_note = actor.may(Permission.ORDER_NOTE, order.site_id)
    return [*allowed, "note"] if may_note else allowed
