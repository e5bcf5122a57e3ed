"""Who lives and works in the demo world, under ids that never change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from uuid import UUID

from propapp.core.access import Actor, Role
from propapp.core.ids import derived_id
from propapp.demo.sheets import sheet

PASSWORD = "demo-2026"  # noqa: S105 - meant to be read


def demo_id(*parts: object) -> UUID:
    """The id of something of the demo world; the same every day."""
    return derived_id("demo", *parts)


SITE_ID = demo_id("site")


@dataclass(frozen=True)
class Member:
    """A person of the cast; ``key`` is their family name, by which tests call them."""

    key: str
    username: str
    name: str
    name_en: str
    role: Role
    locale: str = "zh-CN"
    units: tuple[str, ...] = ()

    @cached_property
    def id(self) -> UUID:
        """The person's id."""
        return demo_id("person", self.key)

    @property
    def is_staff(self) -> bool:
        """Whether they work here."""
        return self.role is not Role.OWNER

    def actor(self) -> Actor:
        """The person as the actor of a request."""
        return Actor(
            person_id=self.id,
            name=self.name,
            name_en=self.name_en,
            locale=self.locale,
            roles={SITE_ID: frozenset({self.role})},
        )


@dataclass(frozen=True)
class DemoAccount:
    """A name to try the demo world with, and a sentence about what awaits there."""

    username: str
    name: str
    name_en: str
    role: str
    about: str
    about_en: str


@cache
def members() -> dict[str, Member]:
    """Everybody, by key."""
    people = [
        Member(**{**said, "role": Role(said["role"]), "units": tuple(said.get("units", ()))})
        for said in sheet("cast")["person"]
    ]
    return {person.key: person for person in people}


def member(key: str) -> Member:
    """One person of the cast."""
    return members()[key]


def with_role(role: Role) -> list[Member]:
    """Those who hold this role, in the order of the cast."""
    return [person for person in members().values() if person.role is role]


def accounts() -> tuple[DemoAccount, ...]:
    """The accounts that the terminal and the sign-in page name."""
    by_username = {person.username: person for person in members().values()}
    return tuple(
        DemoAccount(
            username=said["username"],
            name=by_username[said["username"]].name,
            name_en=by_username[said["username"]].name_en,
            role=by_username[said["username"]].role.value,
            about=said["zh"],
            about_en=said["en"],
        )
        for said in sheet("cast")["account"]
    )
