"""The bars of a plan as paths of a drawing: x in pixels from its first day, y from the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from propapp.core.dates.workdays import Calendar
from propapp.features.people.views import Named
from propapp.features.planning.once import is_once
from propapp.features.planning.spans import clashes, work_of
from propapp.features.plans.models import PlanTask
from propapp.features.plans.rules import Links

ROW, HEAD = 40, 32
_BAR, _MILESTONE, _DOT = 16, 9, 8
# Pixels a day, by how many days the plan has at most.
_SCALES = ((14, 56.0), (62, 24.0), (190, 8.0), (400, 3.2), (10_000, 1.0))
# Up to so many weeks are named by their Mondays, more by their months.
_WEEKS_NAMED = 70
# What falls more often than this is a band, not days.
_MOST_DAYS = 60


@dataclass(frozen=True)
class Bar:
    """A task: a bar for what is done once, a band with its days for what comes again."""

    key: str = ""
    name: str = ""
    name_en: str = ""
    role: str = ""
    bar: str = ""
    band: str = ""
    days: str = ""
    milestone: str = ""


@dataclass(frozen=True)
class Arrow:
    """From the end of a task to the beginning of one that waits for it."""

    key: str = ""
    path: str = ""
    clash: bool = False


@dataclass(frozen=True)
class Mark:
    """Where a month or a week begins."""

    x: float = 0
    label: str = ""


@dataclass(frozen=True)
class Gantt:
    """All of the drawing; ``today`` is below zero where today is not in it."""

    width: int = 0
    height: int = 0
    today: float = -1
    bars: list[Bar] = field(default_factory=list[Bar])
    arrows: list[Arrow] = field(default_factory=list[Arrow])
    marks: list[Mark] = field(default_factory=list[Mark])
    clashes: list[Named] = field(default_factory=list[Named])


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    per_day: float

    def x(self, day: date) -> float:
        """The left edge of a day."""
        return round((day - self.first).days * self.per_day, 1)

    @property
    def width(self) -> int:
        """From the first day to the end of the last."""
        return int(self.x(self.last + timedelta(days=1))) + 1


def draw(
    tasks: Sequence[PlanTask], links: Links, calendar: Calendar, span: tuple[date, date], now: date
) -> Gantt:
    """These tasks of a plan, in their order, over its span."""
    first, last = span
    days = (last - first).days + 1
    scale = _Scale(first, last, next(per_day for most, per_day in _SCALES if days <= most))
    row_of = {task.key: number for number, task in enumerate(tasks)}
    clashing = {(one.key, one.after) for one in clashes(tasks, links)}
    by_key = {task.key: task for task in tasks}
    return Gantt(
        width=scale.width,
        height=HEAD + ROW * len(tasks),
        today=scale.x(now) + scale.per_day / 2 if first <= now <= last else -1,
        bars=[_bar(task, row_of[task.key], scale, calendar) for task in tasks],
        arrows=[
            Arrow(f"{key}<{before}", path, (key, before) in clashing)
            for key, after in links.items()
            for before in after
            if key in by_key and before in by_key
            for path in [_arrow(by_key[before], by_key[key], row_of, scale)]
        ],
        marks=list(_marks(scale, days)),
        clashes=[_named(by_key[key]) for key, _ in sorted(clashing)],
    )


def _named(task: PlanTask) -> Named:
    return Named(task.key, task.name, task.name_en or task.name)


def _middle(row: int) -> float:
    return HEAD + ROW * row + ROW / 2


def _bar(task: PlanTask, row: int, scale: _Scale, calendar: Calendar) -> Bar:
    begin, end = scale.x(task.starts), scale.x(task.ends + timedelta(days=1))
    names = {
        "key": task.key,
        "name": task.name,
        "name_en": task.name_en or task.name,
        "role": task.role.value,
    }
    y = _middle(row)
    if task.milestone:
        return Bar(**names, milestone=_diamond(scale.x(task.ends) + scale.per_day / 2, y))
    box = _box(begin, max(end - begin, 3), y, _BAR)
    if is_once(task):
        return Bar(**names, bar=box)
    days = work_of(task, calendar, scale.first, scale.last)
    marked = days if len(days) <= _MOST_DAYS else []
    strokes = (
        f"M{scale.x(one.day) + scale.per_day / 2:g} {y - _DOT:g}v{2 * _DOT}" for one in marked
    )
    return Bar(**names, band=box, days="".join(strokes))


def _box(x: float, width: float, y: float, height: float) -> str:
    return f"M{x:g} {y - height / 2:g}h{width:g}v{height:g}h{-width:g}z"


def _diamond(x: float, y: float) -> str:
    size = _MILESTONE
    return f"M{x:g} {y - size:g}l{size} {size}l{-size} {size}l{-size} {-size}z"


def _arrow(before: PlanTask, task: PlanTask, row_of: dict[str, int], scale: _Scale) -> str:
    """Out to the right, down or up, and into the task from its left."""
    end = scale.x(before.ends + timedelta(days=1))
    half = scale.per_day / 2
    if before.milestone:
        end = scale.x(before.ends) + half + _MILESTONE
    begin = scale.x(task.ends) + half - _MILESTONE if task.milestone else scale.x(task.starts)
    above, below = _middle(row_of[before.key]), _middle(row_of[task.key])
    out = end + 5
    if out <= begin - 5:
        way = f"H{out:g}V{below:g}H{begin:g}"
    else:
        # No room between them: around through the gap below the row.
        gap = above + (ROW / 2 if below > above else -ROW / 2)
        way = f"H{out:g}V{gap:g}H{begin - 7:g}V{below:g}H{begin:g}"
    return f"M{end:g} {above:g}{way}m-5 -4l5 4l-5 4"


def _marks(scale: _Scale, days: int) -> Iterator[Mark]:
    """The first of each month, or each Monday where there are few."""
    by_week = days <= _WEEKS_NAMED
    for number in range(days):
        day = scale.first + timedelta(days=number)
        if by_week and (day.weekday() == 0 or number == 0):
            yield Mark(scale.x(day), f"{day:%m/%d}")
        elif not by_week and (day.day == 1 or number == 0):
            yield Mark(scale.x(day), f"{day:%Y/%m}")
