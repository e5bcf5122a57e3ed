"""The people of a site; a password never stands in a State."""

from __future__ import annotations

import asyncio

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.boards.staff import MANY, SAID, Staff, StaffLine, staff
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

_LONGEST = 60


class PeopleState(rx.State):
    """Who works at the site, and who of them is looked for."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    lines: rx.Field[list[StaffLine]] = rx.field(default_factory=list)
    count: int = 0
    many: bool = False
    sought: str = ""
    problem: str = ""

    @rx.event
    @handler(Permission.STAFF_WRITE)
    async def open(self) -> None:
        """Show the site that the address names, and why a password was not given."""
        query = self.router.url.query_parameters
        code = query.get("error", "")
        self.sought, self.problem = "", code if code in SAID or not code else "unexpected"
        await self._show(await actor_of(self), query.get("site", ""))
        self.ready = True

    @rx.event
    @handler(Permission.STAFF_WRITE)
    async def choose_site(self, site_id: str) -> None:
        """Another site's people."""
        self.sought = self.problem = ""
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.STAFF_WRITE)
    async def look_for(self, form: dict[str, str]) -> None:
        """Those with these words in their names."""
        self.sought = str(form.get("words", ""))[:_LONGEST]
        await self._show(await actor_of(self), self.site.id)

    async def _show(self, actor: Actor, site_id: str) -> None:
        found, site, shown = await asyncio.to_thread(_look, actor, site_id, self.sought)
        self.site, self.sites = SiteChoice.of(site), to_choose_from(found)
        self.lines, self.count, self.many = shown.lines, shown.count, shown.count > MANY


def _look(actor: Actor, site_id: str, sought: str) -> tuple[list[Site], Site, Staff]:
    with looking(actor) as uow:
        found = list(sites.sites_where(uow.session, actor, Permission.STAFF_WRITE))
        site = chosen(found, site_id)
        return found, site, staff(uow, site.id, sought)
