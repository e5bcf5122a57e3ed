"""One task of a draft, on a page of its own: what a list of them needs not load."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, PropappError
from propapp.core.forms import text_in
from propapp.core.ids import id_or_nothing
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.people.views import NOBODY, Named
from propapp.features.planning import drafting, forms
from propapp.features.planning.drafting import Opened
from propapp.features.planning.looking import plan_of
from propapp.features.plans import repository as plans
from propapp.features.plans import service
from propapp.features.sites.models import Site
from propapp.features.sites.views import SiteChoice
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class TaskState(Refusable, rx.State):
    """The form of one task."""

    stage: str = "loading"  # loading · shown · absent
    # What the address asked for when this was shown, so that nobody types into an older form.
    asked: str = ""
    # How often the form was opened: each time it begins anew.
    visits: int = 0
    site: SiteChoice = SiteChoice()
    # None at first: every page of the app is sent what all states begin with.
    opened: Opened | None = None
    # What the fields hang on, as they stand in the form.
    repeat: str = "once"
    route: str = ""
    clause: Named = NOBODY
    looked: bool = False
    found: rx.Field[list[Named]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def open(self) -> None:
        """Show the task that the address names, or a new one."""
        asked = self.router.url.query_parameters
        plan_id, key = id_or_nothing(asked.get("plan", "")), asked.get("task", "")
        self._begin(f"{asked.get('plan', '')}/{key}")
        try:
            await asyncio.to_thread(self._open, await actor_of(self), plan_id, key)
        except NotFound:
            self.stage = "absent"

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def leave(self) -> Any:
        """Back to the plan; nothing is kept."""
        return self._back()

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def choose_repeat(self, repeat: str) -> None:
        """Show the fields of this kind of repetition."""
        self.repeat = str(repeat)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def choose_route(self, route: str) -> None:
        """Show the fields of what is walked, of a single job or of a mere date."""
        self.route = str(route)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def look_for(self, form: dict[str, Any]) -> None:
        """The clauses that speak of these words."""
        words = text_in(form, "words")
        self.found = await asyncio.to_thread(self._clauses, await actor_of(self), words)
        self.looked = True

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def choose_clause(self, version_id: str) -> None:
        """It is done for this clause; for none where "" is said."""
        self.clause = next((one for one in self.found if one.id == str(version_id)), NOBODY)
        self.looked, self.found = False, []

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def keep(self, form: dict[str, Any]) -> Any:
        """Keep the task and go back to the plan; what cannot be stays, with its reason."""
        opened = self.opened or Opened()
        plan_id, key, repeat = UUID(opened.plan.id), opened.task.key, self.repeat
        keys = [one.id for one in opened.before]
        typed = form | {"clause": self.clause.id, "route": self.route}
        if typed.get("template") not in {None, "", *(one.id for one in opened.checklists)}:
            typed["template"] = ""

        def act(uow: UnitOfWork) -> UUID:
            known = plans.task_by_key(uow.session, plan_id, key) if key else None
            command = forms.task_command(typed, plan_id, repeat, known=known, keys=keys)
            return service.keep_task(uow, command).id

        try:
            await asyncio.to_thread(in_one, await actor_of(self), act)
        except PropappError as error:
            self._say(error)
            return None
        return self._back()

    def _begin(self, asked: str = "") -> None:
        visits = self.visits + 1
        self.reset()
        self.visits, self.asked = visits, asked

    def _back(self) -> Any:
        plan_id = self.opened.plan.id if self.opened else ""
        self._begin()
        return rx.redirect(f"/plans/plan?plan={plan_id}")

    def _open(self, actor: Actor, plan_id: UUID, key: str) -> None:
        with looking(actor) as uow:
            one = plan_of(uow, plan_id)
            opened, self.site = drafting.opened(uow, one, key), SiteChoice.of(one.site)
        task = opened.task
        self.opened, self.repeat, self.clause = opened, task.kind, task.clause
        self.route = forms.WORK if task.work else task.route.id
        self.stage = "shown" if opened.may else "absent"

    def _clauses(self, actor: Actor, words: str) -> list[Named]:
        with looking(actor) as uow:
            site = uow.session.get_one(Site, UUID(self.site.id))
            return drafting.clauses_like(uow, site, words)
