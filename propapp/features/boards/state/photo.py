"""The photo that is looked at, with how it was taken."""

from __future__ import annotations

import asyncio

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound
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
    async def look_at(self, sha256: str) -> None:
        """Tell how this photo was taken; nothing when the person may not see it."""
        actor = await actor_of(self)
        self.facts = await asyncio.to_thread(_facts, actor, str(sha256))


def _facts(actor: Actor, sha256: str) -> PhotoFacts:
    try:
        with looking(actor) as uow:
            return reading.photo(uow, sha256)
    except NotFound:
        return PhotoFacts()
