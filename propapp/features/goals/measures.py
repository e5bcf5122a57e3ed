"""The measures a goal may have: each a named, versioned formula over what the house knows; pure.

A formula that changes is a new version beside the old one: a goal keeps the version that it was
set under. How each reads in words stands in the catalogue under ``goal.formula.<code>_<version>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from propapp.features.goals.models import Comparison


class Unit(StrEnum):
    """What a figure is counted in."""

    PERCENT = "percent"
    COUNT = "count"
    STARS = "stars"


@dataclass(frozen=True)
class Tally:
    """What was counted: ``part`` above the line, ``whole`` below it."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.part + other.part, self.whole + other.whole)


def total(tallies: Iterable[Tally]) -> Tally:
    """All of it together."""
    return sum(tallies, Tally())


def share(tally: Tally) -> Fraction:
    """Per cent of the cases."""
    return Fraction(100 * tally.part, tally.whole)


def mean(tally: Tally) -> Fraction:
    """The average over the cases."""
    return Fraction(tally.part, tally.whole)


def number(tally: Tally) -> Fraction:
    """The cases themselves."""
    return Fraction(tally.part)


@dataclass(frozen=True)
class Measure:
    """One formula. ``least`` is how many cases make a figure; ``top`` ends its scale."""

    code: str
    version: int
    unit: Unit
    usual: Comparison
    formula: Callable[[Tally], Fraction]
    least: int = 5
    top: int = 100

    def figure(self, tally: Tally) -> Fraction | None:
        """The figure; none where there is too little to go by."""
        if tally.whole < self.least:
            return None
        return self.formula(tally)


_LEAST, _MOST = Comparison.AT_LEAST, Comparison.AT_MOST
_ALL = (
    Measure("rounds_complete", 1, Unit.PERCENT, _LEAST, share),
    Measure("rounds_on_time", 1, Unit.PERCENT, _LEAST, share),
    Measure("answered_in_a_day", 1, Unit.PERCENT, _LEAST, share),
    Measure("complaints_answered", 1, Unit.PERCENT, _LEAST, share),
    Measure("owners_satisfied", 1, Unit.PERCENT, _LEAST, share),
    Measure("stars", 1, Unit.STARS, _LEAST, mean, top=5),
    Measure("orders_in_time", 1, Unit.PERCENT, _LEAST, share),
    Measure("looks_passed", 1, Unit.PERCENT, _LEAST, share),
    Measure("visits_proven", 1, Unit.PERCENT, _LEAST, share),
    Measure("urgent_safety", 1, Unit.COUNT, _MOST, number, least=1, top=10),
    # None is a figure, and the best one.
    Measure("accidents", 1, Unit.COUNT, _MOST, number, least=0, top=10),
)
MEASURES: Mapping[tuple[str, int], Measure] = {(one.code, one.version): one for one in _ALL}
NEWEST: Mapping[str, Measure] = {
    one.code: one for one in sorted(_ALL, key=lambda one: (_ALL.index(one), one.version))
}
