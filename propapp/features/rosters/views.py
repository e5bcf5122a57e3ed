"""The board of a week, as plain values for the browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from propapp.core.dates.workdays import Calendar
from propapp.features.people.models import Person
from propapp.features.rosters.duty import Turn, Worker
from propapp.features.rosters.models import OnDuty, Shift
from propapp.features.rosters.rostering import Obstacle


@dataclass(frozen=True)
class DayHead:
    """A day of the week: what it is, and whether its year is announced."""

    day: str = ""
    weekday: int = 0
    date: str = ""
    kind: str = ""
    announced: bool = True


@dataclass(frozen=True)
class ShiftMark:
    """A shift in a cell or in the list to choose from."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    hours: str = ""
    role: str = ""


@dataclass(frozen=True)
class Cell:
    """A person's day."""

    key: str = ""
    person: str = ""
    day: str = ""
    date: str = ""
    weekday: int = 0
    away: bool = False
    shifts: list[ShiftMark] = field(default_factory=list[ShiftMark])


@dataclass(frozen=True)
class PersonRow:
    """A person's week; ``hours`` are those of these seven days."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    role: str = ""
    hours: int = 0
    cells: list[Cell] = field(default_factory=list[Cell])


@dataclass(frozen=True)
class Lack:
    """A turn that lacks somebody."""

    key: str = ""
    date: str = ""
    weekday: int = 0
    name: str = ""
    name_en: str = ""
    hours: str = ""
    count: int = 0


@dataclass(frozen=True)
class Hurdle:
    """A rule that keeps turns open, and who would be overloaded."""

    rule: str = ""
    names: str = ""
    names_en: str = ""


def hours(begins: int, minutes: int) -> str:
    """From when until when, by the clock; an end of the next day wears a mark."""
    end = begins + minutes
    late = "+1" if end > 24 * 60 else ""
    return f"{clock(begins)}–{clock(end)}{late}"


def clock(minutes: int) -> str:
    """By the clock of the wall."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def mark(shift: Shift) -> ShiftMark:
    """The shift as it stands in a cell."""
    return ShiftMark(
        str(shift.id),
        shift.name,
        shift.name_en or shift.name,
        hours(shift.begins, shift.minutes),
        shift.role.value,
    )


def head(day: date, calendar: Calendar) -> DayHead:
    """The day at the top of its column."""
    return DayHead(
        day.isoformat(),
        day.weekday(),
        f"{day:%m-%d}",
        calendar.kind(day).value,
        calendar.is_announced(day),
    )


def person_rows(
    workers: Sequence[Worker],
    people: Mapping[UUID, Person],
    duties: Sequence[OnDuty],
    week: Sequence[date],
) -> list[PersonRow]:
    """A row for each person, by post and name."""
    held: dict[tuple[UUID, date], list[Shift]] = {}
    for one in duties:
        held.setdefault((one.roster_day.person_id, one.roster_day.day), []).append(one.shift)
    rows = [_row(worker, people, held, week) for worker in workers if worker.person_id in people]
    return sorted(rows, key=lambda row: (row.role, row.name))


def _row(
    worker: Worker,
    people: Mapping[UUID, Person],
    held: Mapping[tuple[UUID, date], list[Shift]],
    week: Sequence[date],
) -> PersonRow:
    person = people[worker.person_id]
    own = [held.get((worker.person_id, day), []) for day in week]
    return PersonRow(
        id=str(person.id),
        name=person.name,
        name_en=person.name_en or person.name,
        role=min(worker.roles),
        hours=sum(shift.minutes for shifts in own for shift in shifts) // 60,
        cells=[
            Cell(
                key=f"{person.id}/{day.isoformat()}",
                person=str(person.id),
                day=day.isoformat(),
                date=f"{day:%m-%d}",
                weekday=day.weekday(),
                away=day in worker.leave,
                shifts=[mark(shift) for shift in shifts],
            )
            for day, shifts in zip(week, own, strict=True)
        ],
    )


def turns_of(turns: Iterable[tuple[Turn, int]], shifts: Mapping[UUID, Shift]) -> list[Lack]:
    """Turns that want somebody, and how many."""
    return [
        Lack(
            key=f"{turn.shift_id}/{turn.day}",
            date=f"{turn.day:%m-%d}",
            weekday=turn.day.weekday(),
            name=shifts[turn.shift_id].name,
            name_en=shifts[turn.shift_id].name_en or shifts[turn.shift_id].name,
            hours=hours(turn.begins, turn.minutes),
            count=count,
        )
        for turn, count in turns
    ]


def hurdles(obstacles: Iterable[Obstacle], people: Mapping[UUID, Person]) -> list[Hurdle]:
    """Why they stay open."""
    found: list[Hurdle] = []
    for one in obstacles:
        over = [people[who] for who in one.overloaded if who in people]
        names_en = [person.name_en or person.name for person in over]
        found.append(
            Hurdle(
                one.rule.value,
                " · ".join(person.name for person in over),
                ", ".join(names_en),
            )
        )
    return found
