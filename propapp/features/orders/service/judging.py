"""What the owner says about the work done on their report."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.errors import TooLate
from propapp.core.guards import needs_words
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.messages.service import supervisors
from propapp.features.orders import rules
from propapp.features.orders.commands import ConfirmOrder, RateOrder, ReopenOrder
from propapp.features.orders.models import WorkOrder
from propapp.features.orders.service._steps import changed, order_for, step, tell_about
from propapp.features.people import repository as people
from propapp.features.photos.models import PhotoPurpose


@use_case("order.confirm", Permission.ORDER_JUDGE)
def confirm(uow: UnitOfWork, command: ConfirmOrder) -> WorkOrder:
    """Accept the work and close the order."""
    order = order_for(uow, "confirm", command.order_id)
    step(order, "confirm")
    order.closed_at = uow.occurred_at
    changed(uow, order, "confirmed")
    tell_about(uow, order, [order.assignee_id], "confirmed")
    return order


@use_case("order.reopen", Permission.ORDER_JUDGE)
def reopen(uow: UnitOfWork, command: ReopenOrder) -> WorkOrder:
    """Say within a week that it is not done; the promised times stay what they were."""
    order = order_for(uow, "reopen", command.order_id)
    needs_words(command.reason, field="reason")
    if not rules.may_reopen(order, uow.occurred_at):
        raise TooLate(number=order.number, days=rules.REOPEN_WITHIN.days)
    _give_back(uow, order)
    order.completed_at = order.closed_at = order.stars = None
    order.rating_note = ""
    changed(
        uow,
        order,
        "reopened",
        shots=command.photos,
        purpose=PhotoPurpose.BEFORE,
        text=command.reason,
    )
    told = {order.assignee_id} | supervisors(uow, order.site_id)
    tell_about(uow, order, told, "reopened", text=command.reason)
    return order


def _give_back(uow: UnitOfWork, order: WorkOrder) -> None:
    # Whoever did it knows it; a fresh claim would keep the owner waiting a second time.
    still_here = order.assignee_id is not None and people.holder_at(
        uow.session, order.site_id, order.assignee_id, Permission.ORDER_WORK
    )
    step(order, "reopen" if still_here else "reopen_to_list")
    if not still_here:
        order.assignee_id = None


@use_case("order.rate", Permission.ORDER_JUDGE)
def rate(uow: UnitOfWork, command: RateOrder) -> WorkOrder:
    """Give one to five stars; the last word stands, the timeline keeps the earlier ones."""
    order = order_for(uow, "rate", command.order_id)
    step(order, "rate")
    order.stars, order.rating_note = command.stars, command.note
    changed(uow, order, "rated", stars=command.stars, text=command.note)
    tell_about(uow, order, [order.assignee_id], "rated", stars=command.stars)
    return order
