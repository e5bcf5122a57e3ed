"""Where a goal stands, its stretch of time, and what a letter has to be; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Any
from uuid import UUID

from propapp.core.errors import DaysBackwards, InvalidInput, WeightsNotHundred
from propapp.features.goals.measures import MEASURES, Measure, Tally, Unit
from propapp.features.goals.models import Comparison, Goal, LetterPart
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
    if ends < starts:
        raise DaysBackwards
    if ends - starts > LONGEST:
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


# What is told of a goal that was changed, and what of it a letter says, which does not change.
TOLD = ("name", "name_en", "comparison", "target", "weight", "source", "starts", "ends", "measure")
IN_LETTER = frozenset(TOLD) - {"weight", "source"}
_SIGNS = {Unit.PERCENT: "%", Unit.STARS: "\N{BLACK STAR}", Unit.COUNT: ""}


def told(goal: Goal) -> dict[str, str]:
    """All of a goal that a change of it tells of, as text."""
    return {name: _told(getattr(goal, name)) for name in TOLD}


def _told(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def aim_of(goal: Goal) -> str:
    """What is to be reached, in signs that need no language: ``≥ 90 %``."""
    sign = "≥" if goal.comparison is Comparison.AT_LEAST else "≤"
    unit = _SIGNS[MEASURES[goal.measure, goal.measure_version].unit]
    return f"{sign} {_told(goal.target)} {unit}".strip()


@dataclass(frozen=True)
class Overtaken:
    """What a letter says of its goal and is true no more; ``old_aim`` is empty where that is."""

    fields: tuple[str, ...] = ()
    old_aim: str = ""


def overtaken(changes: Sequence[Mapping[str, Any]], goal: Goal) -> Overtaken:
    """What is other by now than before the first of these changes, given the oldest first.

    What was changed and changed back is as it was.
    """
    was: dict[str, str | None] = {}
    old_aim = ""
    for facts in changes:
        before = facts.get("before", {})
        for name in facts.get("fields", ()):
            # Changes that did not say what was before are taken for changes.
            was.setdefault(name, before.get(name))
        old_aim = old_aim or str(facts.get("old_aim", ""))
    now = told(goal)
    fields = tuple(one for one in TOLD if one in IN_LETTER & was.keys() and was[one] != now[one])
    return Overtaken(fields, old_aim if old_aim != aim_of(goal) else "")


WHOLE = 100


def refuse_weights(weights: Iterable[int]) -> None:
    """Refuse shares that are not all of it and no more."""
    shared = sum(weights)
    if shared != WHOLE:
        raise WeightsNotHundred(sum=shared)


def words_digest(words: str, words_en: str) -> str:
    """What is signed: both languages as they stand on the phone, an empty line between them."""
    return sha256(f"{words}\n\n{words_en}".encode()).hexdigest()


@dataclass(frozen=True)
class PartChange:
    """What is other for a person than in the version before; ``kind`` is added, removed, changed.

    ``weights`` and ``duties`` are before and after where they differ.
    """

    person_id: UUID
    kind: str
    weights: tuple[int, int] | None = None
    duties: tuple[str, str] | None = None


def part_changes(old: Sequence[LetterPart], new: Sequence[LetterPart]) -> list[PartChange]:
    """Person by person; whose share and duty stayed is not told."""
    before: Mapping[UUID, LetterPart] = {one.person_id: one for one in old}
    after = {one.person_id for one in new}
    found = [_part_change(before.get(one.person_id), one) for one in new]
    gone = [PartChange(one.person_id, "removed") for one in old if one.person_id not in after]
    return [one for one in found if one] + gone


def _part_change(old: LetterPart | None, new: LetterPart) -> PartChange | None:
    if old is None:
        return PartChange(new.person_id, "added")
    weights = (old.weight, new.weight) if old.weight != new.weight else None
    duties = (old.duty, new.duty) if old.duty != new.duty else None
    return PartChange(new.person_id, "changed", weights, duties) if weights or duties else None
