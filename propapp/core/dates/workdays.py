"""The working calendar of China: public holidays, rest days, and weekends that are worked.

Each year's exchanges of days are announced late in the year before. Until then weekends are all
that is known, and every day of that year says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is to those who work by the calendar."""

    WORKDAY = "workday"
    MAKE_UP_WORKDAY = "make_up_workday"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"

    @property
    def is_worked(self) -> bool:
        """Whether the office is open."""
        return self in {DayKind.WORKDAY, DayKind.MAKE_UP_WORKDAY}


class DayRule(StrEnum):
    """Which days a schedule keeps of those its rule falls on."""

    EVERY = "every"
    WORKDAYS = "workdays"
    REST_DAYS = "rest_days"


class Festival(StrEnum):
    """The festivals around which days are exchanged."""

    NEW_YEAR = "new_year"
    SPRING = "spring"
    QINGMING = "qingming"
    LABOUR = "labour"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL = "national"


# How the library calls them.
_CALLED = {
    "New Year's Day": Festival.NEW_YEAR,
    "Chinese New Year": Festival.SPRING,
    "Tomb-Sweeping Day": Festival.QINGMING,
    "Labor Day": Festival.LABOUR,
    "Dragon Boat Festival": Festival.DRAGON_BOAT,
    "Mid-Autumn Festival": Festival.MID_AUTUMN,
    "National Day": Festival.NATIONAL,
}


def festival(day: date) -> str:
    """The festival that the law puts on this day, "" where there is none."""
    return _festivals(day.year).get(day, "")


@lru_cache(maxsize=64)
def _festivals(year: int) -> Mapping[date, str]:
    from holidays import CN

    return {
        day: own.value
        for day, name in CN(years=year, language="en_US").items()
        for called, own in _CALLED.items()
        if name.startswith(called)
    }


@dataclass(frozen=True)
class Calendar:
    """The announced calendar, with what the company knows better."""

    overrides: Mapping[date, DayKind] = field(default_factory=dict[date, DayKind])
    years: Collection[int] = frozenset()

    def kind(self, day: date) -> DayKind:
        """What this day is."""
        known = self.overrides.get(day)
        if known is not None:
            return known
        year = _announced(day.year)
        if day in year.worked:
            return DayKind.MAKE_UP_WORKDAY
        if day in year.free:
            return DayKind.HOLIDAY
        return DayKind.REST_DAY if day.weekday() >= _SATURDAY else DayKind.WORKDAY

    def is_announced(self, day: date) -> bool:
        """Whether the exchanges of days in its year are known; else its kind may still change."""
        return day in self.overrides or day.year in self.years or _announced(day.year).known

    def keeps(self, rule: DayRule, day: date) -> bool:
        """Whether a schedule with this rule is due on the day."""
        return rule is DayRule.EVERY or self.kind(day).is_worked is (rule is DayRule.WORKDAYS)

    def edition(self, first: date, last: date) -> str:
        """A name for what is known of these years; it changes when any day of them does."""
        own = sorted((day.isoformat(), kind.value) for day, kind in self.overrides.items())
        years = range(first.year, last.year + 1)
        known = [
            (year, year in self.years, _announced(year).known, sorted(_announced(year).days()))
            for year in years
        ]
        return hashlib.sha256(repr((own, known)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Year:
    free: frozenset[date]
    worked: frozenset[date]
    known: bool

    def days(self) -> list[str]:
        return [*(f"-{day}" for day in self.free), *(f"+{day}" for day in self.worked)]


@lru_cache(maxsize=64)
def _announced(year: int) -> _Year:
    # Imported at the first question: it brings the calendars of every country.
    from holidays import CN
    from holidays.countries.china import ChinaStaticHolidays

    holidays: Any = ChinaStaticHolidays
    known = year in holidays.special_public_holidays
    # A year's notice may name working days of the December before it.
    said = CN(years=(year, year + 1))
    free = frozenset(day for day in said if day.year == year)
    worked = frozenset(day for day in said.weekend_workdays if day.year == year)
    return _Year(free, worked if known else frozenset(), known)
