"""Routes as a phone keeps them, and schedules as a supervisor reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from propapp.core.dates.recurrence import Freq, Recurrence, parse
from propapp.core.dates.timetable import Chanced
from propapp.core.dates.workdays import DayRule
from propapp.features.schedules.challenges import draws_for
from propapp.features.schedules.models import (
    Occurrence,
    RoundSeed,
    Route,
    RoutePoint,
    TaskSchedule,
    Trigger,
)
from propapp.features.sites.models import Challenge


@dataclass(frozen=True)
class PointView:
    """The n-th stop."""

    id: UUID
    position: int
    checkpoint_id: UUID
    template_id: UUID
    not_before: int


@dataclass(frozen=True)
class RouteView:
    """A route with its stops in order."""

    id: UUID
    site_id: UUID
    name: str
    name_en: str
    points: list[PointView]


@dataclass(frozen=True)
class ChallengeDayView:
    """The challenges that a day's seed draws from, each checkpoint's in the order committed to."""

    id: UUID
    commitment: str
    one_in: int
    pool: dict[str, list[str]]


def challenge_days(
    seeds: Mapping[UUID, RoundSeed], occurrences: Iterable[Occurrence], reached: Collection[UUID]
) -> list[ChallengeDayView]:
    """The days that these rounds draw from, with those of the checkpoints that are reached."""
    found = {
        seed.id: _challenge_day(seed, seed.challenges, {str(one) for one in reached})
        for one in occurrences
        if (seed := seeds.get(one.id)) and seed.challenges and draws_for(seed, one)
    }
    return list(found.values())


def _challenge_day(
    seed: RoundSeed, drawn_from: dict[str, Any], reached: Collection[str]
) -> ChallengeDayView:
    pool = {
        point: [one["id"] for one in asked]
        for point, asked in drawn_from["pool"].items()
        if point in reached
    }
    return ChallengeDayView(seed.id, seed.commitment, drawn_from["one_in"], pool)


def challenges_in(
    days: Iterable[ChallengeDayView], challenges: Iterable[Challenge]
) -> list[Challenge]:
    """Those of the challenges that any of these days may draw."""
    named = {one for day in days for asked in day.pool.values() for one in asked}
    return [one for one in challenges if str(one.id) in named]


def route_view(route: Route, points: Iterable[RoutePoint]) -> RouteView:
    """The route with those of the points that are its own."""
    own = [
        PointView(
            point.id, point.position, point.checkpoint_id, point.template_id, point.not_before
        )
        for point in points
        if point.route_id == route.id
    ]
    return RouteView(route.id, route.site_id, route.name, route.name_en, own)


@dataclass(frozen=True)
class ScheduleCard:
    """When a route is walked, in parts that the page puts into words.

    ``repeat`` is daily, workdays, rest_days, weekly, monthly, hourly, random, weather or rule.
    """

    id: str = ""
    route: str = ""
    route_en: str = ""
    role: str = ""
    repeat: str = ""
    every: int = 1
    weekdays: list[int] = field(default_factory=list[int])
    month_days: str = ""
    weather: str = ""
    windows: str = ""
    grace: int = 0
    reach: int = 0
    minutes: int = 0
    day_rule: str = "every"
    season_first: str = ""
    season_last: str = ""
    season: str = ""
    starts: str = ""
    ends: str = ""
    rrule: str = ""
    following: list[str] = field(default_factory=list[str])
    provisional: bool = False
    of_plan: bool = False
    active: bool = True


@dataclass(frozen=True)
class RouteChoice:
    """A route that may get a schedule."""

    id: str = ""
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class SeedCard:
    """A day of random rounds: its hash, and its seed once the day is over."""

    day: str = ""
    commitment: str = ""
    seed: str = ""


@dataclass(frozen=True)
class WeatherCard:
    """Weather that was announced, and how many rounds it began."""

    id: str = ""
    weather: str = ""
    at: str = ""
    rounds: int = 0
    by_hook: bool = False


@dataclass(frozen=True)
class HookCard:
    """A weather service that may speak for the site."""

    id: str = ""
    name: str = ""
    used_at: str = ""


def schedule_card(
    schedule: TaskSchedule, route: Route, *, following: list[str], provisional: bool
) -> ScheduleCard:
    """The schedule in parts that can be said."""
    rule = parse(schedule.rrule)
    repeat, every = repeat_of(schedule, rule), rule.interval
    season = schedule.season
    return ScheduleCard(
        id=str(schedule.id),
        route=route.name,
        route_en=route.name_en or route.name,
        role=route.role.value,
        repeat=repeat,
        every=every,
        weekdays=[one.weekday for one in rule.by_day] or [schedule.starts.weekday()],
        month_days=", ".join(map(str, rule.by_month_day or (schedule.starts.day,))),
        weather=schedule.trigger.value.removeprefix("weather:"),
        windows=windows_text(schedule, hourly=repeat == "hourly"),
        grace=schedule.random["grace"] if schedule.random else schedule.windows[0]["grace"],
        reach=schedule.random["every"] if schedule.random else 0,
        minutes=(schedule.random or schedule.windows[0])["minutes"],
        day_rule=schedule.day_rule.value,
        season_first=season["from"] if season else "",
        season_last=season["to"] if season else "",
        season=f"{season['from']} – {season['to']}" if season else "",
        starts=schedule.starts.isoformat(),
        ends=schedule.ends.isoformat(),
        rrule=schedule.rrule,
        following=following,
        provisional=provisional,
        of_plan=schedule.plan_task_id is not None,
        active=schedule.active,
    )


def repeat_of(schedule: Chanced, rule: Recurrence) -> str:
    """The kind of repetition, one of those that a page has words for."""
    if schedule.trigger.is_weather:
        return "weather"
    if schedule.trigger is Trigger.RANDOM:
        return "random"
    if rule.freq is Freq.DAILY and schedule.day_rule is not DayRule.EVERY:
        return schedule.day_rule.value if _is_plain(rule, "interval") else "rule"
    by_freq = {
        Freq.DAILY: ("daily", ()),
        Freq.WEEKLY: ("weekly", ("by_day",)),
        Freq.MONTHLY: ("monthly", ("by_month_day",)),
        Freq.HOURLY: ("hourly", ()),
    }
    word, allowed = by_freq.get(rule.freq, ("rule", ()))
    plain = _is_plain(rule, *allowed) and schedule.day_rule is DayRule.EVERY
    return word if plain else "rule"


def _is_plain(rule: Recurrence, *allowed: str) -> bool:
    """Whether the words say all of the rule."""
    parts = {"by_month", "by_month_day", "by_day", "by_set_pos", "by_hour"} - set(allowed)
    return not any(getattr(rule, part) for part in parts)


class Windowed(Protocol):
    """Whatever has windows in a day."""

    windows: list[dict[str, int]]


def windows_text(schedule: Windowed, *, hourly: bool = False) -> str:
    """The windows as they are written and read: ``08:00-09:00, 22:00-06:00``."""
    if hourly:
        return ", ".join(
            f":{one['opens']:02}-:{(one['opens'] + one['minutes']) % 60:02}"
            for one in schedule.windows
        )
    return ", ".join(
        f"{_clock(one['opens'])}-{_clock(one['opens'] + one['minutes'])}"
        for one in schedule.windows
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
