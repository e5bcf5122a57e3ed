"""Bundles of evidence in the making, and those that are there."""

from __future__ import annotations

import asyncio
from typing import Any

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import SignInNeeded
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.views import Bundle
from propapp.features.sites.views import SiteChoice
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

EVERY = 0.5
# A page left open is not asked about for ever.
LONGEST = 1200


class EvidenceState(rx.State):
    """The last bundles of the sites whose evidence the person may have."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    bundles: rx.Field[list[Bundle]] = rx.field(default_factory=list)
    asked: str = ""
    problem: str = ""

    @rx.event
    @handler(Permission.EVIDENCE_EXPORT)
    async def open(self) -> Any:
        """Show what there is, and stay with what is still being packed."""
        query = self.router.url.query_parameters
        self.asked, self.problem = query.get("export", ""), query.get("error", "")
        self.site, self.bundles = await asyncio.to_thread(_shown, await actor_of(self))
        self.ready = True
        return EvidenceState.watch if self._is_packing() else None

    @rx.event(background=True)
    @handler(Permission.EVIDENCE_EXPORT)
    async def watch(self) -> None:
        """Look again until every bundle is there."""
        for _ in range(LONGEST):
            await asyncio.sleep(EVERY)
            async with self:
                try:
                    actor = await actor_of(self)
                except SignInNeeded:
                    self.reset()
                    return
                _, bundles = await asyncio.to_thread(_shown, actor)
                if bundles != self.bundles:
                    self.bundles = bundles
                if not self._is_packing():
                    return

    def _is_packing(self) -> bool:
        return any(bundle.status == "waiting" for bundle in self.bundles)


def _shown(actor: Actor) -> tuple[SiteChoice, list[Bundle]]:
    with looking(actor) as uow:
        site = reading.choices(uow)[0]
        return SiteChoice.of(site), reading.bundles(uow)
