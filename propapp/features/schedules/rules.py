"""From a schedule to dated instants; pure, so that every zone, night and calendar can be tried."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from propapp.core.errors import RuleNeverEnds, RuleNeverHappens, WindowImpossible
from propapp.features.schedules.chance import DAY, GRAIN
from propapp.features.schedules.models import Occurrence, TaskSchedule
from propapp.features.schedules.recurrence import falling, parse
from propapp.features.schedules.workdays import Calendar

# Whoever plans further than this has forgotten to say when it ends.
LONGEST = timedelta(days=3653)


@dataclass(frozen=True)
class DatedWindow:
    """A window on a certain day, as instants."""

    day: date
    opens_at: datetime
    closes_at: datetime
    # The opening as occurrences' ids derive from it.
    name: str


@lru_cache(maxsize=65536)
def dated(day: date, *, opens: int, minutes: int, zone: str) -> DatedWindow:
    """The window that opens so many local minutes after this day's midnight."""
    start = datetime.combine(day, time()) + timedelta(minutes=opens)
    opens_at = _instant(start, zone)
    closes_at = _instant(start + timedelta(minutes=minutes), zone)
    if closes_at <= opens_at:
        # It opens in the hour that the clocks skip: then its length counts, not the wall clock.
        closes_at = opens_at + timedelta(minutes=minutes)
    return DatedWindow(day, opens_at, closes_at, name=opens_at.isoformat())


def local_day(instant: datetime, zone: str) -> date:
    """The day it is at the site."""
    return instant.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """The instant at which a day begins at the site."""
    return _instant(datetime.combine(day, time()), zone)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)


def _instant(wall_clock: datetime, zone: str) -> datetime:
    return wall_clock.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class Opening(NamedTuple):
    """A window of a schedule on a day, in local minutes after that day's midnight."""

    day: date
    opens: int
    minutes: int
    grace: int
    provisional: bool = False


def openings(
    schedule: TaskSchedule, calendar: Calendar, first: date, last: date
) -> Iterator[Opening]:
    """All windows of the schedule on the days from the first to the last."""
    begin, end = max(first, schedule.starts), min(last, schedule.ends)
    if begin > end:
        return
    for one in falling(schedule.rrule, schedule.starts, begin, end):
        if in_season(schedule.season, one.day) and calendar.keeps(schedule.day_rule, one.day):
            provisional = not calendar.is_announced(one.day)
            for hour in one.hours:
                for window in schedule.windows:
                    opens, minutes = hour * 60 + window["opens"], window["minutes"]
                    yield Opening(one.day, opens, minutes, window["grace"], provisional)


def in_season(season: Mapping[str, str] | None, day: date) -> bool:
    """Whether the day lies in the season; one that begins after it ends passes the new year."""
    if not season:
        return True
    first, last, now = season["from"], season["to"], f"{day:%m-%d}"
    return first <= now <= last if first <= last else now >= first or now <= last


def refuse_impossible(schedule: TaskSchedule, calendar: Calendar) -> None:
    """Refuse a rule that cannot be read, has no end or never happens, and impossible windows."""
    rule = parse(schedule.rrule)
    if schedule.ends - schedule.starts > LONGEST:
        raise RuleNeverEnds(years=LONGEST.days // 365)
    _refuse_windows(schedule.windows, hourly=rule.freq.value == "HOURLY")
    if next(openings(schedule, calendar, schedule.starts, schedule.ends), None) is None:
        raise RuleNeverHappens(first=schedule.starts.isoformat(), last=schedule.ends.isoformat())


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


class OccurrenceState(StrEnum):
    """What a round is, seen from now."""

    DUE = "due"
    OPEN = "open"
    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    MISSED = "missed"


def state_of(
    occurrence: Occurrence, *, now: datetime, begun: bool = False, finished: bool = False
) -> OccurrenceState:
    """What the round is now; ``begun`` and ``finished`` speak of runs that began in its window."""
    if finished:
        return OccurrenceState.DONE
    if begun:
        late = now > occurrence.last_call
        return OccurrenceState.LATE if late else OccurrenceState.RUNNING
    if occurrence.missed_at is not None or now > occurrence.last_call:
        return OccurrenceState.MISSED
    if now > occurrence.closes_at:
        return OccurrenceState.LATE
    return OccurrenceState.OPEN if now >= occurrence.opens_at else OccurrenceState.DUE
