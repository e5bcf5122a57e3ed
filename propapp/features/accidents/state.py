"""The register of accidents: what happened, and what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import InvalidInput, NoteRequired, PropappError
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.accidents import forms, reading, service
from propapp.features.accidents.commands import FindAccident
from propapp.features.accidents.views import AccidentCard
from propapp.features.schedules.rules import local_day
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class AccidentsState(Refusable, rx.State):
    """The accidents of one site and year."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    year: int = 0
    this_year: int = 0
    cards: rx.Field[list[AccidentCard]] = rx.field(default_factory=list)
    may_record: bool = False
    writing: bool = False
    # The accident that a refusal is about, and the field that is odd.
    at_fault: str = ""
    wrong: str = ""

    @rx.event
    @handler(Permission.ACCIDENT_READ)
    async def open(self) -> None:
        """Show this year of the site in the address, else of the first."""
        self.writing = False
        await self._show(self.router.url.query_parameters.get("site", ""), 0)

    @rx.event
    @handler(Permission.ACCIDENT_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site's accidents."""
        self.writing = False
        await self._show(str(site_id), self.year)

    @rx.event
    @handler(Permission.ACCIDENT_READ)
    async def choose_year(self, year: int) -> None:
        """Another year."""
        await self._show(self.site.id, int(year))

    @rx.event
    @handler(Permission.ACCIDENT_RECORD)
    async def write(self, writing: bool) -> None:  # noqa: FBT001 - a handler has no keywords
        """Open the form, or leave it."""
        self.writing = writing is True
        self._say(None)

    @rx.event
    @handler(Permission.ACCIDENT_RECORD)
    async def record(self, form: dict[str, Any]) -> None:
        """Register it; what cannot be stays in the form, with its reason."""
        # A second tap comes when the form is closed, and registers nothing again.
        if not self.writing:
            return
        asked, site_id = dict(form), UUID(self.site.id)

        def act(uow: UnitOfWork) -> object:
            zone = uow.session.get_one(Site, site_id).zone
            return service.record(uow, forms.recording(asked, uuid7(), site_id, zone))

        if await self._do(act, ""):
            self.writing = False
            await self._show(self.site.id, self.this_year)

    @rx.event
    @handler(Permission.ACCIDENT_FIND)
    async def find(self, form: dict[str, Any]) -> None:
        """Say who answers for it, or that it was none."""
        asked = dict(form)

        def act(uow: UnitOfWork) -> object:
            command = forms.finding(asked)
            if isinstance(command, FindAccident):
                return service.find(uow, command)
            return service.withdraw(uow, command)

        if await self._do(act, str(asked.get("accident_id", ""))):
            await self._show(self.site.id, self.year)

    async def _do(self, act: Callable[[UnitOfWork], object], about: str) -> bool:
        self._say(None)
        try:
            await asyncio.to_thread(in_one, await actor_of(self), act)
        except PropappError as error:
            self.at_fault = about
            self._say(error)
            return False
        return True

    def _say(self, error: PropappError | None) -> None:
        """A missing or odd value is said at its field, in the page's own words."""
        odd = isinstance(error, InvalidInput | NoteRequired)
        super()._say(None if odd else error)
        self.wrong = str(error.facts.get("field", "")) if error and odd else ""

    async def _show(self, wish: str, year: int) -> None:
        await asyncio.to_thread(self._load, await actor_of(self), wish, year)

    def _load(self, actor: Actor, wish: str, year: int) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.ACCIDENT_READ)
            site = chosen(found, wish)
            self.this_year = local_day(uow.now, site.zone).year
            known = reading.FIRST_YEAR <= year <= reading.LAST_YEAR
            self.year = year if known else self.this_year
            self.cards = reading.of_year(uow, site, self.year)
        self.site, self.sites = SiteChoice.of(site), to_choose_from(found)
        self.may_record = actor.may(Permission.ACCIDENT_RECORD, site.id)
        self._say(None)
        self.ready = True
