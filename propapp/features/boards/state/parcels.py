"""Parcels of unsent work being taken in, and those that were."""

from __future__ import annotations

import asyncio
from typing import Any

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import SignInNeeded
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.parcel_views import ParcelCard, ParcelLine
from propapp.features.sites.views import SiteChoice
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

EVERY = 0.5
# A page left open is not asked about for ever.
LONGEST = 1200


class ParcelsState(rx.State):
    """The last parcels of the sites whose phones the person cares for, and what was in one."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    parcels: rx.Field[list[ParcelCard]] = rx.field(default_factory=list)
    lines: rx.Field[list[ParcelLine]] = rx.field(default_factory=list)
    shown: str = ""

    @rx.event
    @handler(Permission.PHONE_CARE)
    async def open(self) -> Any:
        """Show what there is, and stay with what is still being taken in."""
        self.shown = self.router.url.query_parameters.get("parcel", "")
        await self._look(await actor_of(self))
        self.ready = True
        return ParcelsState.watch if self._is_busy() else None

    @rx.event(background=True)
    @handler(Permission.PHONE_CARE)
    async def watch(self) -> None:
        """Look again until every parcel has ended."""
        for _ in range(LONGEST):
            await asyncio.sleep(EVERY)
            async with self:
                try:
                    actor = await actor_of(self)
                except SignInNeeded:
                    self.reset()
                    return
                await self._look(actor)
                if not self._is_busy():
                    return

    async def _look(self, actor: Actor) -> None:
        self.site, parcels, lines = await asyncio.to_thread(_shown, actor, self.shown)
        if parcels != self.parcels:
            self.parcels, self.lines = parcels, lines
        self.shown = next((one.id for one in parcels if one.id == self.shown), "") or (
            parcels[0].id if parcels else ""
        )

    def _is_busy(self) -> bool:
        return any(parcel.status == "waiting" for parcel in self.parcels)


def _shown(actor: Actor, wish: str) -> tuple[SiteChoice, list[ParcelCard], list[ParcelLine]]:
    with looking(actor) as uow:
        site = reading.choices(uow)[0]
        return SiteChoice.of(site), *reading.parcels(uow, wish)
