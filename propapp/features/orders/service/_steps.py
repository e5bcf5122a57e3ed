"""What every step of an order has in common: whose it is, the flow, the event, the telling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import NotFound, NotYours
from propapp.core.timeline import TimelineEvent, record
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.messages.service import About, tell
from propapp.features.orders import rules
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.models import Source, WorkOrder
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.photos.commands import Shot
from propapp.features.photos.models import PhotoPurpose
from propapp.features.photos.service import Album, attach

# Who works here is told how their find ended, not each step on the way.
_ENDS = frozenset({"completed", "verified", "cancelled"})


def order_for(uow: UnitOfWork, verb: str, order_id: UUID) -> WorkOrder:
    """The order, if this step of it is the actor's to take."""
    order = WorkOrderRepository(uow).get(order_id)
    if rules.is_theirs(verb, order, uow.actor.person_id):
        return order
    by_assignee = rules.WHOSE[verb] is rules.Whose.ASSIGNEE
    holder = order.assignee_id if by_assignee else order.reported_by
    if holder is None:
        WORK_ORDER_FLOW.next_status(verb, order.status)
    name, name_en = people.name_of(uow.session, holder)
    raise NotYours(kind="order", name=name, name_en=name_en)


def step(order: WorkOrder, verb: str) -> None:
    """Move the order along its flow."""
    order.status = WORK_ORDER_FLOW.next_status(verb, order.status)
    order.version += 1


def changed(
    uow: UnitOfWork,
    order: WorkOrder,
    past: str,
    *,
    shots: Sequence[Shot] = (),
    purpose: PhotoPurpose = PhotoPurpose.NOTE,
    **facts: Any,
) -> TimelineEvent:
    """Write the step on the timeline with its photos, and tell whoever reported the order."""
    uow.session.add(order)
    event = record(
        uow, f"order.{past}", site_id=order.site_id, thing_kind="order", thing_id=order.id, **facts
    )
    attach(uow, album(order, event, shots, purpose))
    if order.source is Source.OWNER or past in _ENDS:
        tell_about(uow, order, [order.reported_by], past, **facts)
    return event


def album(
    order: WorkOrder, event: TimelineEvent, shots: Sequence[Shot], purpose: PhotoPurpose
) -> Album:
    """The photos given with one event of the order."""
    return Album(
        shots=shots,
        purpose=purpose,
        site_id=order.site_id,
        thing_kind="event",
        thing_id=event.id,
        parent_kind="order",
        parent_id=order.id,
        owner_id=order.reported_by,
    )


def tell_about(
    uow: UnitOfWork, order: WorkOrder, people: Iterable[UUID | None], kind: str, **facts: Any
) -> None:
    """Leave these people a message about the order."""
    tell(
        uow,
        people,
        f"order.{kind}",
        about=About(order.site_id, "order", order.id),
        number=order.number,
        title=order.title,
        title_en=order.title_en,
        place=order.place_text,
        place_en=order.place_text_en,
        **facts,
    )


def worker(uow: UnitOfWork, order: WorkOrder, person_id: UUID) -> Person:
    """The person, if orders of this site may be put into their hands."""
    person = people.holder_at(uow.session, order.site_id, person_id, Permission.ORDER_WORK)
    if person is None:
        raise NotFound(kind="person")
    return person
