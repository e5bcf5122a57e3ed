"""Things that are made elsewhere and can only be taken out: people and orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from propapp.core.access import Permission
from propapp.core.sheets.wording import word_for
from propapp.core.text import LOCALES
from propapp.features.orders.models import Category, OrderStatus, Priority, WorkOrder
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.people import repository as people
from propapp.features.sheets.forms import NUMBER, TEXT, Form, choice
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.tables import Book, Column, Kind, Known

# The newest of them; whoever wants more asks for a bundle of evidence or a report.
MOST_ORDERS = 5000


def _as_it_is(value: Any, _locale: str) -> Any:
    return value


# An instant by the clock of the site's wall.
MOMENT = Form(str, _as_it_is, empty=None)


def _say_posts(value: Any, locale: str) -> str:
    return (", " if locale != LOCALES[0] else " ").join(
        word_for("role", one, locale) for one in value
    )


class PeopleBook(Book):
    """Who works at the site, with their posts and numbers."""

    columns = (
        Column("name", width=18),
        Column("name_en", width=18),
        Column("phone", width=18),
        Column("posts", Form(str, _say_posts), width=28),
    )
    natural = ("name", "phone")

    def read(self) -> Iterator[Known]:
        """By name; people are registered by the company, with an account each."""
        held = people.holders_at(self.uow.session, self.target.site.id, (Permission.STAFF_READ,))
        posts: dict[Any, tuple[Any, list[str]]] = {}
        for person, post in held:
            posts.setdefault(person.id, (person, []))[1].append(post.role.value)
        for person, roles in posts.values():
            yield Known(
                {
                    "name": person.name,
                    "name_en": person.name_en,
                    "phone": person.phone,
                    "posts": sorted(roles, key=STAFF.index),
                }
            )


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


# Who writes rows has a use for numbers to call; a list of them is nobody else's.
PEOPLE = Kind("people", Permission.SHEET_BRING, PeopleBook)
ORDERS = Kind("orders", Permission.PLAN_READ, OrderBook)
