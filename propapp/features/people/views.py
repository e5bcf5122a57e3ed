"""A person as their phone shows them, and colleagues to hand work to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from propapp.core.access import ROLE_PERMISSIONS, Actor
from propapp.features.people.homes import home_of, tabs_of
from propapp.features.people.models import Person, RoleAssignment


@dataclass(frozen=True)
class MeView:
    """The person on this phone."""

    id: UUID
    name: str
    name_en: str
    locale: str
    roles: list[str]
    home: str
    tabs: list[str]
    permissions: list[str]
    unread: int


@dataclass(frozen=True)
class Named:
    """Somebody or something with a name in both languages."""

    id: str = ""
    name: str = ""
    name_en: str = ""


NOBODY = Named()


@dataclass(frozen=True)
class StaffView:
    """A colleague."""

    id: UUID
    name: str
    name_en: str
    roles: list[str]


@dataclass(frozen=True)
class Names:
    """The names of everybody who stands in some rows, by id."""

    people: Mapping[UUID, Person]

    def of(self, person_id: UUID | None) -> tuple[str, str]:
        """A person's name and its Latin form; empty for nobody."""
        person = self.people.get(person_id) if person_id else None
        return (person.name, person.name_en) if person else ("", "")


def named(person_id: UUID | None, people: Mapping[UUID, Person]) -> Named:
    """The person with a name in both languages; nobody where there is none."""
    person = people.get(person_id) if person_id else None
    return Named(str(person.id), person.name, person.name_en or person.name) if person else NOBODY


def me_view(actor: Actor, *, unread: int) -> MeView:
    """The actor, with what they may do at any of their sites."""
    roles = {role for held in actor.roles.values() for role in held}
    permissions = {permission for role in roles for permission in ROLE_PERMISSIONS[role]}
    return MeView(
        id=actor.person_id,
        name=actor.name,
        name_en=actor.name_en,
        locale=actor.locale,
        roles=sorted(roles),
        home=home_of(actor),
        tabs=tabs_of(actor),
        permissions=sorted(permissions),
        unread=unread,
    )


def staff_views(workers: Iterable[tuple[Person, RoleAssignment]]) -> list[StaffView]:
    """Each colleague once, with all posts."""
    made: dict[UUID, StaffView] = {}
    for person, post in workers:
        view = made.setdefault(person.id, StaffView(person.id, person.name, person.name_en, []))
        if post.role.value not in view.roles:
            view.roles.append(post.role.value)
    return list(made.values())
