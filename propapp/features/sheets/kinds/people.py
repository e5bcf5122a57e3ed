"""Who works at the site: posts, numbers and sign-in names; a password never stands in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from propapp.core.access import Permission
from propapp.core.ids import uuid7
from propapp.core.sheets import cells
from propapp.core.sheets.reading import Cell
from propapp.core.sheets.wording import in_workbook, word_for
from propapp.core.use_case import Command
from propapp.features.people import repository as people
from propapp.features.people.commands import KeepPerson
from propapp.features.people.models import Person
from propapp.features.sheets.forms import BETWEEN, FLAG, Form, choice
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values

_ONE = choice("role", STAFF)


def _read_posts(cell: Cell) -> tuple[str, ...] | None:
    parts = (part.strip() for part in BETWEEN.split(cells.text_of(cell)))
    found = {_ONE.read(part) for part in parts if part}
    return tuple(sorted(found, key=STAFF.index)) or None


def _say_posts(value: Any, locale: str) -> str:
    between = in_workbook("repeat.between", locale)
    return between.join(word_for("role", one, locale) for one in value)


class PeopleBook(Book):
    """Everybody with a post at the site, those who left too."""

    columns = (
        Column("id", width=16),
        Column("name", required=True, width=18),
        Column("name_en", width=18),
        Column("phone", width=18),
        Column("username", width=18),
        Column("posts", Form(_read_posts, _say_posts, empty=()), required=True, width=28),
        Column("left", FLAG),
    )
    natural = ("name", "phone")
    shown_at: Mapping[str, str] = {
        "username_taken": "username",
        "roles": "posts",
        "administrator": "posts",
        "last_administrator": "posts",
    }

    def read(self) -> Iterator[Known]:
        """By name."""
        self.by_username: dict[str, Known] = {}
        posts: dict[Any, tuple[Person, str, list[str]]] = {}
        for person, post, account in people.employed_at(self.uow.session, self.target.site.id):
            username = account.username if account else ""
            posts.setdefault(person.id, (person, username, []))[2].append(post.role.value)
        for person, username, roles in posts.values():
            row = {
                "id": str(person.id),
                "name": person.name,
                "name_en": person.name_en,
                "phone": person.phone,
                "username": username,
                "posts": tuple(sorted(roles, key=STAFF.index)),
                "left": not person.active,
            }
            known = Known(row, person)
            if username:
                self.by_username[username] = known
            yield known

    def match(self, values: Values) -> Known | None:
        """By id, by sign-in name, or by name and number where no other sign-in name is meant."""
        named = self.by_username.get(_folded(values["username"]))
        if named is not None and not values["id"]:
            return named
        found = super().match(values)
        other = found is not None and values["username"] and found.values["username"]
        return None if other and not values["id"] else found

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A sign-in name as the door reads it."""
        return values | {"username": _folded(values["username"])}

    def identity(self, values: Values, known: Known | None) -> tuple[Any, ...]:
        """Two who share a name and sign in under different names are two."""
        new = ("new", *self.key_of(values), values["username"])
        return new if known is None else super().identity(values, known)

    def command(self, change: Change) -> tuple[str, Command]:
        """The person as the row says."""
        values = change.values
        asked = {name: values[name] for name in ("name", "name_en", "phone", "username")} | {
            "person_id": change.known.thing.id if change.known else uuid7(),
            "site_id": self.target.site.id,
            "roles": values["posts"],
            "active": not values["left"],
        }
        return "person.keep", KeepPerson.model_validate(asked)


def _folded(username: str) -> str:
    return username.strip().casefold()


# Who writes rows has a use for numbers to call; a list of them is nobody else's.
PEOPLE = Kind(
    "people",
    Permission.SHEET_BRING,
    PeopleBook,
    writes=Permission.STAFF_WRITE,
    example={"posts": ("cleaner",)},
)
