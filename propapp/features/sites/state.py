"""A site's codes on the big screen, and what is prepared to be asked where they hang."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError

from propapp.core.access import Actor, Permission
from propapp.core.errors import InvalidInput
from propapp.core.ids import uuid7
from propapp.core.settings import settings
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.sites import reading, repository
from propapp.features.sites.commands import DropChallenge, KeepChallenge, RevokeCode
from propapp.features.sites.models import ChallengeKind
from propapp.features.sites.service import drop_challenge, keep_challenge, revoke_code
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
    challenge_at: str = ""
    challenge_problem: str = ""
    one_in: int = 0

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

    @rx.event
    @handler(Permission.CHALLENGE_KEEP)
    async def keep(self, form: dict[str, str]) -> None:
        """Prepare one more challenge for a point."""
        await self._change(
            str(form.get("checkpoint_id", "")), lambda uow: keep_challenge(uow, _challenge(form))
        )

    @rx.event
    @handler(Permission.CHALLENGE_KEEP)
    async def drop(self, challenge_id: str) -> None:
        """Ask this no more."""
        at = next(
            (one.id for one in self.points for kept in one.challenges if kept.id == challenge_id),
            "",
        )
        await self._change(
            at, lambda uow: drop_challenge(uow, DropChallenge(challenge_id=UUID(challenge_id)))
        )

    async def _change(self, at: str, act: Callable[[UnitOfWork], object]) -> None:
        actor = await actor_of(self)
        self.challenge_at = at
        self.challenge_problem = await asyncio.to_thread(attempted, actor, act, SAID)
        await self._show(actor, self.site.id)

    async def _show(self, actor: Actor, wish: str) -> None:
        self.sites, self.site, self.points = await asyncio.to_thread(_shown, actor, wish)
        self.one_in = settings().challenge_one_in
        self.waiting = sum(point.state == "printed" for point in self.points)
        self.ready = True


def _command(form: dict[str, str]) -> RevokeCode:
    return RevokeCode(code_id=UUID(str(form.get("code_id"))), why=str(form.get("why", "")))


def _challenge(form: dict[str, str]) -> KeepChallenge:
    """What the form says; a question's other answers stand one a line. Raises InvalidInput."""
    offered = {"text", "text_en", "kind", "checkpoint_id"}
    said: dict[str, Any] = {name: form[name] for name in offered if name in form}
    if form.get("kind") == ChallengeKind.QUESTION:
        lines = [line.strip() for line in str(form.get("others", "")).splitlines()]
        said["right"] = {"text": form.get("right", "")}
        said["others"] = [{"text": line} for line in lines if line]
    try:
        return KeepChallenge.model_validate(said | {"challenge_id": uuid7()})
    except ValidationError as error:
        raise InvalidInput(field="challenge") from error


def _shown(actor: Actor, wish: str) -> tuple[list[SiteChoice], SiteChoice, list[PointCard]]:
    with looking(actor) as uow:
        found = repository.sites_where(uow.session, actor, Permission.CODE_PRINT)
        site = chosen(found, wish)
        return to_choose_from(found), SiteChoice.of(site), reading.points(uow, site.id)
