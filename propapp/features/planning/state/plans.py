"""The plans of a site: which there are, which wait for me, and a new one."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission, Role
from propapp.core.errors import PropappError
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.people.views import Named
from propapp.features.planning import forms, reading
from propapp.features.planning.repository import Narrowed
from propapp.features.planning.views import PlanCard, PlanHead
from propapp.features.plans import service
from propapp.features.plans.models import PlanKind, PlanStatus
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# What a list may be narrowed by; anything else that a socket says is left out.
_ALLOWED: dict[str, frozenset[str]] = {
    "department": frozenset({"", "site", *Role}),
    "kind": frozenset({"", *PlanKind}),
    "state": frozenset({"", "open", *PlanStatus}),
}
PLAN_PAGE = "/plans/plan?plan="


class PlansState(Refusable, rx.State):
    """The plans of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    may_write: bool = False
    cards: rx.Field[list[PlanCard]] = rx.field(default_factory=list)
    waiting: int = 0
    department: str = ""
    kind: str = ""
    state: str = "open"
    writing: bool = False
    head: PlanHead = PlanHead()
    reviewers: rx.Field[list[Named]] = rx.field(default_factory=list)
    approvers: rx.Field[list[Named]] = rx.field(default_factory=list)
    parents: rx.Field[list[Named]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.PLAN_READ)
    async def open(self) -> None:
        """Show the plans of the site in the address, else of the first."""
        self.writing = False
        await self._show(await actor_of(self), self.router.url.query_parameters.get("site", ""))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site's plans."""
        self.writing = False
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def narrow(self, by: str, value: str) -> None:
        """Show only plans of this department, kind or state."""
        if value in _ALLOWED.get(str(by), ()):
            setattr(self, by, str(value))
            await self._show(await actor_of(self), self.site.id)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def write(self) -> None:
        """Open the form for a new plan."""
        actor = await actor_of(self)
        await asyncio.to_thread(self._choices, actor)
        self.head = PlanHead(kind=PlanKind.MONTH.value)
        self.writing = True
        self._say(None)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def close(self) -> None:
        """Leave the form."""
        self.writing = False
        self._say(None)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def keep(self, form: dict[str, Any]) -> Any:
        """Keep the new draft and go to it; what cannot be stays in the form, with its reason."""
        # A second tap comes when the form is closed, and makes no second plan.
        if not self.writing:
            return None
        actor, site_id = await actor_of(self), UUID(self.site.id)
        try:
            made = await asyncio.to_thread(
                in_one,
                actor,
                lambda uow: service.keep(uow, forms.plan_command(form, uuid7(), site_id)).id,
            )
        except PropappError as error:
            self._say(error)
            return None
        self.writing = False
        return rx.redirect(f"{PLAN_PAGE}{made}")

    async def _show(self, actor: Actor, wish: str) -> None:
        await asyncio.to_thread(self._load, actor, wish)

    def _choices(self, actor: Actor) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.PLAN_WRITE)
            site = chosen(found, self.site.id)
            offered = reading.choices_of(uow, site)
        self.reviewers, self.approvers = offered.reviewers, offered.approvers
        self.parents = offered.parents

    def _load(self, actor: Actor, wish: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.PLAN_READ)
            site = chosen(found, wish)
            asked = Narrowed(self.department, self.kind, self.state)
            self.cards = reading.plans_of(uow, site, asked)
        self.waiting = sum(1 for card in self.cards if card.waits)
        self.site = SiteChoice.of(site)
        self.sites = to_choose_from(found)
        self.may_write = actor.may(Permission.PLAN_WRITE, site.id)
        self._say(None)
        self.ready = True
