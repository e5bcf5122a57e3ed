"""A site's schedules on the big screen: read them in words, change them, say the weather."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import PropappError
from propapp.core.ids import id_or_nothing, uuid7
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.schedules import forms, reading, service
from propapp.features.schedules.commands import (
    AnnounceWeather,
    MakeHook,
    ResumeSchedule,
    RevokeHook,
    StopSchedule,
)
from propapp.features.schedules.models import Trigger
from propapp.features.schedules.views import (
    HookCard,
    RouteChoice,
    ScheduleCard,
    SeedCard,
    WeatherCard,
)
from propapp.features.sites import repository as sites
from propapp.features.sites.views import SiteChoice, chosen, to_choose_from
from propapp.ui.asked import Refusable, in_one
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

WEATHERS = tuple(one.value.removeprefix("weather:") for one in Trigger if one.is_weather)


NEW = ScheduleCard(
    repeat="daily", windows="08:00-09:00", grace=10, month_days="1", reach=120, minutes=30
)


class SchedulesState(Refusable, rx.State):
    """The schedules of one site."""

    ready: bool = False
    site: SiteChoice = SiteChoice()
    sites: rx.Field[list[SiteChoice]] = rx.field(default_factory=list)
    may_write: bool = False
    cards: rx.Field[list[ScheduleCard]] = rx.field(default_factory=list)
    routes: rx.Field[list[RouteChoice]] = rx.field(default_factory=list)
    seeds: rx.Field[list[SeedCard]] = rx.field(default_factory=list)
    weather: rx.Field[list[WeatherCard]] = rx.field(default_factory=list)
    hooks: rx.Field[list[HookCard]] = rx.field(default_factory=list)
    # The schedule in the form; "new" for one that is not there yet.
    editing: str = ""
    card: ScheduleCard = ScheduleCard()
    repeat: str = "daily"
    # Told once, when it was made.
    token: str = ""

    # Two taps on one button are one word: the key changes when the word was heard.
    _key: str = ""

    @rx.event
    @handler(Permission.SCHEDULE_READ)
    async def open(self) -> None:
        """Show the schedules of the site in the address, else of the first."""
        await self._show(await actor_of(self), self.router.url.query_parameters.get("site", ""))

    @rx.event
    @handler(Permission.SCHEDULE_READ)
    async def choose_site(self, site_id: str) -> None:
        """Another site's schedules."""
        await self._show(await actor_of(self), str(site_id))

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def edit(self, schedule_id: str) -> None:
        """Open the form for this schedule, or for a new one."""
        known = next((one for one in self.cards if one.id == str(schedule_id)), None)
        self.editing = known.id if known else "new"
        self.card = known or NEW
        weather = f"weather:{self.card.weather}"
        # Hours are written as a rule; all other kinds have fields of their own.
        shown = {"weather": weather, "hourly": "rule"}
        self.repeat = shown.get(self.card.repeat, self.card.repeat)
        self._say(None)

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def choose_repeat(self, repeat: str) -> None:
        """Show the fields of this kind of repetition."""
        self.repeat = str(repeat)

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def close(self) -> None:
        """Leave the form as if nothing had been typed."""
        self.editing = ""
        self._say(None)

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def keep(self, form: dict[str, Any]) -> None:
        """Keep what the form says; what cannot be stays in the form, with its reason."""
        # A second tap comes when the form is closed, and makes no second schedule.
        if not self.editing:
            return
        editing, repeat = self.editing, self.repeat
        asked = {"repeat": repeat} | form

        def act(uow: UnitOfWork) -> object:
            known = UUID(editing) if editing != "new" else None
            route = reading.route_of(uow, known) if known else id_or_nothing(asked.get("route", ""))
            return service.keep(uow, forms.keep_command(asked, known or uuid7(), route))

        if await self._do(act):
            self.editing = ""

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def stop(self, schedule_id: str) -> None:
        """No more rounds of it."""
        command = StopSchedule(schedule_id=id_or_nothing(schedule_id))
        await self._do(lambda uow: service.stop(uow, command))

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def resume(self, schedule_id: str) -> None:
        """Its rounds again."""
        command = ResumeSchedule(schedule_id=id_or_nothing(schedule_id))
        await self._do(lambda uow: service.resume(uow, command))

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def announce(self, weather: str) -> None:
        """Say that it is so; the rounds that wait for it begin."""
        if str(weather) in WEATHERS:
            command = AnnounceWeather(
                site_id=UUID(self.site.id), key=self._key, weather=Trigger(f"weather:{weather}")
            )
            await self._do(lambda uow: service.announce(uow, command))

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def make_hook(self, form: dict[str, Any]) -> None:
        """A token for a weather service, shown this once."""
        name = str(form.get("label", "")).strip()[:60]
        if not name:
            return
        command = MakeHook(hook_id=uuid7(), site_id=UUID(self.site.id), label=name)
        made: list[str] = []
        if await self._do(lambda uow: made.append(service.make_hook(uow, command)[1])):
            self.token = made[0]

    @rx.event
    @handler(Permission.SCHEDULE_WRITE)
    async def revoke_hook(self, hook_id: str) -> None:
        """It may not speak for the site any more."""
        command = RevokeHook(hook_id=id_or_nothing(hook_id))
        await self._do(lambda uow: service.revoke_hook(uow, command))

    async def _do(self, act: Callable[[UnitOfWork], object]) -> bool:
        actor = await actor_of(self)
        try:
            await asyncio.to_thread(in_one, actor, act)
        except PropappError as error:
            self._say(error)
            return False
        await self._show(actor, self.site.id)
        return True

    async def _show(self, actor: Actor, wish: str) -> None:
        await asyncio.to_thread(self._load, actor, wish)

    def _load(self, actor: Actor, wish: str) -> None:
        with looking(actor) as uow:
            found = sites.sites_where(uow.session, actor, Permission.SCHEDULE_READ)
            site = chosen(found, wish)
            shown = reading.schedules_of(uow, site)
        self.site = SiteChoice.of(site)
        self.sites = to_choose_from(found)
        self.may_write = actor.may(Permission.SCHEDULE_WRITE, site.id)
        self.cards, self.routes, self.seeds = shown.cards, shown.routes, shown.seeds
        self.weather, self.hooks = shown.weather, shown.hooks
        self.token, self._key = "", str(uuid7())
        self._say(None)
        self.ready = True
