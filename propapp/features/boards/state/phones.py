"""Phones that lost something, what came of it, and what is still on phones."""

from __future__ import annotations

import asyncio
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.lost_phones import LossCard, UnsentCard, losses, unsent
from propapp.features.boards.reading import SiteChoice
from propapp.features.phones.commands import SettleLoss
from propapp.features.phones.service import settle
from propapp.ui.asked import attempted
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"note_required", "wrong_step", "not_found"})


class LostPhonesState(rx.State):
    """The list, and the trouble with the one that was settled last."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    losses: rx.Field[list[LossCard]] = rx.field(default_factory=list)
    unsent: rx.Field[list[UnsentCard]] = rx.field(default_factory=list)
    at_fault: str = ""
    problem: str = ""

    @rx.event
    @handler(Permission.PHONE_CARE)
    async def open(self) -> None:
        """Show what waits and what was settled lately."""
        self.at_fault = self.problem = ""
        await self._show(await actor_of(self))

    @rx.event
    @handler(Permission.PHONE_CARE)
    async def settle(self, form: dict[str, str]) -> None:
        """Say what came of it."""
        actor = await actor_of(self)
        self.at_fault = str(form.get("loss_id", ""))
        self.problem = await asyncio.to_thread(
            attempted, actor, lambda uow: settle(uow, _command(form)), SAID
        )
        await self._show(actor)

    async def _show(self, actor: Actor) -> None:
        self.site, self.losses, self.unsent = await asyncio.to_thread(_shown, actor)
        self.ready = True


def _command(form: dict[str, str]) -> SettleLoss:
    return SettleLoss(loss_id=UUID(str(form.get("loss_id"))), note=str(form.get("note", "")))


def _shown(actor: Actor) -> tuple[SiteChoice, list[LossCard], list[UnsentCard]]:
    with looking(actor) as uow:
        return SiteChoice.of(reading.choices(uow)[0]), losses(uow), unsent(uow)
