"""Goals as the browser shows them, and the chain that hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from propapp.features.goals.measures import Measure, Tally
from propapp.features.goals.models import Goal
from propapp.features.goals.rules import Standing, said
from propapp.features.people.models import Person
from propapp.features.people.views import NOBODY, Named, named


@dataclass(frozen=True)
class GoalCard:
    """A goal with its figure; ``value`` is empty where there is none.

    ``fill`` and ``mark`` are how far the figure and the target reach on its scale, in per cent.
    ``part`` and ``whole`` stand above and below the line of the formula.
    """

    id: str = ""
    name: str = ""
    name_en: str = ""
    measure: str = ""
    formula: str = ""
    measure_version: int = 1
    unit: str = ""
    comparison: str = ""
    target: str = ""
    value: str = ""
    standing: str = ""
    part: int = 0
    whole: int = 0
    least: int = 0
    fill: int = 0
    mark: int = 0
    weight: int = 0
    source: str = ""
    responsible: Named = NOBODY
    starts: str = ""
    ends: str = ""
    status: str = ""
    drop_reason: str = ""
    clauses: int = 0
    # How many have signed the letter that holds, of how many who are to.
    signed: int = 0
    to_sign: int = 0


@dataclass(frozen=True)
class MonthBar:
    """One month of a goal; ``fill`` is its height in per cent of the scale."""

    month: str = ""
    value: str = ""
    part: int = 0
    whole: int = 0
    fill: int = 0
    good: bool = False


@dataclass(frozen=True)
class Knot:
    """One thing on a rung of the chain; what it has nothing of stays empty.

    ``walked`` is false for a task for which no round is made; ``days`` says on how many days it
    falls. ``photo`` is the digest of a picture that is here.
    """

    id: str = ""
    number: str = ""
    name: str = ""
    name_en: str = ""
    note: str = ""
    note_en: str = ""
    at: str = ""
    until: str = ""
    state: str = ""
    counted: bool = False
    due: int = 0
    done: int = 0
    late: int = 0
    missed: int = 0
    walked: bool = True
    days: int = 0
    photo: str = ""
    href: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Rung:
    """A rung of the chain: goal, clause, task, month, round or photo; empty where it ends.

    ``more`` is how many there are besides, and ``href`` where all of them stand.
    """

    kind: str = ""
    knots: list[Knot] = field(default_factory=list[Knot])
    more: int = 0
    href: str = ""


@dataclass(frozen=True)
class Happened:
    """What somebody did to a goal."""

    id: str = ""
    at: str = ""
    who: Named = NOBODY
    did: str = ""
    text: str = ""
    # What was to be reached and what is, ``≥ 90 %``; empty where that did not change.
    old_aim: str = ""
    aim: str = ""


def face_of(goal: Goal, measure: Measure, persons: Mapping[UUID, Person]) -> dict[str, Any]:
    """What every look at a goal begins with."""
    return {
        "id": str(goal.id),
        "name": goal.name,
        "name_en": goal.name_en or goal.name,
        "measure": goal.measure,
        "formula": f"{measure.code}_{measure.version}",
        "measure_version": measure.version,
        "unit": measure.unit.value,
        "comparison": goal.comparison.value,
        "target": f"{goal.target:g}",
        "least": measure.least,
        "weight": goal.weight,
        "source": goal.source,
        "responsible": named(goal.responsible_id, persons),
        "starts": goal.starts.isoformat(),
        "ends": goal.ends.isoformat(),
        "status": goal.status.value,
        "drop_reason": goal.drop_reason,
    }


def figures_of(goal: Goal, measure: Measure, tally: Tally, standing: Standing) -> dict[str, Any]:
    """The figure, what it is made of, and where it lies on its scale."""
    figure = measure.figure(tally)
    top = max(measure.top, goal.target, float(figure or 0))
    return {
        "value": said(figure),
        "standing": standing.value,
        "part": tally.part,
        "whole": tally.whole,
        "fill": round(100 * float(figure) / top) if figure is not None else 0,
        "mark": round(100 * goal.target / top),
    }
