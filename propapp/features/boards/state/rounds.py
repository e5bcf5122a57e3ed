"""The rounds of any day, as a list to look things up in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.lanes import Lane
from propapp.features.schedules.rules import local_day
from propapp.features.sites.views import SiteChoice, chosen
from propapp.ui.asked import day_of
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class RoundsState(rx.State):
    """One day of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sees_rounds: bool = False
    exports: bool = False
    day: str = ""
    before: str = ""
    after: str = ""
    is_today: bool = False
    lanes: rx.Field[list[Lane]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.BOARD_READ)
    async def open(self) -> None:
        """Show the day and the site of the address, else today at the first site."""
        asked = self.router.url.query_parameters
        actor = await actor_of(self)
        await asyncio.to_thread(self._show, actor, asked.get("site", ""), asked.get("day", ""))

    def _show(self, actor: Actor, site_wish: str, day_wish: str) -> None:
        with looking(actor) as uow:
            sites = reading.choices(uow)
            site = chosen(sites, site_wish)
            today = local_day(uow.now, site.zone)
            day = day_of(day_wish) or today
            self.lanes = reading.rounds_on(uow, site, day)
        self.site = SiteChoice.of(site)
        self.sees_rounds = actor.may(Permission.ROUND_READ, site.id)
        self.exports = actor.may(Permission.EVIDENCE_EXPORT, site.id)
        self.day, self.is_today = day.isoformat(), day == today
        self.before = (day - timedelta(days=1)).isoformat()
        self.after = "" if day >= today else (day + timedelta(days=1)).isoformat()
        self.ready = True
