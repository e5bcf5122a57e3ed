"""The day of every site on one screen."""

from __future__ import annotations

import asyncio

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.boards import overview
from propapp.features.boards.overview import SiteDay
from propapp.features.sites.views import SiteChoice
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class SitesState(rx.State):
    """All sites whose board the person may open, what is wrong first."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    days: rx.Field[list[SiteDay]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.BOARD_READ)
    async def open(self) -> None:
        """Ask anew."""
        actor = await actor_of(self)
        self.days = await asyncio.to_thread(_days, actor)
        first = self.days[0] if self.days else SiteDay()
        self.site = SiteChoice(first.id, first.name, first.name_en)
        self.ready = True


def _days(actor: Actor) -> list[SiteDay]:
    with looking(actor) as uow:
        return overview.all_sites(uow)
