"""The library on the big screen and on the phone: look something up, compare levels."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice
from propapp.features.standards import reading
from propapp.features.standards.cards import ClauseCard, StandardChoice
from propapp.features.standards.reading import Asked
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class StandardsState(rx.State):
    """The clauses that somebody looks for."""

    ready: bool = False
    may_write: bool = False
    site: SiteChoice = SiteChoice()
    standards: rx.Field[list[StandardChoice]] = rx.field(default_factory=list)
    standard: StandardChoice = StandardChoice()
    asked: Asked = Asked()
    cards: rx.Field[list[ClauseCard]] = rx.field(default_factory=list)
    total: int = 0

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def open(self) -> None:
        """Show what the address asks for."""
        query = self.router.url.query_parameters
        await self._show(
            Asked(
                query.get("words", ""),
                query.get("area", ""),
                query.get("standard", ""),
                query.get("level", ""),
            )
        )

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def look_for(self, form: dict[str, Any]) -> None:
        """Look for these words in what was chosen."""
        await self._show(replace(self.asked, words=str(form.get("words", "")).strip(), pages=1))

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def choose_area(self, area: str) -> None:
        """One part of the service, or all."""
        await self._show(replace(self.asked, area=str(area), pages=1))

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def choose_standard(self, standard_id: str) -> None:
        """One paper, or all; its levels are compared side by side."""
        await self._show(replace(self.asked, standard=str(standard_id), level="", pages=1))

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def choose_level(self, level: str) -> None:
        """One level of the paper, or all side by side."""
        await self._show(replace(self.asked, level=str(level)))

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def more(self) -> None:
        """Further clauses."""
        await self._show(replace(self.asked, pages=self.asked.pages + 1))

    async def _show(self, asked: Asked) -> None:
        await asyncio.to_thread(self._load, await actor_of(self), asked)

    def _load(self, actor: Actor, asked: Asked) -> None:
        with looking(actor) as uow:
            site = sites.sites_where(uow.session, actor, Permission.STANDARD_READ)[0]
            self.may_write = actor.may(Permission.STANDARD_WRITE)
            shown = reading.library(uow, asked, uow.now.date())
        self.site = SiteChoice.of(site)
        self.standards, self.cards, self.total = shown.standards, shown.cards, shown.total
        chosen = (one for one in shown.standards if one.id == asked.standard)
        self.standard = next(chosen, StandardChoice())
        self.asked = asked
        self.ready = True
