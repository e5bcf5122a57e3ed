"""A year's calendar on the big screen, and entering its notice."""

from __future__ import annotations

import asyncio
from typing import Any

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.dates.workdays import Festival
from propapp.core.errors import PropappError
from propapp.core.unit_of_work import looking
from propapp.features.schedules import notice_form, service, years
from propapp.features.schedules.rules import local_day
from propapp.features.schedules.years import Break, MonthGrid
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice, chosen
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

NAMES = [one.value for one in Festival]
_EARLIEST, _LATEST = 2000, 2099


class CalendarState(Refusable, rx.State):
    """One year, the same for all sites."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    may_write: bool = False
    year: int = 0
    # As text, for a year takes no comma.
    named: str = ""
    next_named: str = ""
    known: str = ""
    source: str = ""
    workdays: int = 0
    months: rx.Field[list[MonthGrid]] = rx.field(default_factory=list)
    breaks: rx.Field[list[Break]] = rx.field(default_factory=list)
    next_unknown: bool = False
    doing: bool = False
    saved: bool = False
    # What stands already, for the form: the break of each festival by its name.
    typed: rx.Field[dict[str, Break]] = rx.field(default_factory=dict)

    @rx.event
    @handler(Permission.SCHEDULE_READ)
    async def open(self) -> None:
        """Show the year of the address, else this one."""
        asked = self.router.url.query_parameters
        await self._show(await actor_of(self), asked.get("year", ""), asked.get("site", ""))

    @rx.event
    @handler(Permission.SCHEDULE_READ)
    async def go(self, year: int) -> None:
        """Another year."""
        await self._show(await actor_of(self), str(year), self.site.id)

    @rx.event
    @handler(Permission.CALENDAR_WRITE)
    async def begin(self, doing: bool) -> None:  # noqa: FBT001 - what a tap says
        """Open the form, or close it."""
        self.doing, self.saved = bool(doing), False
        self._say(None)

    @rx.event
    @handler(Permission.CALENDAR_WRITE)
    async def enter(self, form: dict[str, Any]) -> None:
        """Keep the notice of the year."""
        actor = await actor_of(self)
        try:
            command = notice_form.notice_command(form, self.year, NAMES)
            await asyncio.to_thread(in_one, actor, lambda uow: service.enter_year(uow, command))
        except PropappError as error:
            self._say(error)
            return
        await self._show(actor, str(self.year), self.site.id)
        self.saved = True

    async def _show(self, actor: Actor, wish: str, site: str) -> None:
        await asyncio.to_thread(self._load, actor, wish, site)

    def _load(self, actor: Actor, wish: str, site_id: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.SCHEDULE_READ)
            site = chosen(found, site_id)
            year = int(wish) if wish.isdecimal() else local_day(uow.now, site.zone).year
            shown = years.year_of(uow, min(max(year, _EARLIEST), _LATEST))
        self.site = SiteChoice.of(site)
        self.may_write = actor.may(Permission.CALENDAR_WRITE)
        self.year, self.known, self.source = shown.year, shown.known, shown.source
        self.named, self.next_named = str(shown.year), str(shown.year + 1)
        self.workdays, self.months, self.breaks = shown.workdays, shown.months, shown.breaks
        self.next_unknown = shown.next_unknown
        entered = shown.known == "entered"
        self.typed = {one.name: one for one in shown.breaks if entered and one.name}
        self.typed |= {name: Break(name) for name in NAMES if name not in self.typed}
        self.doing, self.saved = False, False
        self._say(None)
        self.ready = True
