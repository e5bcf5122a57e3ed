"""What the versions of a plan asked for while each of them held; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.features.planning.spans import DayWork, work_of
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.reports.rounds import TaskRow
from propapp.features.schedules.rules import DatedWindow, dated, local_day, start_of

_DAY, _TICK = timedelta(days=1), timedelta(microseconds=1)


class Planned(NamedTuple):
    """How often a task was to be done on a day, and how often of that is over by now."""

    day: date
    times: float
    over: float


@dataclass(frozen=True)
class Span:
    """From when until before when a version held; until now where nothing took its place."""

    since: datetime
    until: datetime | None

    def holds(self, instant: datetime) -> bool:
        """Whether this version was the one that counted."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True)
class Version:
    """A task as one version of its plan has it, with the time in which that held."""

    task: PlanTask
    span: Span
    zone: str

    def planned(
        self, calendar: Calendar, first: date, last: date, now: datetime
    ) -> Iterator[Planned]:
        """The days on which it was to be done."""
        today = local_day(now, self.zone)
        for one in work_of(self.task, calendar, first, last):
            times = self._times(one, calendar)
            if times:
                is_old = one.day < today - _DAY
                over = times if is_old else self._over(one.day, times, calendar, now)
                yield Planned(one.day, times, over)

    @property
    def _has_windows(self) -> bool:
        return bool(self.task.rrule and self.task.windows and not self.task.random)

    def _times(self, one: DayWork, calendar: Calendar) -> float:
        begin, end = start_of(one.day, self.zone), start_of(one.day + _DAY, self.zone) - _TICK
        if self.span.holds(begin) and self.span.holds(end):
            return one.times
        if not self._has_windows:
            return one.times if self.span.holds(end) else 0.0
        return float(sum(self.span.holds(w.opens_at) for w in self._windows(one.day, calendar)))

    def _over(self, day: date, times: float, calendar: Calendar, now: datetime) -> float:
        if not self._has_windows:
            return times if start_of(day + _DAY, self.zone) <= now else 0.0
        own = (w for w in self._windows(day, calendar) if self.span.holds(w.opens_at))
        return float(sum(window.closes_at <= now for window in own))

    def _windows(self, day: date, calendar: Calendar) -> Iterator[DatedWindow]:
        for one in timetable.openings(self.task, calendar, day, day):
            yield dated(one.day, opens=one.opens, minutes=one.minutes, zone=self.zone)


@dataclass
class Line:
    """A task in all versions of its plan that held, told as the last of them has it."""

    row: TaskRow
    versions: list[Version] = field(default_factory=list[Version])

    @property
    def task(self) -> PlanTask:
        """The task as it was last."""
        return self.row.task

    @property
    def is_walked(self) -> bool:
        """Whether rounds are made for it, so that what became of it is known."""
        return self.task.is_walked

    @property
    def ids(self) -> list[UUID]:
        """The task in each version."""
        return [one.task.id for one in self.versions]


def lines(rows: Sequence[TaskRow], zone: str) -> list[Line]:
    """Each task once; ``rows`` hold the versions of a plan one after the other."""
    spans = _spans({row.plan.id: row.plan for row in rows}.values(), zone)
    found: dict[tuple[UUID, str], Line] = {}
    for row in rows:
        line = found.setdefault((row.plan.root_id, row.task.key), Line(row))
        line.row = row
        line.versions.append(Version(row.task, spans[row.plan.id], zone))
    return list(found.values())


def _spans(plans: Iterable[Plan], zone: str) -> dict[UUID, Span]:
    """When each version held: from its word until that of the next, or until it was closed."""
    by_root: dict[UUID, list[Plan]] = {}
    for plan in plans:
        by_root.setdefault(plan.root_id, []).append(plan)
    found: dict[UUID, Span] = {}
    for versions in by_root.values():
        ordered = sorted(versions, key=lambda one: one.version)
        for plan, following in zip(ordered, [*ordered[1:], None], strict=True):
            closed = plan.changed_at if plan.status is PlanStatus.CLOSED else None
            until = following.in_force_at if following else closed
            found[plan.id] = Span(plan.in_force_at or start_of(plan.starts, zone), until)
    return found


def planned(
    line: Line, calendar: Calendar, first: date, last: date, now: datetime
) -> Iterator[Planned]:
    """On which days of the stretch the task was to be done, by the version that held then.

    Windows of a day on which one version took another's place belong to the one that held when
    they opened; what has no windows belongs to the one that held at the end of the day.
    """
    for version in line.versions:
        yield from version.planned(calendar, first, last, now)
