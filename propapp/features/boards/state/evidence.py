"""Bundles of evidence in the making, and those that are there."""

from __future__ import annotations

import asyncio
from typing import Any

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.making.cards import MadeCard
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.sites.views import SiteChoice
from propapp.ui.guard import handler
from propapp.ui.session import actor_of
from propapp.ui.watching import is_busy, watch


class EvidenceState(rx.State):
    """The last bundles of the sites whose evidence the person may have."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    made: rx.Field[list[MadeCard]] = rx.field(default_factory=list)
    asked: str = ""
    problem: str = ""

    @rx.event
    @handler(Permission.EVIDENCE_EXPORT)
    async def open(self) -> Any:
        """Show what there is, and stay with what is still being packed."""
        query = self.router.url.query_parameters
        self.asked, self.problem = query.get("export", ""), query.get("error", "")
        self.site, self.made = await asyncio.to_thread(_shown, await actor_of(self))
        self.ready = True
        return EvidenceState.watch if is_busy(self.made) else None

    @rx.event(background=True)
    @handler(Permission.EVIDENCE_EXPORT)
    async def watch(self) -> None:
        """Look again until every bundle is there."""
        await watch(self, lambda actor: _shown(actor)[1])


def _shown(actor: Actor) -> tuple[SiteChoice, list[MadeCard]]:
    with looking(actor) as uow:
        site = reading.choices(uow)[0]
        return SiteChoice.of(site), reading.bundles(uow)
