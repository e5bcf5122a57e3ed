"""The page of reports: what may be asked for, and what is being made."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.making.cards import MadeCard
from propapp.core.unit_of_work import looking
from propapp.features.people.views import Named
from propapp.features.reports import reading
from propapp.features.sites.views import SiteChoice, to_choose_from
from propapp.ui.guard import handler
from propapp.ui.session import actor_of
from propapp.ui.watching import is_busy, watch


class ReportsState(rx.State):
    """The reports of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    months: rx.Field[list[str]] = rx.field(default_factory=list)
    plans: rx.Field[list[Named]] = rx.field(default_factory=list)
    plan: str = ""
    made: rx.Field[list[MadeCard]] = rx.field(default_factory=list)
    problem: str = ""

    @rx.event
    @handler(Permission.REPORT_MAKE)
    async def open(self) -> Any:
        """Show what there is of the site in the address, and stay with what is being made."""
        asked = self.router.url.query_parameters
        self.problem = asked.get("error", "")
        await self._show(asked.get("site", ""), asked.get("plan", ""))
        return ReportsState.watch if is_busy(self.made) else None

    @rx.event
    @handler(Permission.REPORT_MAKE)
    async def choose_site(self, site_id: str) -> Any:
        """Another site's reports."""
        self.problem = ""
        await self._show(str(site_id), "")
        return ReportsState.watch if is_busy(self.made) else None

    @rx.event(background=True)
    @handler(Permission.REPORT_MAKE)
    async def watch(self) -> None:
        """Look again until every report is there."""
        async with self:
            site_id = UUID(self.site.id)
        await watch(self, lambda actor: _made(actor, site_id))

    async def _show(self, wish: str, plan: str) -> None:
        await asyncio.to_thread(self._load, await actor_of(self), wish, plan)

    def _load(self, actor: Actor, wish: str, plan: str) -> None:
        with looking(actor) as uow:
            found, named = reading.sites_of(uow), reading.plan_asked(uow, plan)
            site = reading.where(found, wish, named)
            desk = reading.desk(uow, site, named)
        self.site, self.sites = SiteChoice.of(site), to_choose_from(found)
        self.months, self.plans, self.plan, self.made = (
            desk.months,
            desk.plans,
            desk.plan,
            desk.made,
        )
        self.ready = True


def _made(actor: Actor, site_id: UUID) -> list[MadeCard]:
    with looking(actor) as uow:
        return reading.made_at(uow, site_id)
