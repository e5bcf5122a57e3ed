"""The shifts of a site, tried before they are kept, with its rules and its alarms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import PropappError
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.rosters import repository, service, shift_forms, shifts
from propapp.features.rosters.commands import KeepShift
from propapp.features.rosters.shifts import PostCard, RulesLine, ShiftLine, StepLine
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# What most posts have: eight hours, seventeen, and around the clock.
USUAL = {
    "8": ShiftLine(begins="08:00", ends="16:00"),
    "17": ShiftLine(begins="06:00", ends="23:00"),
    "24": ShiftLine(begins="08:00", ends="08:00"),
}


class ShiftsState(Refusable, rx.State):
    """The posts of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    may_write: bool = False
    posts: rx.Field[list[PostCard]] = rx.field(default_factory=list)
    rules: RulesLine = RulesLine()
    ladder: rx.Field[list[StepLine]] = rx.field(default_factory=list)
    # What is open: "" · shift · rules · ladder.
    doing: str = ""
    # Counts the forms that were opened, so that each begins with its own values.
    opened: int = 0
    line: ShiftLine = ShiftLine()
    # The post as it would be, once it was tried.
    tried: PostCard = PostCard()

    _shift_id: str = ""
    _command: KeepShift | None = None

    @rx.event
    @handler(Permission.ROSTER_READ)
    async def open(self) -> None:
        """Show the site of the address, else the first."""
        wish = self.router.url.query_parameters.get("site", "")
        await self._show(await actor_of(self), wish)

    @rx.event
    @handler(Permission.ROSTER_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site."""
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def new(self, hours: str) -> None:
        """A form with the hours that are usual."""
        self._edit(USUAL.get(str(hours), USUAL["8"]), str(uuid7()))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def edit(self, shift_id: str) -> None:
        """A form with what stands."""
        for post in self.posts:
            for line in post.shifts:
                if line.id == str(shift_id):
                    self._edit(line, line.id)

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def begin(self, doing: str) -> None:
        """Open the rules or the ladder, or close whatever is open."""
        self._forget()
        self.doing = str(doing)
        self.opened += 1

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def try_out(self, form: dict[str, Any]) -> None:
        """Say what the shift would come to; nothing is written."""
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(self._try_out, actor, form)
        except PropappError as error:
            self.tried, self._command = PostCard(), None
            self._say(error)

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def keep(self) -> None:
        """Keep the shift that was tried."""
        command = self._command
        if command is not None:
            await self._do(lambda uow: service.keep_shift(uow, command))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def set_rules(self, form: dict[str, Any]) -> None:
        """Keep the rules or the ladder of the site."""
        site_id = UUID(self.site.id)

        def act(uow: UnitOfWork) -> None:
            rules = repository.rules_of(uow.session, [site_id])[site_id]
            service.set_rules(uow, shift_forms.rules_command(form, rules))

        await self._do(act)

    def _edit(self, line: ShiftLine, shift_id: str) -> None:
        self._forget()
        self.doing, self.line, self._shift_id = "shift", line, shift_id
        self.opened += 1

    def _try_out(self, actor: Actor, form: dict[str, Any]) -> None:
        command = shift_forms.shift_command(form, UUID(self._shift_id), UUID(self.site.id))
        with looking(actor) as uow:
            site = _site(uow, self.site.id, Permission.ROSTER_WRITE)
            book = shifts.book(uow, site)
        self.tried = book.post(command.role, shift_forms.as_shift(command))
        self._command = command
        self._say(None)

    def _forget(self) -> None:
        self.doing, self.tried, self._command = "", PostCard(), None
        self._say(None)

    async def _do(self, act: Callable[[UnitOfWork], object]) -> None:
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(in_one, actor, act)
        except PropappError as error:
            self._say(error)
            return
        await self._show(actor, self.site.id)

    async def _show(self, actor: Actor, wish: str) -> None:
        await asyncio.to_thread(self._load, actor, wish)

    def _load(self, actor: Actor, wish: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.ROSTER_READ)
            site = chosen(found, wish)
            book = shifts.book(uow, site)
        shown = book.shown()
        self.site = SiteChoice.of(site)
        self.sites = to_choose_from(found)
        self.may_write = actor.may(Permission.ROSTER_WRITE, site.id)
        self.posts, self.rules, self.ladder = shown.posts, shown.rules, shown.ladder
        self._forget()
        self.ready = True


def _site(uow: UnitOfWork, wish: str, permission: Permission) -> Site:
    return chosen(sites.sites_where(uow.session, uow.actor, permission), wish)
