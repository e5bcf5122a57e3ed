"""The goals of a site, and setting a new one."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import PropappError
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.goals import forms, reading, service
from propapp.features.goals.chain import GOAL_PAGE
from propapp.features.goals.measures import NEWEST
from propapp.features.goals.models import Comparison
from propapp.features.goals.views import GoalCard
from propapp.features.people.views import Named
from propapp.features.schedules.rules import local_day
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

FIRST = "rounds_complete"


class GoalsState(Refusable, rx.State):
    """The goals of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    may_write: bool = False
    past: bool = False
    cards: rx.Field[list[GoalCard]] = rx.field(default_factory=list)
    weights: int = 0
    writing: bool = False
    # What the form begins with.
    card: GoalCard = GoalCard()
    measure: str = FIRST
    people: rx.Field[list[Named]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.GOAL_READ)
    async def open(self) -> None:
        """Show the goals of the site in the address, else of the first."""
        self.writing, self.past = False, False
        await self._show(await actor_of(self), self.router.url.query_parameters.get("site", ""))

    @rx.event
    @handler(Permission.GOAL_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site's goals."""
        self.writing = False
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.GOAL_READ)
    async def look_back(self, past: bool) -> None:  # noqa: FBT001 - a handler has no keywords
        """The goals that are over, or those that count."""
        self.past = past is True
        await self._show(await actor_of(self), self.site.id)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def write(self) -> None:
        """Open the form for a new goal of this year."""
        actor = await actor_of(self)
        await asyncio.to_thread(self._begin, actor)
        self.writing = True
        self._say(None)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def choose_measure(self, measure: str) -> None:
        """Another formula, whose words and usual direction follow at once."""
        self.measure = str(measure) if measure in NEWEST else FIRST

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def close(self) -> None:
        """Leave the form."""
        self.writing = False
        self._say(None)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def keep(self, form: dict[str, Any]) -> Any:
        """Set the goal and go to it; what cannot be stays in the form, with its reason."""
        # A second tap comes when the form is closed, and makes no second goal.
        if not self.writing:
            return None
        actor, site_id = await actor_of(self), UUID(self.site.id)
        try:
            made = await asyncio.to_thread(
                in_one,
                actor,
                lambda uow: service.keep(uow, forms.goal_command(form, uuid7(), site_id)).id,
            )
        except PropappError as error:
            self._say(error)
            return None
        self.writing = False
        return rx.redirect(f"{GOAL_PAGE}{made}")

    async def _show(self, actor: Actor, wish: str) -> None:
        await asyncio.to_thread(self._load, actor, wish)

    def _begin(self, actor: Actor) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.GOAL_WRITE)
            site = chosen(found, self.site.id)
            self.people = reading.whom(uow, site)
            year = local_day(uow.now, site.zone).year
        self.measure = FIRST
        self.card = GoalCard(
            comparison=Comparison.AT_LEAST.value,
            target="99",
            weight=10,
            starts=f"{year}-01-01",
            ends=f"{year}-12-31",
        )

    def _load(self, actor: Actor, wish: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.GOAL_READ)
            site = chosen(found, wish)
            self.cards = reading.goals_at(uow, site, past=self.past)
        self.weights = sum(card.weight for card in self.cards)
        self.site = SiteChoice.of(site)
        self.sites = to_choose_from(found)
        self.may_write = actor.may(Permission.GOAL_WRITE, site.id)
        self._say(None)
        self.ready = True
