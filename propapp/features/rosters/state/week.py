"""The week's roster on the big screen: look, propose, adopt, put on and take off, decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import PropappError
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.people.views import Named
from propapp.features.rosters import deciding, reading, service
from propapp.features.rosters.asked import AskCard
from propapp.features.rosters.commands import (
    AdoptRoster,
    DutySpec,
    PutOnDuty,
    TakeOffDuty,
)
from propapp.features.rosters.leave_forms import leave_command
from propapp.features.rosters.optimal import propose
from propapp.features.rosters.reading import WEEK, monday_of
from propapp.features.rosters.views import (
    Cell,
    DayHead,
    Hurdle,
    Lack,
    PersonRow,
    ShiftMark,
)
from propapp.features.schedules.rules import local_day
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, day_of, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class RosterState(Refusable, rx.State):
    """One week of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    may_write: bool = False
    first: str = ""
    before: str = ""
    after: str = ""
    heads: rx.Field[list[DayHead]] = rx.field(default_factory=list)
    rows: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    shifts: rx.Field[list[ShiftMark]] = rx.field(default_factory=list)
    asked: rx.Field[list[AskCard]] = rx.field(default_factory=list)
    lacking: int = 0
    # The request that is being refused, while its reason is written.
    refusing: str = ""
    refused: str = ""
    refused_en: str = ""
    # Whom leave may be entered for, while it is.
    entering: bool = False
    staff: rx.Field[list[Named]] = rx.field(default_factory=list)
    # The cell that is being changed.
    picked: Cell = Cell()
    picked_name: str = ""
    picked_name_en: str = ""
    offered: rx.Field[list[ShiftMark]] = rx.field(default_factory=list)
    # The planner's answer, until it is adopted or dropped.
    proposed: str = ""  # "" · feasible · infeasible
    planner: str = ""
    open_turns: rx.Field[list[Lack]] = rx.field(default_factory=list)
    hurdles: rx.Field[list[Hurdle]] = rx.field(default_factory=list)
    problem_rule: str = ""

    _kind: str = ""
    _duties: rx.Field[list[DutySpec]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.ROSTER_READ)
    async def open(self) -> None:
        """Show the week and the site of the address, else this week at the first site."""
        asked = self.router.url.query_parameters
        await self._show(await actor_of(self), asked.get("site", ""), asked.get("week", ""))

    @rx.event
    @handler(Permission.ROSTER_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site's week."""
        await self._show(await actor_of(self), str(site_id), self.first)

    @rx.event
    @handler(Permission.ROSTER_READ)
    async def go(self, first: str) -> None:
        """Another week."""
        await self._show(await actor_of(self), self.site.id, str(first))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def pick(self, key: str) -> None:
        """Choose the day of a person that is to be changed."""
        for row in self.rows:
            for cell in row.cells:
                if cell.key == str(key):
                    self.picked = cell
                    self.offered = [
                        one
                        for one in self.shifts
                        if one.role == row.role and one not in cell.shifts
                    ]
                    self.picked_name, self.picked_name_en = row.name, row.name_en
        self._say(None)

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def put_on(self, shift_id: str) -> None:
        """Give the picked person this shift."""
        await self._do(lambda uow: service.put_on_duty(uow, PutOnDuty(**self._turn(shift_id))))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def take_off(self, shift_id: str) -> None:
        """Take this shift from the picked person."""
        await self._do(lambda uow: service.take_off_duty(uow, TakeOffDuty(**self._turn(shift_id))))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def approve(self, kind: str, row_id: str) -> None:
        """Let leave or a swap be."""
        await self._do(deciding.step(str(kind), "approve", str(row_id)))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def ask_why(self, kind: str, row_id: str) -> None:
        """Open the words with which a request is refused, or close them."""
        self._kind, self.refusing = str(kind), str(row_id)
        asked = next((one for one in self.asked if one.id == self.refusing), AskCard())
        self.refused, self.refused_en = asked.who, asked.who_en
        self._say(None)

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def refuse(self, form: dict[str, Any]) -> None:
        """Refuse leave or a swap, with a word to whoever asked."""
        answer = str(form.get("answer", "")).strip()
        await self._do(deciding.step(self._kind, "refuse", self.refusing, answer))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def enter_leave(self) -> None:
        """Open the form for leave that the office was told of."""
        actor = await actor_of(self)
        self._forget()
        self.staff = await asyncio.to_thread(self._staff, actor)
        self.entering = True

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def keep_leave(self, form: dict[str, Any]) -> None:
        """Enter it; what cannot be stays in the form, with its reason."""
        # A second tap comes when the form is closed, and enters nothing again.
        if not self.entering:
            return
        site_id = UUID(self.site.id)
        await self._do(lambda uow: service.enter_leave(uow, leave_command(form, site_id)))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def propose(self) -> None:
        """Ask the planner to man what is open; nothing is written."""
        actor = await actor_of(self)
        await asyncio.to_thread(self._propose, actor)

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def adopt(self) -> None:
        """Let what was proposed be the roster."""
        first = date.fromisoformat(self.first)
        command = AdoptRoster(
            site_id=UUID(self.site.id), first=first, last=first + WEEK, duties=tuple(self._duties)
        )
        await self._do(lambda uow: service.adopt(uow, command))

    @rx.event
    @handler(Permission.ROSTER_WRITE)
    async def drop(self) -> None:
        """Forget what was proposed or picked."""
        await self._show(await actor_of(self), self.site.id, self.first)

    def _turn(self, shift_id: str) -> dict[str, Any]:
        cell = self.picked
        return {"shift_id": shift_id, "person_id": cell.person, "day": cell.day}

    def _propose(self, actor: Actor) -> None:
        first = date.fromisoformat(self.first)
        with looking(actor) as uow:
            site = _chosen(uow, self.site.id)
            asked = reading.asked(uow, site, first)
        answer = propose(asked.question)
        self._forget()
        # Shown as if it were adopted; whoever drops it sees what stands.
        self.rows = asked.rows(answer, first)
        self.proposed = "feasible" if answer.is_feasible else "infeasible"
        self.planner = answer.planner
        self.open_turns = asked.lacking(answer)
        self.hurdles = asked.hurdles(answer)
        self._duties = asked.duties(answer, first)

    def _staff(self, actor: Actor) -> list[Named]:
        with looking(actor) as uow:
            return reading.who_may_be_away(uow, _chosen(uow, self.site.id))

    def _forget(self) -> None:
        self.entering = False
        self.proposed, self.open_turns, self.hurdles, self._duties = "", [], [], []
        self.picked, self.refusing = Cell(), ""
        self._say(None)

    async def _do(self, act: Callable[[UnitOfWork], object]) -> None:
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(in_one, actor, act)
        except PropappError as error:
            self._say(error)
            return
        self._forget()
        await self._show(actor, self.site.id, self.first)

    def _say(self, error: PropappError | None) -> None:
        super()._say(error)
        self.problem_rule = error.facts.get("rule", "") if error else ""

    async def _show(self, actor: Actor, wish: str, week: str) -> None:
        await asyncio.to_thread(self._load, actor, wish, week)

    def _load(self, actor: Actor, wish: str, week: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.ROSTER_READ)
            site = chosen(found, wish)
            first = monday_of(day_of(week) or local_day(uow.now, site.zone))
            shown = reading.week(uow, site, first)
        self.site = SiteChoice.of(site)
        self.sites = to_choose_from(found)
        self.may_write = actor.may(Permission.ROSTER_WRITE, site.id)
        self.first = first.isoformat()
        self.before = (first - timedelta(days=7)).isoformat()
        self.after = (first + timedelta(days=7)).isoformat()
        self.heads, self.rows, self.shifts = shown.heads, shown.rows, shown.shifts
        self.asked, self.lacking = shown.asked, shown.lacking
        self._forget()
        self.ready = True


def _chosen(uow: UnitOfWork, wish: str) -> Site:
    found = sites.sites_where(uow.session, uow.actor, Permission.ROSTER_WRITE)
    return chosen(found, wish)
