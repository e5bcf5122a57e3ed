"""Phones that lost something, and work that is held back or still on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.boards import reading
from propapp.features.boards.held_work import HeldCard, held_work
from propapp.features.boards.lost_phones import LossCard, UnsentCard, losses, unsent
from propapp.features.boards.reading import SiteChoice
from propapp.features.phones.commands import PerformHeld, SettleHeld, SettleLoss
from propapp.features.phones.service import perform, settle, settle_held
from propapp.ui.asked import attempted
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"note_required", "wrong_step", "not_found"})
SAID_OF_WORK = SAID | {"unknown_operation"}


class LostPhonesState(rx.State):
    """Both lists, and the trouble with whatever was touched last."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    losses: rx.Field[list[LossCard]] = rx.field(default_factory=list)
    unsent: rx.Field[list[UnsentCard]] = rx.field(default_factory=list)
    work: rx.Field[list[HeldCard]] = rx.field(default_factory=list)
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

    @rx.event
    @handler(Permission.PHONE_CARE)
    async def settle_held(self, form: dict[str, str]) -> None:
        """Leave work without effect, and say what came of it."""
        await self._end(str(form.get("held_id", "")), lambda uow: settle_held(uow, _leaving(form)))

    @rx.event
    @handler(Permission.PHONE_CARE)
    async def perform_held(self, held_id: str) -> None:
        """Let work take effect after all; where that is refused, it says so itself."""
        await self._end(str(held_id), lambda uow: perform(uow, _performing(held_id)))

    async def _end(self, held_id: str, act: Callable[[UnitOfWork], object]) -> None:
        actor = await actor_of(self)
        self.at_fault = held_id
        self.problem = await asyncio.to_thread(attempted, actor, act, SAID_OF_WORK)
        await self._show(actor)

    async def _show(self, actor: Actor) -> None:
        shown = await asyncio.to_thread(_shown, actor)
        self.site, self.losses, self.unsent, self.work = shown
        self.ready = True


def _command(form: dict[str, str]) -> SettleLoss:
    return SettleLoss(loss_id=UUID(str(form.get("loss_id"))), note=str(form.get("note", "")))


def _leaving(form: dict[str, str]) -> SettleHeld:
    return SettleHeld(held_id=UUID(str(form.get("held_id"))), note=str(form.get("note", "")))


def _performing(held_id: str) -> PerformHeld:
    return PerformHeld(held_id=UUID(str(held_id)))


def _shown(actor: Actor) -> tuple[SiteChoice, list[LossCard], list[UnsentCard], list[HeldCard]]:
    with looking(actor) as uow:
        site = SiteChoice.of(reading.choices(uow)[0])
        return site, losses(uow), unsent(uow), held_work(uow)
