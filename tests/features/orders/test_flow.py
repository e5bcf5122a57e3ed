"""What a page offers is what the door lets through, from every status and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propapp.core.access import Role
from propapp.core.errors import NotYours, PropappError, WrongStep
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.models import OPEN_STATUSES, OrderStatus, Source, WorkOrder
from propapp.features.orders.rules import WHOSE
from propapp.features.orders.service import verbs_for
from tests.world import NOON, World, a_shot, an_order_row, found

WALKS = st.lists(st.sampled_from(sorted(WORK_ORDER_FLOW.steps)), max_size=30)


@given(WALKS)
def test_whatever_is_tried_an_order_ends_only_closed_or_cancelled(verbs: list[str]) -> None:
    status = OrderStatus.REPORTED
    for verb in verbs:
        legal = verb in WORK_ORDER_FLOW.verbs_from(status)
        try:
            status = WORK_ORDER_FLOW.next_status(verb, status)
        except WrongStep:
            assert not legal
        else:
            assert legal
    ends = {OrderStatus.CANCELLED}
    assert bool(WORK_ORDER_FLOW.verbs_from(status)) == (status not in ends)


def test_every_status_is_reached() -> None:
    reached = {OrderStatus.REPORTED} | {step.target for step in WORK_ORDER_FLOW.steps.values()}
    assert reached == set(OrderStatus)


@pytest.mark.parametrize("status", sorted(OPEN_STATUSES))
def test_whoever_answers_for_it_may_always_end_or_move_an_open_order(status: OrderStatus) -> None:
    assert {"assign", "cancel"} <= WORK_ORDER_FLOW.verbs_from(status)


VALUES: dict[str, Callable[[World], dict[str, Any]]] = {
    "assign": lambda world: {"to_person_id": world.actor("cleaner").person_id},
    "hold": lambda _: {"reason": "No part"},
    "hand_over": lambda _: {"reason": "Shift ends"},
    "send_back": lambda _: {"reason": "Still wet"},
    "cancel": lambda _: {"reason": "Twice reported"},
    "reopen": lambda _: {"reason": "Still wet"},
    "complete": lambda _: {"note": "Done", "photos": [a_shot()]},
    "rate": lambda _: {"stars": 5},
}


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.SUPERVISOR, Role.OWNER, Role.AUDITOR])
@pytest.mark.parametrize("source", [Source.OWNER, Source.STAFF])
def test_what_is_offered_is_what_is_done(garden: World, role: Role, source: Source) -> None:
    for status in OrderStatus:
        for theirs in (True, False):
            for verb in WHOSE:
                offered, done = tried(garden, role, source, status, verb, theirs=theirs)
                assert offered == done, f"{verb} of a {status} order, theirs: {theirs}"


def tried(
    world: World, role: Role, source: Source, status: OrderStatus, verb: str, *, theirs: bool
) -> tuple[bool, bool]:
    """Whether the step is offered, and whether it is done when tried."""
    me, other = world.actor(role.value), world.actor("manager").person_id
    holder = me.person_id if theirs else other
    order = an_order_row(
        world,
        status,
        source=source,
        reported_by=me.person_id if theirs else other,
        assignee_id=None if status is OrderStatus.REPORTED else holder,
        completed_at=NOON,
    )
    # An owner sees only their own orders; a page never has another's to ask about.
    if role is Role.OWNER and not theirs:
        return False, False
    offered = verb in verbs_for(order, me, NOON)
    try:
        world.do(role.value, f"order.{verb}", order_id=order.id, **values_for(world, verb))
    except PropappError:
        return offered, False
    # Claiming what one has already is granted again, but is no step worth a button.
    return offered, found(WorkOrder, order.id).version > 1


def values_for(world: World, verb: str) -> dict[str, Any]:
    return VALUES.get(verb, lambda _: {})(world)


def test_a_refusal_by_ownership_names_the_owner_of_the_step(garden: World) -> None:
    order = an_order_row(
        garden, OrderStatus.ASSIGNED, assignee_id=garden.actor("cleaner").person_id
    )
    with pytest.raises(NotYours) as refusal:
        garden.do("technician", "order.start", order_id=order.id)
    assert refusal.value.facts["name_en"] == "Cleaner"
