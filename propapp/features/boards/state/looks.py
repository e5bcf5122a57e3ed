"""Visits that wait for a second look, and what is said of them."""

from __future__ import annotations

import asyncio
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.look_views import LookCard
from propapp.features.boards.reading import SiteChoice
from propapp.features.rounds.commands import JudgeVisit
from propapp.features.rounds.service import judge_visit
from propapp.ui.asked import attempted
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"note_required", "wrong_step", "not_found"})


class LooksState(rx.State):
    """The list, and the trouble with the one that was judged last."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    looks: rx.Field[list[LookCard]] = rx.field(default_factory=list)
    at_fault: str = ""
    problem: str = ""

    @rx.event
    @handler(Permission.ROUND_JUDGE)
    async def open(self) -> None:
        """Show what waits."""
        self.at_fault = self.problem = ""
        await self._show(await actor_of(self))

    @rx.event
    @handler(Permission.ROUND_JUDGE)
    async def judge(self, form: dict[str, str]) -> None:
        """Say what came of the look; the button that was pressed is the verb."""
        actor = await actor_of(self)
        visit_id = str(form.get("visit_id", ""))
        self.at_fault, self.problem = (
            visit_id,
            await asyncio.to_thread(
                attempted, actor, lambda uow: judge_visit(uow, _command(form)), SAID
            ),
        )
        await self._show(actor)

    async def _show(self, actor: Actor) -> None:
        self.site, self.looks = await asyncio.to_thread(_shown, actor)
        self.ready = True


def _command(form: dict[str, str]) -> JudgeVisit:
    return JudgeVisit.model_validate(
        {
            "visit_id": UUID(str(form.get("visit_id"))),
            "step": str(form.get("step")),
            "note": str(form.get("note", "")),
        }
    )


def _shown(actor: Actor) -> tuple[SiteChoice, list[LookCard]]:
    with looking(actor) as uow:
        return SiteChoice.of(reading.choices(uow)[0]), reading.second_looks(uow)
