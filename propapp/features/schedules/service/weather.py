"""Weather makes rounds: announced by hand or by a service with a token of its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from propapp.core.access import Permission
from propapp.core.dates import timetable
from propapp.core.dates.chance import GRAIN
from propapp.core.db.insert import insert_missing
from propapp.core.errors import AlreadyThere, InvalidInput, NotFound, SignInNeeded
from propapp.core.guards import needs_free, needs_new
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.schedules import repository, rules
from propapp.features.schedules.commands import AnnounceWeather, MakeHook, RevokeHook
from propapp.features.schedules.horizon import occurrence_at
from propapp.features.schedules.models import (
    Occurrence,
    TaskSchedule,
    WeatherEvent,
    WeatherHook,
)
from propapp.features.schedules.repository import HookRepository
from propapp.features.sites.models import Site

# What is older than this is yesterday's weather, and what lies further ahead is a forecast.
_AGE = timedelta(hours=12)


@use_case("weather.announce", Permission.SCHEDULE_WRITE)
def announce(uow: UnitOfWork, command: AnnounceWeather) -> WeatherEvent:
    """Begin the rounds that this weather asks for; saying it again begins nothing again."""
    uow.allow_in(command.site_id)
    return _announce(uow, command, None)


@internal
def announce_by_hook(uow: UnitOfWork, token: str, command: AnnounceWeather) -> WeatherEvent:
    """As ``announce``, for whoever holds a token of the site; no other site exists for them."""
    hook = repository.hook_of(uow.session, _hash(token))
    if hook is None or hook.revoked_at is not None:
        raise SignInNeeded
    if hook.site_id != command.site_id:
        raise NotFound(kind="site")
    hook.used_at = uow.now
    uow.session.add(hook)
    return _announce(uow, command, hook.id)


@internal
def site_of_hook(uow: UnitOfWork, token: str) -> UUID:
    """The site that the token speaks for."""
    hook = repository.hook_of(uow.session, _hash(token))
    if hook is None or hook.revoked_at is not None:
        raise SignInNeeded
    return hook.site_id


def _announce(uow: UnitOfWork, command: AnnounceWeather, hook_id: UUID | None) -> WeatherEvent:
    at = command.happened_at or uow.now
    if not command.weather.is_weather:
        raise InvalidInput(field="weather")
    known = repository.weather_event(uow.session, command.site_id, command.key)
    if known is not None:
        return _same(known, command)
    if abs(uow.now - at) > _AGE:
        raise InvalidInput(field="happened_at")
    event = WeatherEvent(
        site_id=command.site_id,
        key=command.key,
        trigger=command.weather,
        at=at,
        text=command.text,
        hook_id=hook_id,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(event)
    except IntegrityError:
        found = repository.weather_event(uow.session, command.site_id, command.key)
        return _same(found, command) if found else event
    _begin(uow, event)
    return event


def _same(known: WeatherEvent, command: AnnounceWeather) -> WeatherEvent:
    if known.trigger is not command.weather:
        raise AlreadyThere(kind="weather")
    return known


def _begin(uow: UnitOfWork, event: WeatherEvent) -> None:
    site = uow.session.get_one(Site, event.site_id)
    waiting = repository.waiting_for(uow.session, event.site_id, event.trigger)
    rounds = _rounds(uow, site, waiting)
    insert_missing(uow.session, rounds)
    event.rounds = len(rounds)
    uow.session.add(event)
    record(
        uow,
        "weather.announced",
        site_id=event.site_id,
        thing_kind="weather",
        thing_id=event.id,
        weather=event.trigger.value,
        text=event.text,
        rounds=event.rounds,
        by_hook=event.hook_id is not None,
    )


def _rounds(uow: UnitOfWork, site: Site, waiting: Sequence[TaskSchedule]) -> list[Occurrence]:
    """From now on, to the next step of the grain; ``opens`` says how long after the word."""
    local = uow.now.astimezone(ZoneInfo(site.zone))
    calendar = repository.calendar(uow.session)
    day = local.date()
    begin = _on_grain(uow.now)
    found: list[Occurrence] = []
    for schedule in waiting:
        if not (
            schedule.starts <= day <= schedule.ends
            and timetable.in_season(schedule.season, day)
            and calendar.keeps(schedule.day_rule, day)
        ):
            continue
        for window in schedule.windows:
            opens_at = begin + timedelta(minutes=window["opens"])
            closes_at = opens_at + timedelta(minutes=window["minutes"])
            found.append(
                occurrence_at(
                    schedule,
                    day=rules.local_day(opens_at, site.zone),
                    opens_at=opens_at,
                    closes_at=closes_at,
                    grace=window["grace"],
                )
            )
    return found


def _on_grain(instant: datetime) -> datetime:
    """The last five-minute step: a round that is due now is open now."""
    return instant.replace(minute=instant.minute - instant.minute % GRAIN, second=0, microsecond=0)


@use_case("weather_hook.make", Permission.SCHEDULE_WRITE)
def make_hook(uow: UnitOfWork, command: MakeHook) -> tuple[WeatherHook, str]:
    """A token for a weather service; it is told this once and kept as a hash.

    Two of one name could not be told apart when one of them is to be revoked.
    """
    uow.allow_in(command.site_id)
    needs_new(uow.session, WeatherHook, command.hook_id, "weather_hook")
    hooks = HookRepository(uow).at(command.site_id)
    named = next((hook for hook in hooks if hook.name == command.label), None)
    needs_free(command.label, named, command.hook_id)
    token = secrets.token_urlsafe(32)
    hook = WeatherHook(
        id=command.hook_id,
        site_id=command.site_id,
        name=command.label,
        token_sha256=_hash(token),
        made_at=uow.now,
    )
    uow.session.add(hook)
    uow.session.flush()
    _tell(uow, hook, "made")
    return hook, token


@use_case("weather_hook.revoke", Permission.SCHEDULE_WRITE)
def revoke_hook(uow: UnitOfWork, command: RevokeHook) -> WeatherHook:
    """Its token opens nothing from now on."""
    hook = HookRepository(uow).get(command.hook_id)
    hook.revoked_at = hook.revoked_at or uow.now
    uow.session.add(hook)
    _tell(uow, hook, "revoked")
    return hook


def _tell(uow: UnitOfWork, hook: WeatherHook, past: str) -> None:
    record(
        uow,
        f"weather_hook.{past}",
        site_id=hook.site_id,
        thing_kind="weather_hook",
        thing_id=hook.id,
        name=hook.name,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
