"""What is made elsewhere and can only be taken out: work orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from propapp.core.access import Permission
from propapp.features.orders.models import Category, OrderStatus, Priority, WorkOrder
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.people import repository as people
from propapp.features.sheets.forms import MOMENT, NUMBER, TEXT, choice
from propapp.features.sheets.tables import Book, Column, Kind, Known

# The newest of them; whoever wants more asks for a bundle of evidence or a report.
MOST_ORDERS = 5000


class OrderBook(Book):
    """The work orders of the site, the newest first."""

    columns = (
        Column("number", width=20),
        Column("status", choice("status", tuple(OrderStatus))),
        Column("category", choice("category", tuple(Category))),
        Column("priority", choice("priority", tuple(Priority))),
        Column("title", width=36),
        Column("place", width=28),
        Column("reported_at", MOMENT, width=18),
        Column("due_at", MOMENT, width=18),
        Column("assignee", width=14),
        Column("completed_at", MOMENT, width=18),
        Column("closed_at", MOMENT, width=18),
        Column("stars", NUMBER),
        Column("result", TEXT, width=36),
    )
    natural = ("number",)

    def read(self) -> Iterator[Known]:
        """As many as a sheet is wanted to hold."""
        found = WorkOrderRepository(self.uow).newest_at(self.target.site.id, limit=MOST_ORDERS)
        persons = people.by_ids(
            self.uow.session, {one.assignee_id for one in found if one.assignee_id}
        )
        for order in found:
            person = persons.get(order.assignee_id) if order.assignee_id else None
            yield Known(self._row(order, person.name if person else ""))

    def _row(self, order: WorkOrder, assignee: str) -> dict[str, Any]:
        zone = ZoneInfo(self.target.site.zone)

        def local(instant: datetime | None) -> datetime | None:
            return instant.astimezone(zone).replace(tzinfo=None) if instant else None

        moments = ("reported_at", "due_at", "completed_at", "closed_at")
        return {
            **{name: local(getattr(order, name)) for name in moments},
            "number": order.number,
            "status": order.status.value,
            "category": order.category.value,
            "priority": order.priority.value,
            "title": order.title,
            "place": order.place_text,
            "assignee": assignee,
            "stars": order.stars,
            "result": order.result_note,
        }


ORDERS = Kind("orders", Permission.PLAN_READ, OrderBook)
