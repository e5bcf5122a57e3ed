"""A clause on the big screen: what it asks, and whether it was kept in any month."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import InvalidInput, NotFound, PropappError
from propapp.core.ids import id_or_nothing
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.boards import clause_views
from propapp.features.boards.clause_views import TaskLine, VersionCard
from propapp.features.boards.kept import Count, DayCount
from propapp.features.boards.lanes import Window
from propapp.features.goals.views import Rung
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.features.standards import service
from propapp.features.standards.cards import ClauseCard
from propapp.features.standards.commands import DropClause, EndClause
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class ClauseState(Refusable, rx.State):
    """One clause and one month."""

    stage: str = "loading"  # loading · shown · absent · gone
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    card: ClauseCard = ClauseCard()
    versions: rx.Field[list[VersionCard]] = rx.field(default_factory=list)
    tasks: rx.Field[list[TaskLine]] = rx.field(default_factory=list)
    chain: rx.Field[list[Rung]] = rx.field(default_factory=list)
    month: str = ""
    before: str = ""
    after: str = ""
    total: Count = Count()
    days: rx.Field[list[DayCount]] = rx.field(default_factory=list)
    day: str = ""
    windows: rx.Field[list[Window]] = rx.field(default_factory=list)
    sees_rounds: bool = False
    may_write: bool = False
    may_end: bool = False
    may_drop: bool = False

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def open(self) -> None:
        """Show the clause that the address names, at its site and in its month."""
        query = self.router.url.query_parameters
        wish = (query.get("month", ""), query.get("day", ""))
        await self._show(query.get("clause", ""), query.get("site", ""), *wish)

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def choose_site(self, site_id: str) -> None:
        """The same clause at another site."""
        await self._show(self.card.id, str(site_id), self.month, "")

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def choose_month(self, month: str) -> None:
        """Another month."""
        await self._show(self.card.id, self.site.id, str(month), "")

    @rx.event
    @handler(Permission.STANDARD_READ)
    async def choose_day(self, day: str) -> None:
        """The rounds of another day of the month."""
        await self._show(self.card.id, self.site.id, self.month, str(day))

    @rx.event
    @handler(Permission.STANDARD_WRITE)
    async def end(self, form: dict[str, Any]) -> None:
        """It asks for nothing any more after a day."""
        asked, clause_id = form, self.card.id

        def act(uow: UnitOfWork) -> object:
            last_day = _date(asked.get("last_day", ""))
            reason = str(asked.get("reason", ""))[:400]
            command = EndClause(
                clause_id=id_or_nothing(clause_id), last_day=last_day, reason=reason
            )
            return service.end(uow, command)

        if await self._do(act):
            await self._show(clause_id, self.site.id, self.month, self.day)

    @rx.event
    @handler(Permission.STANDARD_WRITE)
    async def drop(self) -> None:
        """Take it out of the library, if nothing was made under it."""
        command = DropClause(clause_id=id_or_nothing(self.card.id))
        if await self._do(lambda uow: service.drop(uow, command)):
            self.stage = "gone"

    async def _do(self, act: Callable[[UnitOfWork], object]) -> bool:
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(in_one, actor, act)
        except PropappError as error:
            self._say(error)
            return False
        return True

    async def _show(self, clause_id: str, site_id: str, month: str, day: str) -> None:
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(
                self._load, actor, id_or_nothing(clause_id), site_id, month, day
            )
        except NotFound:
            self.reset()
            self.stage = "absent"

    def _load(self, actor: Actor, clause_id: UUID, wish: str, month: str, day: str) -> None:
        with looking(actor) as uow:
            found = list(sites.sites_where(uow.session, actor, Permission.STANDARD_READ))
            site = chosen(found, wish)
            record = clause_views.record(uow, site, clause_id, month, day)
        self.site = SiteChoice.of(site)
        self.sites = to_choose_from(found)
        self.card, self.versions, self.tasks = record.card, record.versions, record.tasks
        self.chain = record.chain
        self.month = f"{record.first:%Y-%m}"
        self.before = f"{record.first - timedelta(days=1):%Y-%m}"
        self.after = f"{record.first + timedelta(days=31):%Y-%m}"
        shown = record.month
        self.total, self.days, self.day = shown.total, shown.days, shown.day
        self.windows = shown.windows
        self.sees_rounds = actor.may(Permission.ROUND_READ, site.id)
        self.may_write = record.may_write
        self.may_end, self.may_drop = record.may_end, record.may_drop
        self._say(None)
        self.stage = "shown"


def _date(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise InvalidInput(field="last_day") from error
