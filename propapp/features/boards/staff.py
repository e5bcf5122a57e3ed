"""Who works at a site, and how far each is on the way through the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from propapp.core.access import POSTS, Permission, Role
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.rules import stamp
from propapp.features.people import repository as people
from propapp.features.people.models import Account, Person

# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"held_elsewhere", "not_allowed", "not_found", "busy"})
# From so many on, people are looked for by name.
MANY = 8


class Entry(StrEnum):
    """How far somebody is on the way through the door."""

    LEFT = "left"
    NO_NAME = "no_name"
    NO_PASSWORD = "no_password"  # noqa: S105 - says that there is none
    FIRST = "first"
    EXPIRED = "expired"
    OWN = "own"


@dataclass(frozen=True)
class StaffLine:
    """Somebody at the site; ``until`` is when a first password ends. ``may`` give another one."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    posts: list[str] = field(default_factory=list[str])
    username: str = ""
    entry: str = ""
    until: str = ""
    may: bool = False


@dataclass(frozen=True)
class Staff:
    """Those who are looked for, of how many."""

    lines: list[StaffLine]
    count: int


def staff(uow: UnitOfWork, site_id: UUID, sought: str = "") -> Staff:
    """Everybody with a post at the site by name, who left last, as far as they are sought."""
    lines = _lines(uow, people.employed_at(uow.session, site_id), site_id)
    lines.sort(key=lambda one: one.entry == Entry.LEFT)
    words = sought.strip().casefold()
    found = [one for one in lines if _is_sought(one, words)]
    return Staff(found, len(lines))


def _is_sought(one: StaffLine, words: str) -> bool:
    return any(words in said.casefold() for said in (one.name, one.name_en, one.username))


def _lines(uow: UnitOfWork, found: Iterable[people.Employed], site_id: UUID) -> list[StaffLine]:
    posts: dict[UUID, list[Role]] = {}
    known: dict[UUID, tuple[Person, Account | None]] = {}
    for person, post, account in found:
        posts.setdefault(person.id, []).append(post.role)
        known[person.id] = (person, account)
    return [
        _line(uow, *known[one], sorted(held, key=POSTS.index), site_id)
        for one, held in posts.items()
    ]


def _line(
    uow: UnitOfWork, person: Person, account: Account | None, posts: list[Role], site_id: UUID
) -> StaffLine:
    entry = entry_of(person, account, uow.now)
    return StaffLine(
        id=str(person.id),
        name=person.name,
        name_en=person.name_en,
        posts=[one.value for one in posts],
        username=account.username if account else "",
        entry=entry.value,
        until=stamp(account.first_until) if account and entry is Entry.FIRST else "",
        may=entry not in {Entry.LEFT, Entry.NO_NAME} and _may(uow, person, posts, site_id),
    )


def _may(uow: UnitOfWork, person: Person, posts: list[Role], site_id: UUID) -> bool:
    """Whether the door would let the actor; their own they change on their own page."""
    if person.id == uow.actor.person_id:
        return False
    needed = (
        Permission.ADMINISTRATOR_NAME if Role.ADMINISTRATOR in posts else Permission.STAFF_WRITE
    )
    return uow.actor.may(needed, site_id)


def entry_of(person: Person, account: Account | None, now: datetime) -> Entry:
    """How far the person is on the way through the door."""
    if not person.active:
        return Entry.LEFT
    if account is None:
        return Entry.NO_NAME
    if not account.password_hash:
        return Entry.NO_PASSWORD
    if account.first_until is None:
        return Entry.OWN
    return Entry.FIRST if account.first_until > now else Entry.EXPIRED
