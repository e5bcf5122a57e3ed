"""Where a person begins and what stands in their menu, by what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from propapp.core.access import Actor, Role


@dataclass(frozen=True)
class Home:
    """The first page, and the pages one tap away from everywhere."""

    page: str
    tabs: tuple[str, ...]


_ROUNDS = Home("/today", ("today", "orders", "messages", "me"))
_WORK = Home("/orders", ("orders", "today", "messages", "me"))
# A supervisor is told of missed rounds and urgent reports: messages come before walking a round.
_DESK = Home("/orders", ("orders", "board", "messages", "me"))
_BOARD = Home("/board", ("board", "orders", "messages", "me"))
_MONEY = Home("/board", ("board", "messages", "me"))
_OWN = Home("/my", ("my", "messages", "me"))

# The first that fits: who walks rounds begins with them, who only owns a unit begins at home.
HOMES: tuple[tuple[Role, Home], ...] = (
    (Role.GUARD, _ROUNDS),
    (Role.CLEANER, _WORK),
    (Role.TECHNICIAN, _WORK),
    (Role.SERVICE_DESK, _DESK),
    (Role.SUPERVISOR, _DESK),
    (Role.MANAGER, _BOARD),
    (Role.FINANCE, _MONEY),
    (Role.AUDITOR, _BOARD),
    (Role.ADMINISTRATOR, _BOARD),
    (Role.OWNER, _OWN),
)


def home_of(actor: Actor) -> str:
    """The actor's first page."""
    return home_for(_roles(actor))


def tabs_of(actor: Actor) -> list[str]:
    """What stands in the actor's menu, at most four."""
    return list(_home(_roles(actor)).tabs)


def home_for(roles: Iterable[Role]) -> str:
    """The first page of whoever holds these roles."""
    return _home(roles).page


def _home(roles: Iterable[Role]) -> Home:
    held = frozenset(roles)
    return next((home for role, home in HOMES if role in held), _OWN)


def _roles(actor: Actor) -> frozenset[Role]:
    return frozenset(role for roles in actor.roles.values() for role in roles)
