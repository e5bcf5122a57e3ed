"""Orders that were late, and where the chain of evidence stood when the days were over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select

from propapp.core.evidence.models import EvidenceDay
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.people.models import Person
from propapp.features.reports.rounds import Stretch

MOST_ORDERS = 500


class LateOrder(NamedTuple):
    """An order that was not done when it was promised, and who had it."""

    order: WorkOrder
    person: Person | None


class ChainEnd(NamedTuple):
    """Where the chain stood at the end of a day."""

    day: date
    n: int
    hash: str


def late_orders(uow: UnitOfWork, stretch: Stretch) -> Sequence[LateOrder]:
    """Those that fell due in these days and were done after that or not at all; cf. the measure."""
    done, due = col(WorkOrder.completed_at), col(WorkOrder.due_at)
    wanted = (
        select(WorkOrder, Person)
        .join(Person, col(Person.id) == WorkOrder.assignee_id, isouter=True)
        .where(
            WorkOrder.site_id == stretch.site.id,
            WorkOrder.status != OrderStatus.CANCELLED,
            due >= stretch.begins,
            due < stretch.ends,
            or_(done > due, done.is_(None) & (due < uow.now)),
        )
        .order_by(due, col(WorkOrder.id))
        .limit(MOST_ORDERS)
    )
    return [LateOrder(*found) for found in uow.session.exec(wanted)]


def chain_end(session: Session, stretch: Stretch) -> ChainEnd | None:
    """The head of the last of these days that is over and was written down."""
    days = select(EvidenceDay).where(
        EvidenceDay.site_id == stretch.site.id,
        EvidenceDay.day >= stretch.first,
        EvidenceDay.day <= stretch.last,
    )
    head = session.exec(days.order_by(col(EvidenceDay.day).desc()).limit(1)).first()
    return ChainEnd(head.day, head.n, head.hash) if head else None
