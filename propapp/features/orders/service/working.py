"""Taking an order and doing it."""

from __future__ import annotations

from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import AlreadyClaimed
from propapp.core.guards import needs_photo, needs_words
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.orders import repository
from propapp.features.orders.commands import (
    ClaimOrder,
    CompleteOrder,
    HandOverOrder,
    HoldOrder,
    NoteOrder,
    ResumeOrder,
    StartOrder,
)
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.models import WorkOrder
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.orders.service._steps import changed, order_for, step, tell_about, worker
from propapp.features.people import repository as people
from propapp.features.photos.models import PhotoPurpose


@use_case("order.claim", Permission.ORDER_CLAIM)
def claim(uow: UnitOfWork, command: ClaimOrder) -> WorkOrder:
    """Take an order that is nobody's; of two who tap at once exactly one has it."""
    order = order_for(uow, "claim", command.order_id)
    if order.assignee_id == uow.actor.person_id:
        return order
    if order.assignee_id is not None:
        _refuse_claim(uow, order)
    # Asked offline it is only asked: it becomes theirs, and is answered, when it gets here.
    won = repository.take_unclaimed(uow.session, order, by=uow.actor.person_id, at=uow.now)
    if not won:
        _refuse_claim(uow, order)
    changed(uow, order, "claimed")
    return order


def _refuse_claim(uow: UnitOfWork, order: WorkOrder) -> None:
    if order.assignee_id is None:
        WORK_ORDER_FLOW.next_status("claim", order.status)
    name, name_en = people.name_of(uow.session, order.assignee_id)
    raise AlreadyClaimed(number=order.number, name=name, name_en=name_en)


@use_case("order.start", Permission.ORDER_WORK)
def start(uow: UnitOfWork, command: StartOrder) -> WorkOrder:
    """Begin the work."""
    order = order_for(uow, "start", command.order_id)
    step(order, "start")
    order.started_at = order.started_at or uow.occurred_at
    changed(uow, order, "started")
    return order


@use_case("order.hold", Permission.ORDER_WORK)
def hold(uow: UnitOfWork, command: HoldOrder) -> WorkOrder:
    """Put the work on hold and say why."""
    order = order_for(uow, "hold", command.order_id)
    needs_words(command.reason, field="reason")
    step(order, "hold")
    order.hold_reason = command.reason
    changed(uow, order, "held", text=command.reason)
    return order


@use_case("order.resume", Permission.ORDER_WORK)
def resume(uow: UnitOfWork, command: ResumeOrder) -> WorkOrder:
    """Go on with work that was on hold."""
    order = order_for(uow, "resume", command.order_id)
    step(order, "resume")
    order.hold_reason = ""
    order.started_at = order.started_at or uow.occurred_at
    changed(uow, order, "resumed")
    return order


@use_case("order.hand_over", Permission.ORDER_WORK)
def hand_over(uow: UnitOfWork, command: HandOverOrder) -> WorkOrder:
    """Give the work to a colleague, or back to the open list when nobody is named."""
    order = order_for(uow, "hand_over", command.order_id)
    needs_words(command.reason, field="reason")
    order.hold_reason = ""
    if command.to_person_id is None:
        _hand_back(uow, order, command.reason)
    else:
        _hand_to(uow, order, command.to_person_id, command.reason)
    return order


def _hand_back(uow: UnitOfWork, order: WorkOrder, reason: str) -> None:
    step(order, "hand_back")
    order.assignee_id = None
    changed(uow, order, "handed_back", text=reason)


def _hand_to(uow: UnitOfWork, order: WorkOrder, person_id: UUID, reason: str) -> None:
    colleague = worker(uow, order, person_id)
    step(order, "hand_over")
    order.assignee_id = colleague.id
    changed(
        uow,
        order,
        "handed_over",
        text=reason,
        to_person=colleague.name,
        to_person_en=colleague.name_en,
    )
    tell_about(uow, order, [colleague.id], "handed_to_you", text=reason)


@use_case("order.note", Permission.ORDER_NOTE)
def note(uow: UnitOfWork, command: NoteOrder) -> WorkOrder:
    """Add words or photos; never a conflict, so it is taken whatever the status."""
    order = WorkOrderRepository(uow).get(command.order_id)
    if not command.photos:
        needs_words(command.text, field="text")
    order.version += 1
    changed(uow, order, "noted", shots=command.photos, text=command.text)
    return order


@use_case("order.complete", Permission.ORDER_WORK)
def complete(uow: UnitOfWork, command: CompleteOrder) -> WorkOrder:
    """Say what was done and show it."""
    order = order_for(uow, "complete", command.order_id)
    needs_words(command.note, field="note")
    needs_photo(command.photos, field="photos")
    step(order, "complete")
    order.completed_at = uow.occurred_at
    order.result_note = command.note
    changed(
        uow,
        order,
        "completed",
        shots=command.photos,
        purpose=PhotoPurpose.AFTER,
        text=command.note,
    )
    return order
