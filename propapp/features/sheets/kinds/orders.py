"""Work orders: all go out, and what stood in a notebook comes in as new reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.ids import derived_id
from propapp.core.sheets.cells import Trouble, text_of
from propapp.core.use_case import Command
from propapp.features.orders import repository as orders
from propapp.features.orders.commands import ReportOrder
from propapp.features.orders.models import Category, OrderStatus, Priority, WorkOrder
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.orders.rules import usual_priority
from propapp.features.people import repository as people
from propapp.features.sheets.forms import MOMENT, NUMBER, choice, on_the_wall
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values
from propapp.features.sites import repository as sites

# The newest of them; whoever wants more asks for a bundle of evidence or a report.
MOST_ORDERS = 5000
# A database takes only so many values in one question.
_AT_A_TIME = 400
# Between a place of the site and what is said about it.
_NEAR = " · "


class OrderBook(Book):
    """The work orders of the site, the newest first; a row without a number is a new report."""

    columns = (
        Column("number", width=20),
        Column("category", choice("category", tuple(Category)), required=True),
        Column("description", required=True, width=36),
        Column("place", width=28, strict=False),
        Column("priority", choice("priority", tuple(Priority))),
        Column("status", choice("status", tuple(OrderStatus)), only_out=True),
        Column("title", width=36, only_out=True),
        Column("reported_at", MOMENT, width=18, only_out=True),
        Column("due_at", MOMENT, width=18, only_out=True),
        Column("assignee", width=14, only_out=True),
        Column("completed_at", MOMENT, width=18, only_out=True),
        Column("closed_at", MOMENT, width=18, only_out=True),
        Column("stars", NUMBER, only_out=True),
        Column("result", width=36, only_out=True),
    )
    id_column = "number"
    natural = ("description", "place")
    shown_at: Mapping[str, str] = {"place_text": "place"}

    def read(self) -> Iterator[Known]:
        """As many as a sheet is wanted to hold."""
        found = WorkOrderRepository(self.uow).newest_at(self.target.site.id, limit=MOST_ORDERS)
        yield from self._rows(found)

    def _rows(self, found: Iterable[WorkOrder]) -> Iterator[Known]:
        whose = {one.assignee_id for one in found if one.assignee_id}
        names = {one.id: one.name for one in people.by_ids(self.uow.session, whose).values()}
        for order in found:
            name = names.get(order.assignee_id, "") if order.assignee_id else ""
            yield Known(self._row(order, name), order)

    def _row(self, order: WorkOrder, assignee: str) -> dict[str, Any]:
        zone = self.target.site.zone
        moments = ("reported_at", "due_at", "completed_at", "closed_at")
        return {
            **{name: on_the_wall(getattr(order, name), zone) for name in moments},
            "number": order.number,
            "category": order.category.value,
            # What a round found may be told by its title alone.
            "description": text_of(order.description or order.title),
            "place": text_of(order.place_text),
            "priority": order.priority.value,
            "status": order.status.value,
            "title": text_of(order.title),
            "assignee": assignee,
            "stars": order.stars,
            "result": text_of(order.result_note),
        }

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The public places and the units of the site; other words are places too."""
        return {"place": list(self.places)}

    @cached_property
    def places(self) -> dict[str, dict[str, UUID]]:
        """What a report calls each place and each unit of the site, as orders say it."""
        session, site_id = self.uow.session, self.target.site.id
        units = {
            f"{building.name} {unit.number}": {"unit_id": unit.id}
            for unit, building in sites.units_at(session, site_id)
        }
        places = {
            f"{building.name} {place.name}" if building else place.name: {"place_id": place.id}
            for place, building in sites.places_at(session, site_id)
        }
        return places | units

    def prepare(self, rows: Sequence[Values]) -> None:
        """Which new rows of the file are orders already, however long ago they were brought."""
        ids = [self._new_id(row) for row in rows if not row.get("number")]
        some = (ids[at : at + _AT_A_TIME] for at in range(0, len(ids), _AT_A_TIME))
        found = [one for part in some for one in orders.by_ids(self.uow.session, part).values()]
        self.brought = {known.thing.id: known for known in self._rows(found)}

    def match(self, values: Values) -> Known | None:
        """By number; else what an earlier file of the same words has made."""
        if values["number"]:
            return super().match(values)
        return self.brought.get(self._new_id(values))

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """As urgent as trouble of its category is where nobody says."""
        usual = usual_priority(Category(values["category"])).value
        return values | {"priority": values["priority"] or usual}

    def command(self, change: Change) -> tuple[str, Command]:
        """A report; what became of an order is written down where it is worked on."""
        self.needs_new(change)
        values = change.values
        if not values["place"]:
            raise Trouble("missing", "place")
        asked = {name: values[name] for name in ("category", "description", "priority")} | {
            "order_id": self._new_id(values),
            "site_id": self.target.site.id,
            **self._where(values["place"]),
        }
        return "order.report", ReportOrder.model_validate(asked)

    def _where(self, said: str) -> dict[str, Any]:
        """A place or a unit with what is said about it, or words alone."""
        name, _, near = said.partition(_NEAR)
        known = self.places.get(name)
        return {**known, "place_text": near} if known else {"place_text": said}

    def _new_id(self, values: Values) -> UUID:
        return derived_id("order", self.target.site.id, *self.key_of(values))


ORDERS = Kind(
    "orders",
    Permission.PLAN_READ,
    OrderBook,
    writes=Permission.ORDER_REPORT,
    example={"category": "water", "priority": "high"},
)
