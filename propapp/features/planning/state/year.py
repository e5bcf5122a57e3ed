"""A year by level: choose, see what it comes to, try another, and take one as a draft."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission, Role
from propapp.core.errors import InvalidInput, LoosensStatute, PropappError
from propapp.core.ids import uuid7
from propapp.core.progress import Tell
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.planning import year_forms, years
from propapp.features.planning.sides import Result, Tried
from propapp.features.planning.state.watching import watched
from propapp.features.planning.years import Offered, Paper
from propapp.features.plans import choosing, service
from propapp.features.plans.choosing import Choice
from propapp.features.sites import repository as sites
from propapp.features.sites import service as site_service
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.features.standards.cards import often_words
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of


class YearState(Refusable, rx.State):
    """The page that makes a year's plan of a level."""

    stage: str = "loading"  # loading · asking · none
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    offered: Offered = Offered()
    paper: Paper = Paper()
    level: str = ""
    other_level: str = ""
    year: int = 0
    # The field that is odd; "" where none is.
    wrong: str = ""
    busy: bool = False
    # How many subjects are drawn up, of how many; none while nobody counts.
    done: int = 0
    total: int = 0
    drawn: bool = False
    # How often the year was drawn up; the page goes to what came of it.
    answers: int = 0
    # None before it is drawn: every page of the app is sent what all states begin with.
    result: Result | None = None
    person_hours: int = 0
    tried: rx.Field[list[Tried]] = rx.field(default_factory=list)
    # Which side is about to be taken: one · other.
    taking: str = ""

    _instead: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def open(self) -> None:
        """Show what may be chosen for the site that the address asks for."""
        await self._begin(self.router.url.query_parameters.get("site", ""))

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def choose_site(self, site_id: str) -> None:
        """Plan the year of another site."""
        await self._begin(str(site_id))

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def choose_paper(self, code: str) -> None:
        """Offer the levels of this standard."""
        self._say(None)
        self._take_paper(str(code))

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def choose_level(self, level: str) -> None:
        """The level that is wanted."""
        self._say(None)
        self.level = str(level)

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def draw(self, form: dict[str, Any]) -> AsyncGenerator[None, None]:
        """Keep what the site has, and draw up the year; what was tried before is let go."""
        actor, site_id = await actor_of(self), UUID(self.site.id)
        self._say(None)
        self.busy, self.taking = True, ""
        yield
        try:
            self.year = self._year(form)
            self._refuse_no_level(self.level)
            if self.offered.may_describe:
                said = year_forms.description(
                    form, site_id, self.offered.version, self.offered.cities
                )
                await asyncio.to_thread(in_one, actor, lambda uow: site_service.describe(uow, said))
            await asyncio.to_thread(self._offer, actor, self.site.id)
            self._instead, self.tried, self.other_level = {}, [], self.level
            async for _ in self._compare(actor, self.level, {}):
                yield
            self.answers += 1
        except PropappError as error:
            self._say(error)
        self.busy = False

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def price(self, form: dict[str, Any]) -> AsyncGenerator[None, None]:
        """Keep what an hour of each post costs, and count anew; the door knows whose word it is."""
        actor, site_id = await actor_of(self), UUID(self.site.id)
        self._say(None)
        self.busy = True
        yield
        try:
            said = year_forms.prices(form, site_id, self.offered.version, years.working_roles())
            await asyncio.to_thread(in_one, actor, lambda uow: site_service.price(uow, said))
            await asyncio.to_thread(self._offer, actor, self.site.id)
            if self.drawn:
                async for _ in self._compare(actor, self.other_level, self._instead):
                    yield
        except PropappError as error:
            self._say(error)
        self.busy = False

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def try_level(self, level: str) -> AsyncGenerator[None, None]:
        """Put another level beside the one that was chosen."""
        self.busy = True
        yield
        async for _ in self._try(str(level), self._instead):
            yield

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def try_often(self, form: dict[str, Any]) -> AsyncGenerator[None, None]:
        """Put another frequency of one task beside it; the law's is not undercut."""
        self.busy = True
        yield
        try:
            subject, often = year_forms.frequency(form)
        except PropappError as error:
            self._say(error)
            self.busy = False
            return
        async for _ in self._try(self.other_level, {**self._instead, subject: often}):
            yield

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def untry(self, subject: str) -> AsyncGenerator[None, None]:
        """Let go of a frequency that was tried."""
        self.busy = True
        yield
        left = {key: often for key, often in self._instead.items() if key != subject}
        async for _ in self._try(self.other_level, left):
            yield

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def take(self, side: str) -> None:
        """Ask for the name and the judges of the draft; "" leaves it."""
        self._say(None)
        self.taking = str(side) if side in {"one", "other"} else ""

    @rx.event
    @handler(Permission.PLAN_WRITE)
    async def adopt(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Make the chosen side a draft and go to it; a second tap finds nothing to take."""
        if not self.taking:
            return
        actor = await actor_of(self)
        self._say(None)
        self.busy = True
        yield
        try:
            made = await asyncio.to_thread(self._adopt, actor, form)
        except PropappError as error:
            self._say(error)
            self.busy = False
            return
        self.busy, self.taking = False, ""
        yield rx.redirect(f"/plans/plan?plan={made}")

    def _say(self, error: PropappError | None) -> None:
        """An odd value is said at its field, in the page's own words."""
        odd = isinstance(error, InvalidInput)
        super()._say(None if odd else error)
        self.wrong = error.facts.get("field", "") if error and odd else ""
        if isinstance(error, LoosensStatute):
            self.wrong = "law"

    async def _begin(self, wish: str) -> None:
        actor = await actor_of(self)
        self._say(None)
        self.drawn, self.taking, self.tried, self._instead = False, "", [], {}
        self.answers = 0
        await asyncio.to_thread(self._offer, actor, wish)
        self.year = self.offered.year
        self._take_paper(self.offered.papers[0].code if self.offered.papers else "")
        self.stage = "asking" if self.offered.papers else "none"

    def _take_paper(self, code: str) -> None:
        found = (one for one in self.offered.papers if one.code == code)
        self.paper = next(found, Paper())
        codes = [level["code"] for level in self.paper.levels]
        # Neither the dearest nor the least: the middle one is what most have.
        self.level = codes[len(codes) // 2] if codes else ""

    def _refuse_no_level(self, level: str) -> None:
        if level not in {one["code"] for one in self.paper.levels}:
            raise InvalidInput(field="level")

    def _year(self, form: dict[str, Any]) -> int:
        said = str(form.get("year", ""))
        found = next((year for year in self.offered.years if str(year) == said), None)
        if found is None:
            raise InvalidInput(field="year")
        return found

    def _choice(self, level: str, instead: dict[str, str]) -> Choice:
        return Choice(
            standard=self.paper.code,
            level=level,
            year=self.year,
            city=self.offered.city,
            has=years.has_of(self.offered.counts),
            instead=instead,
        )

    async def _try(self, level: str, instead: dict[str, str]) -> AsyncGenerator[None, None]:
        """The other side anew; where it cannot be, it stays as it was."""
        actor = await actor_of(self)
        self._say(None)
        self.taking = ""
        try:
            self._refuse_no_level(level)
            async for _ in self._compare(actor, level, instead):
                yield
        except PropappError as error:
            self._say(error)
        else:
            self.other_level, self._instead = level, instead
            self.tried = [self._tried(*one) for one in instead.items()]
        self.busy = False

    def _tried(self, subject: str, often: str) -> Tried:
        result = self.result or Result()
        cards = (*result.doings_other, *result.doings)
        card = next((one for one in cards if one.subject == subject), None)
        words = often_words(often, "zh-CN"), often_words(often, "en")
        name = (card.name, card.name_en) if card else (subject, subject)
        return Tried(subject, *name, *words)

    def _offer(self, actor: Actor, wish: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.PLAN_WRITE)
            site = chosen(found, wish)
            self.offered = years.offered(uow, site)
        self.site, self.sites = SiteChoice.of(site), to_choose_from(found)

    async def _compare(
        self, actor: Actor, level: str, instead: dict[str, str]
    ) -> AsyncGenerator[None, None]:
        """Draw up both years; the page is told how far they are."""
        one, other = self._choice(self.level, {}), self._choice(level, instead)
        site_id, came = UUID(self.site.id), list[tuple[Result, int]]()

        def work(tell: Tell) -> None:
            with looking(actor) as uow:
                came.append(years.compared(uow, site_id, one, other, tell))

        try:
            async for far in watched(work):
                self.done, self.total = far
                yield
        finally:
            self.done = self.total = 0
        ((self.result, self.person_hours),) = came
        self.drawn = True

    def _adopt(self, actor: Actor, form: dict[str, Any]) -> UUID:
        name, reviewer_id, approver_id = year_forms.judges(form, actor.person_id)
        taken = self.taking == "other"
        choice = self._choice(*((self.other_level, self._instead) if taken else (self.level, {})))
        with looking(actor) as uow:
            drawn = choosing.preview(uow, choice)
        by_role = {one.role: [route.id for route in one.routes] for one in self.offered.routes}
        walked = year_forms.walks(
            form, {task.key: by_role.get(Role(task.role), []) for task in drawn.tasks}
        )
        command = choosing.as_draft(
            drawn,
            choice,
            plan_id=uuid7(),
            site_id=UUID(self.site.id),
            name=name,
            reviewer_id=reviewer_id,
            approver_id=approver_id,
            routes=walked,
        )

        def act(uow: UnitOfWork) -> UUID:
            return service.keep(uow, command).id

        return in_one(actor, act)
