"""Recurrence rules of RFC 5545, asked of one day: whether the rule falls on it.

Asked day by day, a rule that never happens costs a few thousand looks and no more; dateutil, which
judges this module in the tests, would look for it until the year 9999.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from propapp.core.errors import RuleUnreadable

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOURS = range(24)


class Freq(StrEnum):
    """How often; what is finer than an hour is a matter of windows."""

    HOURLY = "HOURLY"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True)
class ByDay:
    """A weekday, Monday is 0; ``nth`` counts within the month or year, from its end below zero."""

    weekday: int
    nth: int = 0


@dataclass(frozen=True)
class Recurrence:
    """A rule that was read."""

    freq: Freq
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[ByDay, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def ends_by_itself(self) -> bool:
        """Whether it stops without being told a last day."""
        return self.count is not None or self.until is not None


def parse(text: str) -> Recurrence:
    """The rule, or ``RuleUnreadable`` naming the part that cannot be read."""
    parts = _parts(text)
    try:
        freq = Freq(parts.pop("FREQ", ""))
    except ValueError:
        raise RuleUnreadable(part="FREQ") from None
    values = {_FIELDS[name]: _read(name, value) for name, value in parts.items()}
    rule = Recurrence(freq, **values)  # type: ignore[arg-type]
    _refuse_nonsense(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.strip().removeprefix("RRULE:").upper().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not (equals and value) or name in found or (name not in _FIELDS and name != "FREQ"):
            raise RuleUnreadable(part=part[:60])
        found[name] = value
    return found


_FIELDS: Mapping[str, str] = {
    "INTERVAL": "interval",
    "COUNT": "count",
    "UNTIL": "until",
    "BYMONTH": "by_month",
    "BYMONTHDAY": "by_month_day",
    "BYDAY": "by_day",
    "BYSETPOS": "by_set_pos",
    "BYHOUR": "by_hour",
    "WKST": "week_start",
}
# The least and the most of each number; where the least is below zero, zero itself means nothing.
_LIMITS: Mapping[str, tuple[int, int]] = {
    "INTERVAL": (1, 1000),
    "COUNT": (1, 100_000),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
}


def _read(name: str, value: str) -> object:
    try:
        if name == "UNTIL":
            # The day at the site counts; a time of that day changes nothing of what falls on it.
            return date.fromisoformat(value[:8])
        if name == "WKST":
            return WEEKDAYS.index(value)
        if name == "BYDAY":
            return tuple(_by_day(one) for one in value.split(","))
        numbers = tuple(sorted({_number(name, one) for one in value.split(",")}))
        if name in {"INTERVAL", "COUNT"}:
            (number,) = numbers
            return number
    except ValueError:
        raise RuleUnreadable(part=f"{name}={value}"[:60]) from None
    return numbers


def _by_day(text: str) -> ByDay:
    nth = text[:-2]
    return ByDay(WEEKDAYS.index(text[-2:]), _in_limits(int(nth), -53, 53) if nth else 0)


def _number(name: str, text: str) -> int:
    return _in_limits(int(text), *_LIMITS[name])


def _in_limits(number: int, least: int, most: int) -> int:
    if not least <= number <= most or (least < 0 and number == 0):
        raise ValueError(number)
    return number


def _refuse_nonsense(rule: Recurrence) -> None:
    wide = rule.freq in {Freq.MONTHLY, Freq.YEARLY}
    if any(one.nth for one in rule.by_day) and not wide:
        raise RuleUnreadable(part="BYDAY")
    if rule.by_set_pos and not wide:
        raise RuleUnreadable(part="BYSETPOS")
    if rule.by_month_day and rule.freq is Freq.WEEKLY:
        raise RuleUnreadable(part="BYMONTHDAY")
    if rule.by_hour and rule.freq is not Freq.HOURLY:
        raise RuleUnreadable(part="BYHOUR")
    if rule.count is not None and rule.until is not None:
        raise RuleUnreadable(part="COUNT")


@dataclass(frozen=True)
class Falling:
    """A day the rule falls on; ``hours`` are those of an hourly rule, else midnight alone."""

    day: date
    hours: tuple[int, ...] = (0,)


@lru_cache(maxsize=512)
def falling(text: str, starts: date, first: date, last: date) -> tuple[Falling, ...]:
    """The days from the first to the last on which the rule falls, counted from its start."""
    return tuple(_falling(parse(text), starts, first, last))


def _falling(rule: Recurrence, starts: date, first: date, last: date) -> Iterator[Falling]:
    last = min(last, rule.until) if rule.until else last
    # Whoever counts must begin where the counting begins; all others may begin late.
    day = starts if rule.count is not None else max(starts, first)
    left = rule.count
    while day <= last and left != 0:
        hours = _hours(rule, starts, day) if _is_on(rule, starts, day) else ()
        if left is not None:
            hours = hours[:left]
            left -= len(hours)
        if hours and day >= first:
            yield Falling(day, hours)
        day += timedelta(days=1)


def _hours(rule: Recurrence, starts: date, day: date) -> tuple[int, ...]:
    if rule.freq is not Freq.HOURLY:
        return (0,)
    passed = (day - starts).days * 24
    wanted = rule.by_hour or _HOURS
    return tuple(hour for hour in wanted if (passed + hour) % rule.interval == 0)


def _is_on(rule: Recurrence, starts: date, day: date) -> bool:
    if not _is_in_step(rule, starts, day) or not _matches(rule, starts, day):
        return False
    return not rule.by_set_pos or _has_position(rule, starts, day)


def _is_in_step(rule: Recurrence, starts: date, day: date) -> bool:
    """Whether the interval reaches the day's own day, week, month or year."""
    if rule.freq is Freq.HOURLY:
        return True
    if rule.freq is Freq.DAILY:
        passed = (day - starts).days
    elif rule.freq is Freq.WEEKLY:
        passed = (_week(day, rule.week_start) - _week(starts, rule.week_start)).days // 7
    elif rule.freq is Freq.MONTHLY:
        passed = (day.year - starts.year) * 12 + day.month - starts.month
    else:
        passed = day.year - starts.year
    return passed % rule.interval == 0


