"""Where a goal stands, and the stretch of time it speaks of; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from propapp.core.errors import InvalidInput
from propapp.features.goals.measures import Measure, Tally, Unit
from propapp.features.goals.models import Comparison
from propapp.features.schedules.rules import start_of

# A goal speaks of a year at most; one that begins within a month touches thirteen of them.
LONGEST = timedelta(days=366)
# So near to its target, of the target itself, a figure is not lost yet.
_NEAR = Fraction(5, 100)


class Standing(StrEnum):
    """How a goal stands today."""

    ON_TARGET = "on_target"
    NEAR = "near"
    OFF = "off"
    TOO_FEW = "too_few"
    NO_SOURCE = "no_source"
    COMING = "coming"


@dataclass(frozen=True)
class Period:
    """The days of a goal as instants at its site; ``cuts`` begin and end its months."""

    first: date
    last: date
    zone: str

    @property
    def months(self) -> list[date]:
        """The first day that counts of each month."""
        found, day = list[date](), self.first
        while day <= self.last:
            found.append(day)
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return found

    @property
    def cuts(self) -> list[datetime]:
        """The instants between the months, the first and the last included."""
        days = [*self.months, self.last + timedelta(days=1)]
        return [start_of(day, self.zone) for day in days]


def refuse_impossible(*, starts: date, ends: date, target: float, measure: Measure) -> None:
    """Refuse what can never be true, and name the field."""
    if ends < starts or ends - starts > LONGEST:
        raise InvalidInput(field="ends")
    if target > measure.top and measure.unit is not Unit.COUNT:
        raise InvalidInput(field="target")


def reaches(figure: Fraction, comparison: Comparison, target: float) -> bool:
    """Whether the figure is on the good side of its target; exactly on it is."""
    wanted = Fraction(str(target))
    return figure >= wanted if comparison is Comparison.AT_LEAST else figure <= wanted


def standing(
    measure: Measure, tally: Tally, comparison: Comparison, target: float, *, begun: bool
) -> Standing:
    """What the figure says of the goal; where there is none, why."""
    if not measure.counted:
        return Standing.NO_SOURCE
    if not begun:
        return Standing.COMING
    figure = measure.figure(tally)
    if figure is None:
        return Standing.TOO_FEW
    if reaches(figure, comparison, target):
        return Standing.ON_TARGET
    wanted = Fraction(str(target))
    return Standing.NEAR if abs(figure - wanted) <= wanted * _NEAR else Standing.OFF


def said(figure: Fraction | None) -> str:
    """The figure in at most two decimals, rounded down, so that a hundred means all."""
    if figure is None:
        return ""
    cut = int(figure * 100)
    return f"{cut // 100}.{cut % 100:02}".rstrip("0").rstrip(".")
