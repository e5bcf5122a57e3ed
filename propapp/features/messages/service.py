"""Telling people, and their saying that they have seen it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from propapp.core.access import Permission, Role, roles_with
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.messages import repository
from propapp.features.messages.commands import ReadMessages
from propapp.features.messages.models import Message


@dataclass(frozen=True)
class About:
    """The thing that a message is about."""

    site_id: UUID
    kind: str
    id: UUID


@use_case("message.read", Permission.MESSAGE_READ)
def read(uow: UnitOfWork, command: ReadMessages) -> int:
    """Mark one's own messages as seen; nobody else's business, so no event on a timeline."""
    return repository.mark_read(uow.session, uow.actor, up_to=command.up_to, at=uow.now)


@internal
def tell(
    uow: UnitOfWork,
    people: Iterable[UUID | None],
    kind: str,
    *,
    about: About,
    **facts: Any,
) -> None:
    """Leave a message for each of these people, but not for the one who does it."""
    told = {person for person in people if person is not None} - {uow.actor.person_id}
    by = {"by": uow.actor.name, "by_en": uow.actor.name_en}
    uow.session.add_all(
        Message(
            person_id=person,
            site_id=about.site_id,
            kind=kind,
            thing_kind=about.kind,
            thing_id=about.id,
            facts={**by, **facts},
            created_at=uow.now,
        )
        for person in sorted(told)
    )


@internal
def supervisors(uow: UnitOfWork, site_id: UUID) -> frozenset[UUID]:
    """Who answers for the work at the site."""
    return supervisors_of(uow, {site_id})[site_id]


@internal
def supervisors_of(uow: UnitOfWork, sites: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Who answers for the work at each of these sites."""
    return repository.holders(uow.session, sites, Role.SUPERVISOR)


@internal
def holders_of(
    uow: UnitOfWork, permission: Permission, sites: Collection[UUID]
) -> dict[UUID, frozenset[UUID]]:
    """Whoever has the permission at each of these sites."""
    return repository.holders(uow.session, sites, *sorted(roles_with(permission)))
