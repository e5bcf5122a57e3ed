"""From a schedule to dated instants; pure, so that every zone, night and calendar can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from propapp.core.dates.workdays import DayKind
from propapp.core.ids import derived_id
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules.models import Occurrence

_SATURDAY = 5


@dataclass(frozen=True)
class DatedWindow:
    """A window on a certain day, as instants."""

    day: date
    opens_at: datetime
    closes_at: datetime
    # The opening as occurrences' ids derive from it.
    name: str


@lru_cache(maxsize=65536)
def dated(day: date, *, opens: int, minutes: int, zone: str) -> DatedWindow:
    """The window that opens so many local minutes after this day's midnight."""
    start = datetime.combine(day, time()) + timedelta(minutes=opens)
    opens_at = _instant(start, zone)
    closes_at = _instant(start + timedelta(minutes=minutes), zone)
    if closes_at <= opens_at:
        # It opens in the hour that the clocks skip: then its length counts, not the wall clock.
        closes_at = opens_at + timedelta(minutes=minutes)
    return DatedWindow(day, opens_at, closes_at, name=opens_at.isoformat())


def route_of(plan: Plan, task: PlanTask) -> UUID | None:
    """What is walked for a task: its route, or the one of a single job; nothing for a mere date."""
    return job_route(plan, task) if task.work else task.route_id


def job_route(plan: Plan, task: PlanTask) -> UUID:
    """The route of a single job, the same one in every version of its plan."""
    return derived_id("job_route", plan.root_id, task.key)


def local_day(instant: datetime, zone: str) -> date:
    """The day it is at the site."""
    return instant.astimezone(ZoneInfo(zone)).date()


def can_be(day: date, kind: DayKind) -> bool:
    """Whether a notice may say so: only a weekend is worked instead of another day."""
    return kind is not DayKind.MAKE_UP_WORKDAY or day.weekday() >= _SATURDAY


def start_of(day: date, zone: str) -> datetime:
    """The instant at which a day begins at the site."""
    return _instant(datetime.combine(day, time()), zone)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)


def _instant(wall_clock: datetime, zone: str) -> datetime:
    return wall_clock.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class OccurrenceState(StrEnum):
    """What a round is, seen from now."""

    DUE = "due"
    OPEN = "open"
    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    MISSED = "missed"


def state_of(
    occurrence: Occurrence, *, now: datetime, begun: bool = False, finished: bool = False
) -> OccurrenceState:
    """What the round is now; ``begun`` and ``finished`` speak of runs that began in its window."""
    if finished:
        return OccurrenceState.DONE
    if begun:
        late = now > occurrence.last_call
        return OccurrenceState.LATE if late else OccurrenceState.RUNNING
    if occurrence.missed_at is not None or now > occurrence.last_call:
        return OccurrenceState.MISSED
    if now > occurrence.closes_at:
        return OccurrenceState.LATE
    return OccurrenceState.OPEN if now >= occurrence.opens_at else OccurrenceState.DUE