def _week(day: date, week_start: int) -> date:
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def _matches(rule: Recurrence, starts: date, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and not _is_month_day(rule.by_month_day, day):
        return False
    if rule.by_day:
        return any(_is_by_day(rule, one, day) for one in rule.by_day)
    return bool(rule.by_month_day) or _is_like_the_start(rule, starts, day)


def _is_like_the_start(rule: Recurrence, starts: date, day: date) -> bool:
    """Where a rule names no day, it means the day it began on."""
    if rule.freq is Freq.WEEKLY:
        return day.weekday() == starts.weekday()
    if rule.freq is Freq.MONTHLY:
        return day.day == starts.day
    if rule.freq is Freq.YEARLY:
        return day.day == starts.day and (bool(rule.by_month) or day.month == starts.month)
    return True


def _is_month_day(wanted: tuple[int, ...], day: date) -> bool:
    from_end = day.day - days_in_month(day) - 1
    return day.day in wanted or from_end in wanted


def days_in_month(day: date) -> int:
    """How many days the month of this day has."""
    following = day.replace(day=28) + timedelta(days=4)
    return (following - timedelta(days=following.day)).day


def _is_by_day(rule: Recurrence, wanted: ByDay, day: date) -> bool:
    if day.weekday() != wanted.weekday:
        return False
    if not wanted.nth:
        return True
    first, last = _stretch(rule, day)
    if wanted.nth > 0:
        return (day - first).days // 7 + 1 == wanted.nth
    return -((last - day).days // 7) - 1 == wanted.nth


def _stretch(rule: Recurrence, day: date) -> tuple[date, date]:
    """Within what weekdays are counted: the year, or the month where months are spoken of."""
    if rule.freq is Freq.YEARLY and not rule.by_month:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day.replace(day=1), day.replace(day=days_in_month(day))


def _has_position(rule: Recurrence, starts: date, day: date) -> bool:
    if rule.freq is Freq.YEARLY:
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    else:
        first, last = day.replace(day=1), day.replace(day=days_in_month(day))
    whole = [
        one
        for count in range((last - first).days + 1)
        if _matches(rule, starts, one := first + timedelta(days=count))
    ]
    place = whole.index(day)
    return place + 1 in rule.by_set_pos or place - len(whole) in rule.by_set_pos
