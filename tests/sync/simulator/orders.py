"""Work orders of the simulator: the product's own table of steps, and rows that are only kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol, cast
from uuid import UUID

from propapp.core.errors import AlreadyClaimed, NotYours, WrongStep
from propapp.features.orders import rules
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.models import OrderStatus, Source, WorkOrder

Told = tuple[str, str, str, bool]


@dataclass(frozen=True)
class Order:
    """Whose it is and how far it has come; rows are replaced and never changed."""

    status: OrderStatus = OrderStatus.REPORTED
    assignee_id: UUID | None = None
    reported_by: UUID | None = None
    source: Source = Source.STAFF


class Orders(Protocol):
    """What is kept of orders: how each stands, and every step that was asked for, in turn."""

    orders: dict[UUID, Order]
    steps: list[Told]


def stepped(order: Order | None, verb: str, person_id: UUID) -> Order:
    """The order after this step of this person, or the refusal of it as in the orders' service."""
    order = order or Order()
    if verb == "claim":
        return _claimed(order, person_id)
    if not rules.is_theirs(verb, cast("WorkOrder", order), person_id):
        raise NotYours(kind="order", name="", name_en="")
    step = "hand_back" if verb == "hand_over" else verb
    status = WORK_ORDER_FLOW.next_status(step, order.status)
    holder = None if status is OrderStatus.REPORTED else order.assignee_id
    return replace(order, status=status, assignee_id=holder)


def _claimed(order: Order, person_id: UUID) -> Order:
    if order.assignee_id == person_id:
        return order
    if order.assignee_id is not None:
        raise AlreadyClaimed(number="", name="", name_en="")
    status = WORK_ORDER_FLOW.next_status("claim", order.status)
    return replace(order, status=status, assignee_id=person_id)


def direct(kept: Orders, verb: str, order_id: UUID, person_id: UUID, news: list[list[Any]]) -> None:
    """What the office does: gives it to somebody, or cancels it."""
    order = kept.orders.get(order_id, Order())
    try:
        status = WORK_ORDER_FLOW.next_status(verb, order.status)
    except WrongStep:
        taken = False
    else:
        taken = True
        holder = person_id if verb == "assign" else order.assignee_id
        kept.orders[order_id] = replace(order, status=status, assignee_id=holder)
    tell_step(kept, order_id, verb, person_id, taken=taken, news=news)


def tell_step(
    kept: Orders,
    order_id: UUID,
    verb: str,
    person_id: UUID,
    *,
    taken: bool,
    news: list[list[Any]],
) -> None:
    """Write the step down for the checks."""
    told = (str(order_id), verb, str(person_id), taken)
    kept.steps.append(told)
    news.append(["step", *told])
