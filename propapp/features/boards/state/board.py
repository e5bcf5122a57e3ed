"""The live board: what it shows, and how it looks again."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, SignInNeeded
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.figures import Figures, RoundsDay, Speed, Totals
from propapp.features.boards.lanes import LANES, Lane, Today
from propapp.features.boards.pushing import Changes, keep_alive
from propapp.features.boards.rules import PERIODS
from propapp.features.boards.slots import Slots, with_slots
from propapp.features.boards.views import (
    ROWS,
    Bucket,
    Coming,
    DefectCard,
    Need,
)
from propapp.features.phones.repository import PhoneLossRepository
from propapp.features.rounds.repository import SecondLookRepository
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

NEEDS = Slots("need", Need, ROWS)
COMING = Slots("coming", Coming, ROWS)
DEFECTS = Slots("defect", DefectCard, ROWS)
ROUTES = Slots("lane", Lane, LANES)
# Charts of weeks do not change by the minute.
CHARTS_AFTER = timedelta(minutes=5)


class BoardState(with_slots(NEEDS, COMING, DEFECTS, ROUTES), rx.State):
    """One site's board in one tab."""

    ready: bool = False
    gone: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    sees_orders: bool = False
    sees_rounds: bool = False
    exports: bool = False
    judges: bool = False
    prints: bool = False
    cares: bool = False
    lost_phones: int = 0
    looks: int = 0
    pressing: int = 0
    open_orders: int = 0
    today: Today = Today()
    buckets: rx.Field[list[Bucket]] = rx.field(default_factory=list)
    days: int = PERIODS[-1]
    totals: Totals = Totals()
    responses: rx.Field[list[Speed]] = rx.field(default_factory=list)
    completions: rx.Field[list[Speed]] = rx.field(default_factory=list)
    rounds: rx.Field[list[RoundsDay]] = rx.field(default_factory=list)

    _charts_at: datetime | None = None

    @rx.event
    @handler(Permission.BOARD_READ)
    async def open(self) -> None:
        """Show the board of the site in the address, else of the first."""
        self._charts_at = None
        wish = self.router.url.query_parameters.get("site", "")
        await self._show(await actor_of(self), wish)

    @rx.event
    @handler(Permission.BOARD_READ)
    async def choose_site(self, site_id: str) -> None:
        """Show another site's board."""
        self._charts_at = None
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.BOARD_READ)
    async def choose_days(self, days: int) -> None:
        """Draw the charts over another stretch of days."""
        self.days = days if days in PERIODS else PERIODS[-1]
        self._charts_at = None
        await self._show(await actor_of(self), self.site.id)

    async def _show(self, actor: Actor, wish: str) -> None:
        changes = await asyncio.to_thread(self._changes, actor, wish)
        for name, value in changes.items():
            setattr(self, name, value)
        keep_alive(self, UUID(self.site.id))

    async def _look_again(self) -> Changes | None:
        """What has changed; None when the person may not look any more."""
        try:
            actor = await actor_of(self)
            return await asyncio.to_thread(self._changes, actor, self.site.id)
        except (SignInNeeded, NotFound):
            self.reset()
            self.gone = True
            return None

    def _changes(self, actor: Actor, wish: str) -> dict[str, Any]:
        with looking(actor) as uow:
            sites = reading.choices(uow)
            site = chosen(sites, wish)
            found = reading.board(uow, site)
            lost_phones = PhoneLossRepository(uow).open_count(site.id)
            looks = SecondLookRepository(uow).open_count(site.id)
            charts_are_old = self._charts_at is None or uow.now - self._charts_at >= CHARTS_AFTER
            figures = reading.charts(uow, site, self.days) if charts_are_old else None
            self._charts_at = uow.now if figures else self._charts_at
        wanted: dict[str, Any] = {
            "ready": True,
            "gone": False,
            "site": SiteChoice.of(site),
            "sites": to_choose_from(sites),
            "sees_orders": actor.may(Permission.ORDER_READ, site.id),
            "sees_rounds": actor.may(Permission.ROUND_READ, site.id),
            "exports": actor.may(Permission.EVIDENCE_EXPORT),
            "cares": actor.may(Permission.PHONE_CARE),
            "judges": actor.may(Permission.ROUND_JUDGE),
            "prints": actor.may(Permission.CODE_PRINT),
            "lost_phones": lost_phones,
            "looks": looks,
            "pressing": found.pressing,
            "open_orders": found.open_orders,
            "today": found.today,
            "buckets": found.buckets,
            **(_drawn(figures) if figures else {}),
        }
        return (
            {name: value for name, value in wanted.items() if getattr(self, name) != value}
            | NEEDS.changes(self, found.needs)
            | COMING.changes(self, found.coming)
            | DEFECTS.changes(self, found.defects)
            | ROUTES.changes(self, found.lanes)
        )


def _drawn(figures: Figures) -> dict[str, Any]:
    return {
        "totals": figures.totals,
        "responses": figures.responses,
        "completions": figures.completions,
        "rounds": figures.rounds,
    }
