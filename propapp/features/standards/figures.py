"""How often and how much: the figures of a clause, and which of two demands asks for more; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from propapp.core.errors import InvalidInput

_OFTEN = re.compile(r"([0-9]{1,3})/(?:([0-9]{1,3}) )?([a-z_]+)")
_LIMIT = re.compile(r"([a-z_]+) (<=|>=) ([0-9]{1,9}(?:\.[0-9]{1,3})?) (\S{1,16})")


class Unit(StrEnum):
    """What a frequency counts in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_PER_YEAR = {
    Unit.HOUR: Fraction(365 * 24),
    Unit.DAY: Fraction(365),
    Unit.WEEK: Fraction(365, 7),
    Unit.MONTH: Fraction(12),
    Unit.QUARTER: Fraction(4),
    Unit.HALF_YEAR: Fraction(2),
    Unit.YEAR: Fraction(1),
}
# Spans that compare with each other, in minutes; a month is counted as 30 days.
_MINUTES = {"min": 1, "h": 60, "day": 1440, "week": 10_080, "month": 43_200, "year": 525_600}


@dataclass(frozen=True)
class Frequency:
    """So many times in every ``span`` units."""

    times: int
    span: int
    unit: Unit

    @property
    def per_year(self) -> Fraction:
        """How often in a year of 365 days."""
        return self.times * _PER_YEAR[self.unit] / self.span

    def __str__(self) -> str:
        return f"{self.times}/{f'{self.span} ' if self.span > 1 else ''}{self.unit.value}"


@dataclass(frozen=True)
class Limit:
    """A measure that is at most, or at least, some value."""

    measure: str
    at_most: bool
    value: Fraction
    unit: str

    @property
    def amount(self) -> Fraction:
        """The value in the smallest unit that its kind has."""
        return self.value * _MINUTES.get(self.unit, 1)

    @property
    def kind(self) -> tuple[str, bool, str]:
        """What two limits must share to be compared."""
        return self.measure, self.at_most, "time" if self.unit in _MINUTES else self.unit

    def __str__(self) -> str:
        value = f"{float(self.value):g}"
        return f"{self.measure} {'<=' if self.at_most else '>='} {value} {self.unit}"


@dataclass(frozen=True)
class Demand:
    """What is asked: a frequency, limits, both, or words alone."""

    often: Frequency | None = None
    limits: tuple[Limit, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it has any figure at all."""
        return self.often is not None or bool(self.limits)


def read_often(text: str) -> Frequency | None:
    """``2/day``, ``1/15 day``; nothing is none. ``InvalidInput`` names ``often``."""
    if not text:
        return None
    found = _OFTEN.fullmatch(text)
    if not found or found[3] not in set(Unit) or not int(found[1]) or not int(found[2] or 1):
        raise InvalidInput(field="often")
    return Frequency(int(found[1]), int(found[2] or 1), Unit(found[3]))


def read_limit(text: str) -> Limit:
    """``response <= 30 min``; ``InvalidInput`` names ``limits``."""
    found = _LIMIT.fullmatch(text)
    if not found:
        raise InvalidInput(field="limits")
    return Limit(found[1], found[2] == "<=", Fraction(found[3]), found[4])


def read(often: str, limits: Iterable[str] = ()) -> Demand:
    """The demand in figures; one measure is limited in one direction once."""
    read_limits = tuple(map(read_limit, limits))
    if len({one.kind for one in read_limits}) < len(read_limits):
        raise InvalidInput(field="limits")
    return Demand(read_often(often), read_limits)


def loosened(floor: Demand, wanted: Demand) -> str:
    """The field in which ``wanted`` asks for less than ``floor`` does; empty where in none."""
    if floor.often and (not wanted.often or wanted.often.per_year < floor.often.per_year):
        return "often"
    held = {limit.kind: limit for limit in wanted.limits}
    for limit in floor.limits:
        other = held.get(limit.kind)
        if other is None or _stricter(limit, other) is not other:
            return "limits"
    return ""


def strictest(demands: Sequence[Demand]) -> Demand:
    """The one demand that satisfies them all."""
    often = [one.often for one in demands if one.often]
    limits: dict[tuple[str, bool, str], Limit] = {}
    for limit in (limit for one in demands for limit in one.limits):
        known = limits.get(limit.kind)
        limits[limit.kind] = _stricter(known, limit) if known else limit
    return Demand(
        max(often, key=lambda one: one.per_year, default=None),
        tuple(limits[kind] for kind in sorted(limits)),
    )


def _stricter(first: Limit, second: Limit) -> Limit:
    """The stricter of two limits of a kind; the second where they ask the same."""
    if first.amount == second.amount:
        return second
    return second if (second.amount < first.amount) is second.at_most else first
