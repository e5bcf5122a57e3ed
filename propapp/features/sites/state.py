"""A site's codes on the big screen: which hang, which are to be put up, which count no more."""

from __future__ import annotations

import asyncio
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.sites import reading, repository
from propapp.features.sites.commands import RevokeCode
from propapp.features.sites.service import revoke_code
from propapp.features.sites.views import PointCard, SiteChoice, chosen, to_choose_from
from propapp.ui.asked import attempted
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"note_required", "wrong_step", "not_found", "invalid_input"})


class CodesState(rx.State):
    """The codes of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    points: rx.Field[list[PointCard]] = rx.field(default_factory=list)
    waiting: int = 0
    at_fault: str = ""
    problem: str = ""

    @rx.event
    @handler(Permission.CODE_PRINT)
    async def open(self) -> None:
        """Show the codes of the site in the address, else of the first."""
        asked = self.router.url.query_parameters
        self.at_fault, self.problem = "", str(asked.get("error", ""))
        await self._show(await actor_of(self), str(asked.get("site", "")))

    @rx.event
    @handler(Permission.CODE_PRINT)
    async def choose_site(self, site_id: str) -> None:
        """Another site's codes."""
        self.at_fault = self.problem = ""
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.CODE_PRINT)
    async def revoke(self, form: dict[str, str]) -> None:
        """End a print, and say why."""
        actor = await actor_of(self)
        self.at_fault = str(form.get("code_id", ""))
        self.problem = await asyncio.to_thread(
            attempted, actor, lambda uow: revoke_code(uow, _command(form)), SAID
        )
        await self._show(actor, self.site.id)

    async def _show(self, actor: Actor, wish: str) -> None:
        self.sites, self.site, self.points = await asyncio.to_thread(_shown, actor, wish)
        self.waiting = sum(point.state == "printed" for point in self.points)
        self.ready = True


def _command(form: dict[str, str]) -> RevokeCode:
    return RevokeCode(code_id=UUID(str(form.get("code_id"))), why=str(form.get("why", "")))


def _shown(actor: Actor, wish: str) -> tuple[list[SiteChoice], SiteChoice, list[PointCard]]:
    with looking(actor) as uow:
        found = repository.sites_where(uow.session, actor, Permission.CODE_PRINT)
        site = chosen(found, wish)
        return to_choose_from(found), SiteChoice.of(site), reading.points(uow, site.id)
