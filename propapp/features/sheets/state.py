"""The page of workbooks: taken out, brought, looked through, taken in."""

from __future__ import annotations

import asyncio
from typing import Any

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, PropappError, SignInNeeded
from propapp.core.ids import id_or_nothing
from propapp.core.unit_of_work import looking
from propapp.features.sheets import jobs, reading, service
from propapp.features.sheets.commands import DropSheet, TakeInSheet
from propapp.features.sheets.reading import Asked, Shown
from propapp.features.sheets.views import (
    KindChoice,
    KindGroup,
    NoticeLine,
    PlanChoice,
    ProblemLine,
    SheetCard,
)
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

EVERY = 0.5
# A page left open is not asked about for ever.
LONGEST = 1200
_UNDER_WAY = frozenset({"waiting", "taking"})


class SheetsState(Refusable, rx.State):
    """What may be taken out and brought at one site, and what became of what was brought."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    groups: rx.Field[list[KindGroup]] = rx.field(default_factory=list)
    kind: KindChoice = KindChoice()
    plans: rx.Field[list[PlanChoice]] = rx.field(default_factory=list)
    # Of the plan only what the page asks for: every page loads what a State begins with.
    plan: str = ""
    plan_draft: bool = False
    sheets: rx.Field[list[SheetCard]] = rx.field(default_factory=list)
    # The one that is looked at, or none.
    shown: rx.Field[list[SheetCard]] = rx.field(default_factory=list)
    problems: rx.Field[list[ProblemLine]] = rx.field(default_factory=list)
    notices: rx.Field[list[NoticeLine]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.PLAN_READ)
    async def open(self) -> Any:
        """Show what the address asks for, and stay with what is under way."""
        query = self.router.url.query_parameters
        self._say(None)
        asked = Asked(query.get("kind", ""), query.get("plan", ""), query.get("sheet", ""))
        await self._show(await actor_of(self), query.get("site", ""), asked)
        self.ready = True
        return SheetsState.watch if self._is_busy() else None

    @rx.event
    @handler(Permission.PLAN_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site's things."""
        await self._show(await actor_of(self), str(site_id), Asked(self.kind.code))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def choose_kind(self, code: str) -> None:
        """Another kind of thing."""
        await self._again(kind=str(code))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def choose_plan(self, plan_id: str) -> None:
        """The tasks of another plan."""
        await self._again(plan=str(plan_id))

    @rx.event
    @handler(Permission.SHEET_BRING)
    async def show(self, sheet_id: str) -> None:
        """What became of another workbook; "" closes it."""
        await self._again(sheet=str(sheet_id))

    @rx.event
    @handler(Permission.SHEET_BRING)
    async def take_in(self) -> Any:
        """Take in the file as it was looked at."""
        sheet = self._looked_at()
        command = TakeInSheet(sheet_id=id_or_nothing(sheet.id), sha256=sheet.sha256)
        if await self._do(lambda uow: service.take_in(uow, command)):
            return [SheetsState.work, SheetsState.watch]
        return None

    @rx.event
    @handler(Permission.SHEET_BRING)
    async def drop(self) -> None:
        """Let the workbook go."""
        command = DropSheet(sheet_id=id_or_nothing(self._looked_at().id))
        if await self._do(lambda uow: service.drop(uow, command)):
            await asyncio.to_thread(jobs.forget_files, command.sheet_id)
            await self._again(sheet="")

    @rx.event(background=True)
    @handler(Permission.SHEET_BRING)
    async def work(self) -> None:
        """Do what waits; the house would do it within a minute anyway."""
        await asyncio.to_thread(jobs.work_waiting)

    @rx.event(background=True)
    @handler(Permission.SHEET_BRING)
    async def watch(self) -> None:
        """Look again until nothing is under way."""
        for _ in range(LONGEST):
            await asyncio.sleep(EVERY)
            async with self:
                try:
                    await self._again()
                except SignInNeeded:
                    self.reset()
                    return
                if not self._is_busy():
                    return

    def _looked_at(self) -> SheetCard:
        return self.shown[0] if self.shown else SheetCard()

    def _is_busy(self) -> bool:
        return any(sheet.status in _UNDER_WAY for sheet in self.sheets)

    async def _do(self, act: Any) -> bool:
        self._say(None)
        try:
            await asyncio.to_thread(in_one, await actor_of(self), act)
        except PropappError as error:
            self._say(error)
            return False
        await self._again()
        return True

    async def _again(self, **change: str) -> None:
        here = Asked(self.kind.code, self.plan, self._looked_at().id)
        await self._show(await actor_of(self), self.site.id, here._replace(**change))

    async def _show(self, actor: Actor, site_id: str, asked: Asked) -> None:
        found, site, shown = await asyncio.to_thread(_look, actor, site_id, asked)
        self.site, self.sites = SiteChoice.of(site), to_choose_from(found)
        self.groups, self.kind = shown.groups, shown.kind
        self.plans, self.plan, self.plan_draft = shown.plans, shown.plan.id, shown.plan.draft
        self.sheets, self.problems, self.notices = shown.sheets, shown.problems, shown.notices
        self.shown = [shown.shown] if shown.shown.id else []


def _look(actor: Actor, site_id: str, asked: Asked) -> tuple[list[Site], Site, Shown]:
    with looking(actor) as uow:
        found = list(sites.sites_where(uow.session, actor, Permission.PLAN_READ))
        if not found:
            raise NotFound(kind="site")
        site = chosen(found, site_id)
        return found, site, reading.look(uow, site, asked)
