"""What a round finds broken becomes a work order in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.messages.service import supervisors
from propapp.features.orders import repository, rules
from propapp.features.orders.models import Category, Priority, Source, WorkOrder
from propapp.features.orders.service._number import numbers
from propapp.features.orders.service._steps import album, tell_about
from propapp.features.orders.service._where import Where, place
from propapp.features.photos.commands import Shot
from propapp.features.photos.models import PhotoPurpose
from propapp.features.photos.service import Album, attach
from propapp.features.sites.models import Checkpoint
from propapp.features.standards.models import ChecklistItem


@dataclass(frozen=True)
class Defect:
    """A failed answer at a checkpoint; the same order id means the same trouble seen again."""

    order_id: UUID
    run_id: UUID
    answer_id: UUID
    item: ChecklistItem
    note: str
    reading: str
    shots: Sequence[Shot]


@internal
def report_defects(
    uow: UnitOfWork, checkpoint: Checkpoint, defects: Sequence[Defect]
) -> list[WorkOrder]:
    """Open an order for each new defect; one that has its order already adds to that."""
    if not defects:
        return []
    known = repository.by_ids(uow.session, [defect.order_id for defect in defects])
    fresh = [defect for defect in defects if defect.order_id not in known]
    orders = {order.id: order for order in _open(uow, checkpoint, fresh)} | known
    albums = [
        _written(uow, orders[defect.order_id], defect, fresh=defect in fresh) for defect in defects
    ]
    attach(uow, *albums)
    _tell_of_urgent(uow, checkpoint, [orders[defect.order_id] for defect in fresh])
    return [orders[defect.order_id] for defect in defects]


def _open(uow: UnitOfWork, checkpoint: Checkpoint, fresh: Sequence[Defect]) -> list[WorkOrder]:
    if not fresh:
        return []
    where = place(uow, checkpoint.site_id, checkpoint.place_id)
    fresh_numbers = numbers(uow, checkpoint.site_id, count=len(fresh))
    orders = [
        _order(uow, checkpoint, defect, number, where)
        for defect, number in zip(fresh, fresh_numbers, strict=True)
    ]
    uow.session.add_all(orders)
    return orders


def _order(
    uow: UnitOfWork, checkpoint: Checkpoint, defect: Defect, number: str, where: Where
) -> WorkOrder:
    item, priority, reported_at = defect.item, Priority(defect.item.priority), uow.occurred_at
    return WorkOrder(
        id=defect.order_id,
        number=number,
        site_id=checkpoint.site_id,
        source=Source.ROUND,
        category=Category(item.category),
        priority=priority,
        title=f"{checkpoint.name} · {item.label}",
        title_en=f"{checkpoint.name_en or checkpoint.name} · {item.label_en or item.label}",
        description=defect.note,
        **where.columns(),
        checkpoint_id=checkpoint.id,
        run_id=defect.run_id,
        answer_id=defect.answer_id,
        reported_by=uow.actor.person_id,
        reported_at=reported_at,
        respond_by=reported_at + rules.PROMISES[priority].respond,
        due_at=reported_at + rules.PROMISES[priority].done,
    )


def _written(uow: UnitOfWork, order: WorkOrder, defect: Defect, *, fresh: bool) -> Album:
    facts = {"text": defect.note} | ({"reading": defect.reading} if defect.reading else {})
    event = record(
        uow,
        "order.reported" if fresh else "order.noted",
        site_id=order.site_id,
        thing_kind="order",
        thing_id=order.id,
        run_id=str(defect.run_id),
        **facts,
    )
    order.version += 0 if fresh else 1
    return album(order, event, defect.shots, PhotoPurpose.BEFORE if fresh else PhotoPurpose.NOTE)


def _tell_of_urgent(uow: UnitOfWork, checkpoint: Checkpoint, orders: Sequence[WorkOrder]) -> None:
    urgent = [order for order in orders if order.priority is Priority.URGENT]
    if not urgent:
        return
    leads = supervisors(uow, checkpoint.site_id)
    for order in urgent:
        tell_about(uow, order, leads, "urgent")
