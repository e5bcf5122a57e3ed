"""When a person may be on duty: rest, free days, nights and hours; pure, for planner and door."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

DAY = 24 * 60
# Whoever is on duty in these hours has a night.
_NIGHT_ENDS = 5 * 60
_WEEK = 7


class DutyRule(StrEnum):
    """What a roster may not do to a person."""

    POST = "post"
    LEAVE = "leave"
    OVERLAP = "overlap"
    REST = "rest"
    LONG_REST = "long_rest"
    DAYS_IN_ROW = "days_in_row"
    NIGHTS_IN_ROW = "nights_in_row"
    WEEK_HOURS = "week_hours"


@dataclass(frozen=True)
class DutyLimits:
    """The figures of the rules; minutes but for days and nights."""

    rest: int = 11 * 60
    long_shift: int = 16 * 60
    long_rest: int = 24 * 60
    days_in_row: int = 6
    nights_in_row: int = 4
    week: int = 60 * 60


@dataclass(frozen=True)
class Turn:
    """A shift on a certain day, with how many people it needs."""

    shift_id: UUID
    day: date
    begins: int
    minutes: int
    role: str
    people: int = 1
    # At another site: it takes the person's time, and nothing else of it is told here.
    elsewhere: bool = False

    @property
    def starts_at(self) -> datetime:
        """By the clock of the site's wall."""
        return datetime.combine(self.day, time()) + timedelta(minutes=self.begins)

    @property
    def ends_at(self) -> datetime:
        """By the clock of the site's wall."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_night(self) -> bool:
        """Whether some of it lies between midnight and five."""
        end = self.begins + self.minutes
        return self.begins < _NIGHT_ENDS or end > DAY


@dataclass(frozen=True)
class Duty:
    """A person's turn."""

    person_id: UUID
    turn: Turn


@dataclass(frozen=True)
class Worker:
    """Who may be put on duty: the posts held, and the days of leave."""

    person_id: UUID
    roles: frozenset[str]
    leave: frozenset[date] = field(default_factory=frozenset[date])


@dataclass(frozen=True)
class Fault:
    """A rule that a roster breaks, for whom and on which day."""

    rule: DutyRule
    person_id: UUID
    day: date


def faults(
    duties: Collection[Duty], workers: Mapping[UUID, Worker], limits: DutyLimits
) -> list[Fault]:
    """Every rule that these duties break; a roster is good when there is none."""
    by_person: dict[UUID, list[Turn]] = {}
    for duty in duties:
        by_person.setdefault(duty.person_id, []).append(duty.turn)
    return [
        Fault(rule, person_id, day)
        for person_id, turns in by_person.items()
        for rule, day in _of_one(
            sorted(turns, key=lambda turn: turn.starts_at), workers.get(person_id), limits
        )
    ]


def _of_one(
    turns: Sequence[Turn], worker: Worker | None, limits: DutyLimits
) -> Iterator[tuple[DutyRule, date]]:
    for turn in turns:
        if not turn.elsewhere and (worker is None or turn.role not in worker.roles):
            yield DutyRule.POST, turn.day
        if worker is not None and is_on_leave(worker, turn):
            yield DutyRule.LEAVE, turn.day
    for before, after in pairwise(turns):
        if rule := too_close(before, after, limits):
            yield rule, after.day
    days = sorted({turn.day for turn in turns})
    yield from ((DutyRule.DAYS_IN_ROW, day) for day in _too_many(days, limits.days_in_row))
    nights = sorted({turn.day for turn in turns if turn.is_night})
    yield from ((DutyRule.NIGHTS_IN_ROW, day) for day in _too_many(nights, limits.nights_in_row))
    yield from ((DutyRule.WEEK_HOURS, day) for day in _long_weeks(turns, limits.week))


def is_on_leave(worker: Worker, turn: Turn) -> bool:
    """Whether any day that the turn touches is one of leave; ending at midnight touches none."""
    last = (turn.ends_at - timedelta(minutes=1)).date()
    return any(turn.day <= day <= last for day in worker.leave)


def too_close(before: Turn, after: Turn, limits: DutyLimits) -> DutyRule | None:
    """The rule against having both, the earlier one first."""
    gap = (after.starts_at - before.ends_at) // timedelta(minutes=1)
    if gap < 0:
        return DutyRule.OVERLAP
    if before.minutes >= limits.long_shift and gap < limits.long_rest:
        return DutyRule.LONG_REST
    return DutyRule.REST if gap < limits.rest else None


def _too_many(days: Sequence[date], most: int) -> Iterator[date]:
    """The days on which one was on duty once too often without a day between."""
    row = 0
    for number, day in enumerate(days):
        follows = number > 0 and day - days[number - 1] == timedelta(days=1)
        row = row + 1 if follows else 1
        if row > most:
            yield day


def _long_weeks(turns: Sequence[Turn], most: int) -> Iterator[date]:
    """The days at which seven days in a row held too many minutes."""
    for day in sorted({turn.day for turn in turns}):
        first = day - timedelta(days=_WEEK - 1)
        if sum(turn.minutes for turn in turns if first <= turn.day <= day) > most:
            yield day
