"""One goal: its figure, what serves it, and the way down to a photo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, PropappError
from propapp.core.forms import made, text_in
from propapp.core.ids import id_or_nothing
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.goals import forms, reading, service
from propapp.features.goals.chain import Wish
from propapp.features.goals.commands import DropGoal, ServeGoal
from propapp.features.goals.measures import NEWEST
from propapp.features.goals.reading import OneGoal
from propapp.features.people.views import Named
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

_RUNGS = ("clause", "task", "month", "round")


class GoalState(Refusable, rx.State):
    """The page of one goal."""

    stage: str = "loading"  # loading · shown · absent
    site: SiteChoice = SiteChoice()
    goal: OneGoal = OneGoal()
    # What is being asked for: keep, serve or drop.
    doing: str = ""
    measure: str = ""
    people: rx.Field[list[Named]] = rx.field(default_factory=list)
    looked: bool = False
    found: rx.Field[list[Named]] = rx.field(default_factory=list)

    _wish: Wish = Wish()

    @rx.event
    @handler(Permission.GOAL_READ)
    async def open(self) -> None:
        """Show the goal that the address names."""
        asked = self.router.url.query_parameters
        self.doing, self.looked, self.found = "", False, []
        self._wish = Wish(*(asked.get(name, "") for name in (*_RUNGS[:3], "run")))
        await self._show(id_or_nothing(asked.get("goal", "")))

    @rx.event
    @handler(Permission.GOAL_READ)
    async def choose(self, rung: str, knot: str) -> None:
        """Go down another way; what hung on the old one is chosen anew."""
        if rung not in _RUNGS:
            return
        kept = _RUNGS[: _RUNGS.index(rung)]
        names = {"round": "run"}
        before = {name: getattr(self._wish, name) for name in kept}
        self._wish = Wish(**before, **{names.get(rung, rung): str(knot)})
        await self._show(UUID(self.goal.card.id))

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def ask(self, what: str) -> None:
        """Open one of the forms; "" leaves it."""
        self.doing = str(what) if what in {"keep", "serve", "drop"} else ""
        self.looked, self.found = False, []
        self._say(None)
        if self.doing == "keep":
            self.measure = self.goal.card.measure
            await asyncio.to_thread(self._choices, await actor_of(self))

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def choose_measure(self, measure: str) -> None:
        """Another formula."""
        self.measure = str(measure) if measure in NEWEST else self.measure

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def keep(self, form: dict[str, Any]) -> None:
        """Write the goal anew."""
        goal_id, site_id = UUID(self.goal.card.id), UUID(self.site.id)
        await self._do(lambda uow: service.keep(uow, forms.goal_command(form, goal_id, site_id)))

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def look_for(self, form: dict[str, Any]) -> None:
        """Clauses that speak of these words."""
        actor, words = await actor_of(self), str(form.get("words", ""))[:60]
        await asyncio.to_thread(self._clauses, actor, words)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def add(self, clause_id: str) -> None:
        """One more clause serves it."""
        await self._serve([*self._serving, str(clause_id)])

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def take_out(self, clause_id: str) -> None:
        """A clause serves it no more."""
        await self._serve([one for one in self._serving if one != str(clause_id)])

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def drop(self, form: dict[str, Any]) -> None:
        """It counts no more."""
        values = {"goal_id": UUID(self.goal.card.id), "reason": text_in(form, "reason")}
        await self._do(lambda uow: service.drop(uow, made(DropGoal, **values)))

    @property
    def _serving(self) -> list[str]:
        return [one.id for one in self.goal.clauses]

    async def _serve(self, clause_ids: list[str]) -> None:
        asked = {"goal_id": self.goal.card.id, "clause_ids": clause_ids}
        await self._do(lambda uow: service.serve(uow, made(ServeGoal, **asked)), leave="serve")

    async def _do(self, act: Callable[[UnitOfWork], object], *, leave: str = "") -> None:
        try:
            await asyncio.to_thread(in_one, await actor_of(self), act)
        except PropappError as error:
            self._say(error)
            return
        self.doing = leave
        await self._show(UUID(self.goal.card.id))

    def _choices(self, actor: Actor) -> None:
        with looking(actor) as uow:
            self.people = reading.whom(uow, uow.session.get_one(Site, UUID(self.site.id)))

    def _clauses(self, actor: Actor, words: str) -> None:
        with looking(actor) as uow:
            site = uow.session.get_one(Site, UUID(self.site.id))
            found = reading.clauses_like(uow, site, words)
        self.found = [one for one in found if one.id not in self._serving]
        self.looked = True

    async def _show(self, goal_id: UUID) -> None:
        try:
            await asyncio.to_thread(self._load, await actor_of(self), goal_id)
        except NotFound:
            self.reset()
            self.stage = "absent"

    def _load(self, actor: Actor, goal_id: UUID) -> None:
        with looking(actor) as uow:
            site, self.goal = reading.goal_page(uow, goal_id, replace(self._wish))
        self.site = SiteChoice.of(site)
        self.found = [one for one in self.found if one.id not in self._serving]
        self._say(None)
        self.stage = "shown"
