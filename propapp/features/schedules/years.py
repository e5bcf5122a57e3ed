"""A year's calendar as people read it: months, the breaks with their names, what is made up for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from propapp.core.dates.workdays import Calendar, DayKind, festival
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.schedules import repository
from propapp.features.schedules.rules import days

_OFF = {DayKind.HOLIDAY, DayKind.REST_DAY}


@dataclass(frozen=True)
class DayCell:
    """A day of a month; ``column`` counts from Monday, 1."""

    number: int = 0
    column: int = 1
    kind: str = ""


@dataclass(frozen=True)
class MonthGrid:
    """A month, day by day."""

    month: int = 0
    days: list[DayCell] = field(default_factory=list[DayCell])


@dataclass(frozen=True)
class Break:
    """Days off around a festival; ``name`` is a word of ``Festival``, "" for any other."""

    name: str = ""
    first: str = ""
    last: str = ""
    count: int = 0
    make_ups: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class YearShown:
    """A year; ``known`` is announced · entered · unknown."""

    year: int
    known: str
    source: str
    workdays: int
    months: list[MonthGrid]
    breaks: list[Break]
    next_unknown: bool


def year_of(uow: UnitOfWork, year: int) -> YearShown:
    """The year with what was entered by hand: a fixed number of questions."""
    known = repository.calendar(uow.session)
    notices = repository.notices(uow.session, year)
    names = repository.names_of_days(uow.session, year)
    whole = list(days(date(year, 1, 1), date(year, 12, 31)))
    kinds = {day: known.kind(day) for day in whole}
    return YearShown(
        year=year,
        known="entered" if notices else "announced" if _announced(known, year) else "unknown",
        source=notices[0].source if notices else "",
        workdays=sum(kind.is_worked for kind in kinds.values()),
        months=[MonthGrid(month, _cells(kinds, month)) for month in range(1, 13)],
        breaks=breaks(kinds, names),
        next_unknown=not _announced(known, year + 1),
    )


def _announced(known: Calendar, year: int) -> bool:
    # A day that somebody entered is known by itself; the year is when a plain one is.
    return any(known.is_announced(day) for day in _plain_days(known, year))


def _plain_days(known: Calendar, year: int) -> Iterable[date]:
    """A day of which nothing was entered."""
    return [day for day in days(date(year, 1, 1), date(year, 12, 31)) if day not in known.overrides]


def _cells(kinds: Mapping[date, DayKind], month: int) -> list[DayCell]:
    own = [(day, kind) for day, kind in kinds.items() if day.month == month]
    return [DayCell(day.day, day.weekday() + 1, kind.value) for day, kind in own]


def breaks(kinds: Mapping[date, DayKind], names: Mapping[date, str]) -> list[Break]:
    """Days off in a row with a holiday among them, and the workdays nearest to each."""
    runs = [run for run in _runs(kinds) if any(kinds[day] is DayKind.HOLIDAY for day in run)]
    made_up: dict[int, list[date]] = {number: [] for number in range(len(runs))}
    for day, kind in kinds.items():
        if kind is DayKind.MAKE_UP_WORKDAY and runs:
            made_up[_nearest(runs, day)].append(day)
    return [
        Break(
            name=_name(run, names),
            first=run[0].isoformat(),
            last=run[-1].isoformat(),
            count=len(run),
            make_ups=[day.isoformat() for day in made_up[number]],
        )
        for number, run in enumerate(runs)
    ]


def _runs(kinds: Mapping[date, DayKind]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day, kind in kinds.items():
        if kind not in _OFF:
            continue
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _nearest(runs: Sequence[Sequence[date]], day: date) -> int:
    far = [min(abs(run[0] - day), abs(run[-1] - day)) for run in runs]
    return far.index(min(far))


def _name(run: Sequence[date], names: Mapping[date, str]) -> str:
    own = (names.get(day, "") for day in run)
    return next((name for name in own if name), "") or next(
        (name for day in run if (name := festival(day))), ""
    )
