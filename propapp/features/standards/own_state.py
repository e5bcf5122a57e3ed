"""Writing a clause of the company's own, or the company's version of another."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import InvalidInput, LoosensStatute, NotAllowed, NotFound, PropappError
from propapp.core.ids import id_of, id_or_nothing, uuid7
from propapp.core.unit_of_work import looking
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice, chosen
from propapp.features.standards import own, service, wording
from propapp.features.standards.own import Floor, Subject
from propapp.features.standards.wording import Wording
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class OwnClauseState(Refusable, rx.State):
    """The form of one clause."""

    stage: str = "loading"  # loading · asking · kept · absent
    site: SiteChoice = SiteChoice()
    wording: Wording = Wording()
    subjects: rx.Field[list[Subject]] = rx.field(default_factory=list)
    floors: rx.Field[list[Floor]] = rx.field(default_factory=list)
    # How often the form was begun: what stood in it before is not to be mixed with the new.
    begun: int = 0
    # The field that is odd, ``law`` where the law asks for more; "" where none is.
    wrong: str = ""

    @rx.event
    @handler(Permission.STANDARD_WRITE)
    async def open(self) -> None:
        """The clause that the address names, else a new one."""
        named = self.router.url.query_parameters.get("clause", "")
        self._say(None)
        try:
            await asyncio.to_thread(self._begin, await actor_of(self), named)
        except NotFound:
            self.reset()
            self.stage = "absent"

    @rx.event
    @handler(Permission.STANDARD_WRITE)
    async def choose_subject(self, subject: str) -> None:
        """What the law asks on another subject, to be seen before writing."""
        actor, wish = await actor_of(self), str(subject)[:60]
        await asyncio.to_thread(self._look_up, actor, wish)

    @rx.event
    @handler(Permission.STANDARD_WRITE)
    async def keep(self, form: dict[str, Any]) -> Any:
        """Write it and go to its page; what cannot be stays in the form, with its reason."""
        if self.stage == "kept":
            return self._leave()
        clause_id = id_of(self.wording.id) or uuid7()
        actor, before = await actor_of(self), self.wording
        self._say(None)
        try:
            command = wording.command(form, before, clause_id, uuid7())
            await asyncio.to_thread(in_one, actor, lambda uow: service.keep(uow, command))
        except PropappError as error:
            self._say(error)
            return None
        self.stage, self.wording = "kept", replace(before, id=str(clause_id))
        return self._leave()

    def _leave(self) -> Any:
        return rx.redirect(f"/standards/clause?clause={self.wording.id}")

    def _say(self, error: PropappError | None) -> None:
        """An odd value is said at its field, in the page's own words."""
        odd = isinstance(error, InvalidInput)
        super()._say(None if odd else error)
        self.wrong = str(error.facts.get("field", "")) if error and odd else ""
        if isinstance(error, LoosensStatute):
            self.wrong = "law"

    def _begin(self, actor: Actor, named: str) -> None:
        clause_id: UUID | None = id_or_nothing(named) if named else None
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.STANDARD_WRITE)
            if not found:
                raise NotAllowed
            site = chosen(found, "")
            # The day that the use case goes by.
            today = uow.now.date()
            self.wording = own.begun(uow, clause_id, today)
            self.subjects = own.subjects(uow, today) if clause_id is None else []
            self.floors = own.floors(uow, self.wording.subject, today)
        self.site = SiteChoice.of(site)
        self.begun += 1
        self.stage = "asking"

    def _look_up(self, actor: Actor, subject: str) -> None:
        with looking(actor) as uow:
            self.floors = own.floors(uow, subject, uow.now.date())
