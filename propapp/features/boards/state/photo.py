"""The photo that is looked at, with how it was taken."""

from __future__ import annotations

import asyncio
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound
from propapp.core.ids import id_of
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.views import PhotoFacts
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class PhotoState(rx.State):
    """What is known of one photo; the picture itself comes on its own."""

    facts: PhotoFacts = PhotoFacts()

    @rx.event
    @handler(Permission.BOARD_READ)
    async def look_at(self, sha256: str, thing: str) -> None:
        """Tell how this run's or order's photo was taken and what it serves.

        Nothing when the person may not see it.
        """
        actor = await actor_of(self)
        self.facts = await asyncio.to_thread(_facts, actor, str(sha256), id_of(str(thing)))


def _facts(actor: Actor, sha256: str, thing_id: UUID | None) -> PhotoFacts:
    try:
        with looking(actor) as uow:
            return reading.photo(uow, sha256, thing_id)
    except NotFound:
        return PhotoFacts()
