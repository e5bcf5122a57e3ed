"""When something is done: a rule for days, windows within a day, and what narrows both; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from propapp.core.dates.chance import DAY, GRAIN, Coverage
from propapp.core.dates.recurrence import Falling, falling, parse
from propapp.core.dates.workdays import Calendar, DayRule
from propapp.core.errors import InvalidInput, RuleNeverEnds, RuleNeverHappens, WindowImpossible

# Whoever plans further than this has forgotten to say when it ends.
LONGEST = timedelta(days=3653)


class Trigger(StrEnum):
    """What begins it."""

    CALENDAR = "calendar"
    RANDOM = "random"
    RAIN = "weather:rain"
    STORM = "weather:storm"
    TYPHOON = "weather:typhoon"
    HEAT = "weather:heat"
    FROST = "weather:frost"
    SNOW = "weather:snow"

    @property
    def is_weather(self) -> bool:
        """Whether somebody has to say that it is so."""
        return self.value.startswith("weather:")


class Timetable(Protocol):
    """What a schedule and a task of a plan have in common."""

    rrule: str
    windows: list[dict[str, int]]
    day_rule: DayRule
    season: dict[str, str] | None
    starts: date
    ends: date


class Chanced(Timetable, Protocol):
    """A timetable whose rounds may fall by chance."""

    trigger: Trigger
    random: dict[str, int] | None


class Opening(NamedTuple):
    """A window of a schedule on a day, in local minutes after that day's midnight."""

    day: date
    opens: int
    minutes: int
    grace: int
    provisional: bool = False


def days_of(times: Timetable, calendar: Calendar, first: date, last: date) -> Iterator[Falling]:
    """The days from the first to the last that the rule, the season and the calendar leave."""
    begin, end = max(first, times.starts), min(last, times.ends)
    if begin > end:
        return
    for one in falling(times.rrule, times.starts, begin, end):
        if in_season(times.season, one.day) and calendar.keeps(times.day_rule, one.day):
            yield one


def openings(times: Timetable, calendar: Calendar, first: date, last: date) -> Iterator[Opening]:
    """All windows on the days from the first to the last."""
    for one in days_of(times, calendar, first, last):
        provisional = not calendar.is_announced(one.day)
        for hour in one.hours:
            for window in times.windows:
                opens, minutes = hour * 60 + window["opens"], window["minutes"]
                yield Opening(one.day, opens, minutes, window["grace"], provisional)


def in_season(season: Mapping[str, str] | None, day: date) -> bool:
    """Whether the day lies in the season; one that begins after it ends passes the new year."""
    if not season:
        return True
    first, last, now = season["from"], season["to"], f"{day:%m-%d}"
    return first <= now <= last if first <= last else now >= first or now <= last


def refuse_impossible(times: Timetable, calendar: Calendar) -> None:
    """Refuse a rule that cannot be read, has no end or never happens, and impossible windows."""
    rule = parse(times.rrule)
    _refuse_endless(times)
    _refuse_windows(times.windows, hourly=rule.freq.value == "HOURLY")
    _refuse_never(times, calendar)


def refuse_rule(times: Timetable, calendar: Calendar) -> None:
    """As ``refuse_impossible``, for what has days but no windows."""
    parse(times.rrule)
    _refuse_endless(times)
    _refuse_never(times, calendar)


def leave_to_chance(times: Chanced) -> None:
    """Give what falls by chance the time in which it may fall as its window.

    ``InvalidInput`` where the coverage is missing or belongs to nothing, ``CoverageImpossible``
    where it leaves nothing to chance. The days are a rule like any other.
    """
    if (times.trigger is Trigger.RANDOM) is (times.random is None):
        raise InvalidInput(field="coverage")
    if times.random is None:
        return
    coverage = Coverage(**times.random)
    coverage.refuse_impossible()
    span = {"opens": coverage.begins, "minutes": coverage.ends - coverage.begins, "grace": 0}
    times.windows = [span]


def _refuse_never(times: Timetable, calendar: Calendar) -> None:
    if next(days_of(times, calendar, times.starts, times.ends), None) is None:
        raise RuleNeverHappens(first=times.starts.isoformat(), last=times.ends.isoformat())


def _refuse_endless(times: Timetable) -> None:
    if times.ends - times.starts > LONGEST:
        raise RuleNeverEnds(years=LONGEST.days // 365)


def last_day(rrule: str, starts: date, ends: date | None) -> date:
    """The day after which nothing happens any more; refused where nobody has said which."""
    if ends is not None:
        return ends
    rule = parse(rrule)
    if rule.until is not None:
        return rule.until
    fallen = falling(rrule, starts, starts, starts + LONGEST) if rule.count else ()
    if not fallen:
        raise RuleNeverEnds(years=LONGEST.days // 365)
    return fallen[-1].day


def _refuse_windows(windows: Collection[Mapping[str, int]], *, hourly: bool) -> None:
    span = 60 if hourly else DAY
    for window in windows:
        numbers = (window["opens"], window["minutes"], window["grace"])
        fits = 0 <= window["opens"] < span and GRAIN <= window["minutes"] <= DAY
        on_grain = all(number % GRAIN == 0 for number in numbers)
        if not fits or not on_grain or not 0 <= window["grace"] <= DAY:
            raise WindowImpossible(grain=GRAIN)
    if not windows or len({window["opens"] for window in windows}) < len(windows):
        raise WindowImpossible(grain=GRAIN)
