"""One version of a plan: read it in five ways, write in it, decide on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission, Role
from propapp.core.errors import NotFound, PropappError
from propapp.core.ids import id_or_nothing
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.people.views import Named
from propapp.features.planning import deciding, forms, loads
from propapp.features.planning import looking as reading
from propapp.features.planning.gantt import Gantt
from propapp.features.planning.looking import Story
from propapp.features.planning.months import Load, Month
from propapp.features.planning.reading import choices_of
from propapp.features.planning.views import PlanHead, TaskCard
from propapp.features.plans import service
from propapp.features.plans.commands import DropTask
from propapp.features.sites.views import SiteChoice
from propapp.ui.asked import Refusable, day_of, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# Each is a page of its own under /plans.
VIEWS = ("plan", "month", "gantt", "load", "story")


class PlanState(Refusable, rx.State):
    """The page of one version."""

    stage: str = "loading"  # loading · shown · absent
    site: SiteChoice = SiteChoice()
    head: PlanHead = PlanHead()
    view: str = "list"
    post: str = ""
    posts: rx.Field[list[str]] = rx.field(default_factory=list)
    page: int = 0
    total: int = 0
    unwalked: int = 0
    short: int = 0
    tasks: rx.Field[list[TaskCard]] = rx.field(default_factory=list)
    gantt: Gantt = Gantt()
    month: Month = Month()
    load: Load = Load()
    # Whether the load is that of all plans in force at the site.
    whole: bool = False
    story: Story = Story()
    # The verb or the head that is being written.
    doing: str = ""
    writing: bool = False
    reviewers: rx.Field[list[Named]] = rx.field(default_factory=list)
    approvers: rx.Field[list[Named]] = rx.field(default_factory=list)
    parents: rx.Field[list[Named]] = rx.field(default_factory=list)

    _first: str = ""

    @rx.event
    @handler(Permission.PLAN_READ)
    async def open(self) -> None:
        """Show the version that the address names."""
        asked = self.router.url.query_parameters
        self._forget()
        plan_id = id_or_nothing(asked.get("plan", ""))
        if str(plan_id) != self.head.id:
            self.post, self.page = "", 0
        self.view, self._first = _view(str(self.router.url.path)), ""
        self.whole = asked.get("of", "") == "site"
        await self._show(plan_id)

    @rx.event
    @handler(Permission.PLAN_READ)
    async def narrow(self, post: str) -> None:
        """Only the tasks of one post."""
        self.post, self.page = (str(post) if post in {"", *Role} else ""), 0
        await self._show(UUID(self.head.id))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def turn(self, page: int) -> None:
        """More tasks."""
        self.page = page if isinstance(page, int) and 0 <= page <= self.total else 0
        await self._show(UUID(self.head.id))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def go(self, first: str) -> None:
        """Another month or quarter."""
        self._first = str(first)
        await self._show(UUID(self.head.id))

    @rx.event
    @handler(Permission.PLAN_READ)
    async def ask(self, verb: str) -> None:
        """Ask for the words of a step, or for the head; "" leaves it."""
        self._forget()
        if verb == "keep":
            await asyncio.to_thread(self._choices, await actor_of(self))
            self.writing = True
        elif verb in deciding.VERBS:
            self.doing = str(verb)

    @rx.event
    @handler(Permission.PLAN_READ)
    async def decide(self, form: dict[str, Any]) -> Any:
        """Take the step; whose it is, the plan's own door knows."""
        plan_id, verb, said = UUID(self.head.id), self.doing, str(form.get("words", ""))
        made = await self._do(lambda uow: deciding.decide(uow, plan_id, verb, said).id)
        if made and made != plan_id:
            return rx.redirect(f"/plans/plan?plan={made}")
        return None

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def keep(self, form: dict[str, Any]) -> None:
        """Keep the head of the draft."""
        plan_id, site_id = UUID(self.head.id), UUID(self.site.id)
        await self._do(lambda uow: service.keep(uow, forms.plan_command(form, plan_id, site_id)).id)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def drop_task(self, key: str) -> None:
        """Take the task out of the draft."""
        command = DropTask(plan_id=UUID(self.head.id), key=str(key))
        await self._do(lambda uow: service.drop_task(uow, command).id)

    def _forget(self) -> None:
        self.doing, self.writing = "", False
        self._say(None)

    async def _do(self, act: Callable[[UnitOfWork], UUID]) -> UUID | None:
        actor, here = await actor_of(self), UUID(self.head.id)
        try:
            made = await asyncio.to_thread(in_one, actor, act)
        except PropappError as error:
            self._say(error)
            return None
        self._forget()
        await self._show(here)
        return made

    def _choices(self, actor: Actor) -> None:
        with looking(actor) as uow:
            one = reading.plan_of(uow, UUID(self.head.id))
            offered = choices_of(uow, one.site, but=one.plan.root_id)
        self.reviewers, self.approvers = offered.reviewers, offered.approvers
        self.parents = offered.parents

    async def _show(self, plan_id: UUID) -> None:
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(self._load, actor, plan_id)
        except NotFound:
            self.reset()
            self.stage = "absent"

    def _load(self, actor: Actor, plan_id: UUID) -> None:
        with looking(actor) as uow:
            one = reading.plan_of(uow, plan_id)
            self.head, self.site = reading.head_of(uow, one), SiteChoice.of(one.site)
            page = reading.tasks_page(uow, one, self.post, self.page)
            # Only what is looked at is sent.
            self.posts, self.total = page.posts, page.total
            self.unwalked, self.short = page.unwalked, page.short
            self.tasks = page.cards if self.view == "plan" else []
            if self.view == "gantt":
                self.gantt = reading.gantt_of(uow, one, self.post, self.page)
            elif self.view == "month":
                self.month = reading.month_of(uow, one, self.post, day_of(self._first))
            elif self.view == "load" and self.whole:
                self.load, self.posts = loads.load_of_all(
                    uow, one.site, self.post, day_of(self._first)
                )
            elif self.view == "load":
                self.load = reading.load_of(uow, one, self.post, day_of(self._first))
            elif self.view == "story":
                self.story = reading.story_of(uow, one)
        self.stage = "shown"


def _view(path: str) -> str:
    name = path.rstrip("/").rpartition("/")[2]
    return name if name in VIEWS else VIEWS[0]
