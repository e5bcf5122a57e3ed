"""The letters of one goal: shared out, issued, signed, replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, PropappError
from propapp.core.forms import made, text_in
from propapp.core.ids import id_or_nothing, uuid7
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.goals import forms, letter_views, service
from propapp.features.goals.commands import MOST_PARTS, IssueLetter, WithdrawLetter
from propapp.features.goals.letter_views import GoalLetters, PartLine, PostChoice
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

_FEWEST = 3


class LetterState(Refusable, rx.State):
    """What the part of the letters shows and does."""

    letters: GoalLetters = GoalLetters()
    # What is being written or withdrawn: "", write, withdraw.
    doing: str = ""
    letter_id: str = ""
    reason: str = ""
    rows: rx.Field[list[PartLine]] = rx.field(default_factory=list)
    people: rx.Field[list[PostChoice]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.GOAL_READ)
    async def open(self) -> None:
        """The letters of the goal that the address names."""
        self.doing = ""
        goal_id = id_or_nothing(self.router.url.query_parameters.get("goal", ""))
        await self._show(goal_id)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def write(self) -> None:
        """Write on in the draft, else begin with what holds."""
        actor, goal_id = await actor_of(self), UUID(self.letters.goal_id)
        await asyncio.to_thread(self._choices, actor, goal_id)
        first = self.letters.standing[0] if self.letters.standing else None
        known = list(first.parts) if first else []
        self.letter_id = first.id if first and first.status == "draft" else str(uuid7())
        self.reason = first.reason if first and first.status == "draft" else ""
        self.rows = [*known, *[PartLine() for _ in range(_FEWEST - len(known))]]
        self.doing = "write"
        self._say(None)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def more(self) -> None:
        """A row for one more person; what was typed in the others stays."""
        if len(self.rows) < MOST_PARTS:
            self.rows = [*self.rows, PartLine()]

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def close(self) -> None:
        """Leave the form."""
        self.doing = ""
        self._say(None)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def keep(self, form: dict[str, Any]) -> None:
        """Keep the draft; weights that are no hundred are said in the form."""
        letter_id, goal_id = UUID(self.letter_id), UUID(self.letters.goal_id)
        rows = len(self.rows)
        await self._do(
            lambda uow: service.keep_letter(
                uow, forms.letter_command(form, letter_id, goal_id, rows)
            )
        )

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def issue(self, letter_id: str) -> None:
        """Let it hold, and ask for the signatures."""
        command = IssueLetter(letter_id=id_or_nothing(str(letter_id)))
        await self._do(lambda uow: service.issue_letter(uow, command))

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def ask_to_withdraw(self, letter_id: str) -> None:
        """Ask for the reason."""
        self.letter_id, self.doing = str(letter_id), "withdraw"
        self._say(None)

    @rx.event
    @handler(Permission.GOAL_WRITE)
    async def withdraw(self, form: dict[str, Any]) -> None:
        """It holds no more."""
        asked = {"letter_id": self.letter_id, "reason": text_in(form, "reason")}
        await self._do(lambda uow: service.withdraw_letter(uow, made(WithdrawLetter, **asked)))

    async def _do(self, act: Callable[[UnitOfWork], object]) -> None:
        try:
            await asyncio.to_thread(in_one, await actor_of(self), act)
        except PropappError as error:
            self._say(error)
            return
        self.doing = ""
        await self._show(UUID(self.letters.goal_id))

    def _choices(self, actor: Actor, goal_id: UUID) -> None:
        with looking(actor) as uow:
            self.people = letter_views.posts_at(uow, goal_id)

    async def _show(self, goal_id: UUID) -> None:
        try:
            await asyncio.to_thread(self._load, await actor_of(self), goal_id)
        except NotFound:
            self.reset()

    def _load(self, actor: Actor, goal_id: UUID) -> None:
        with looking(actor) as uow:
            self.letters = letter_views.letters_of_goal(uow, goal_id)
        self._say(None)
