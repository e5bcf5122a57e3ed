"""What those who answer for the work decide about an order."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.guards import needs_words
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.orders.commands import AssignOrder, CancelOrder, SendBackOrder, VerifyOrder
from propapp.features.orders.models import WorkOrder
from propapp.features.orders.service._steps import changed, order_for, step, tell_about, worker


@use_case("order.assign", Permission.ORDER_ASSIGN)
def assign(uow: UnitOfWork, command: AssignOrder) -> WorkOrder:
    """Put the order into somebody's hands, out of another's if need be."""
    order = order_for(uow, "assign", command.order_id)
    chosen, before = worker(uow, order, command.to_person_id), order.assignee_id
    step(order, "assign")
    order.assignee_id, order.hold_reason = chosen.id, ""
    order.responded_at = order.responded_at or uow.occurred_at
    changed(uow, order, "assigned", to_person=chosen.name, to_person_en=chosen.name_en)
    tell_about(uow, order, [chosen.id], "assigned_to_you")
    if before != chosen.id:
        tell_about(
            uow,
            order,
            [before],
            "taken_from_you",
            to_person=chosen.name,
            to_person_en=chosen.name_en,
        )
    return order


@use_case("order.send_back", Permission.ORDER_ASSIGN)
def send_back(uow: UnitOfWork, command: SendBackOrder) -> WorkOrder:
    """Have completed work done again by the same hands."""
    order = order_for(uow, "send_back", command.order_id)
    needs_words(command.reason, field="reason")
    step(order, "send_back")
    order.completed_at = None
    changed(uow, order, "sent_back", text=command.reason)
    tell_about(uow, order, [order.assignee_id], "sent_back_to_you", text=command.reason)
    return order


@use_case("order.verify", Permission.ORDER_ASSIGN)
def verify(uow: UnitOfWork, command: VerifyOrder) -> WorkOrder:
    """Close what the staff found and the staff repaired."""
    order = order_for(uow, "verify", command.order_id)
    step(order, "verify")
    order.closed_at = uow.occurred_at
    changed(uow, order, "verified")
    tell_about(uow, order, [order.assignee_id], "verified_for_you")
    return order


@use_case("order.cancel", Permission.ORDER_ASSIGN)
def cancel(uow: UnitOfWork, command: CancelOrder) -> WorkOrder:
    """End an order that need not be done, and say why."""
    order = order_for(uow, "cancel", command.order_id)
    needs_words(command.reason, field="reason")
    step(order, "cancel")
    order.closed_at = uow.occurred_at
    changed(uow, order, "cancelled", text=command.reason)
    tell_about(uow, order, [order.assignee_id], "cancelled_for_you", text=command.reason)
    return order
