"""Where a person begins, by what they are."""

from __future__ import annotations

from collections.abc import Iterable

from propapp.core.access import Actor, Role

# The first that fits: who walks rounds begins with them, who only owns a unit begins at home.
HOMES: tuple[tuple[Role, str], ...] = (
    (Role.GUARD, "/today"),
    (Role.CLEANER, "/orders"),
    (Role.TECHNICIAN, "/orders"),
    (Role.SERVICE_DESK, "/orders"),
    (Role.SUPERVISOR, "/orders"),
    (Role.MANAGER, "/board"),
    (Role.FINANCE, "/board"),
    (Role.AUDITOR, "/board"),
    (Role.ADMINISTRATOR, "/board"),
    (Role.OWNER, "/my"),
)


def home_of(actor: Actor) -> str:
    """The actor's first page."""
    return home_for(role for roles in actor.roles.values() for role in roles)


def home_for(roles: Iterable[Role]) -> str:
    """The first page of whoever holds these roles."""
    held = frozenset(roles)
    return next((home for role, home in HOMES if role in held), "/my")
