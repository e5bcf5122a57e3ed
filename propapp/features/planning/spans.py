"""When the tasks of a plan fall, and how much work that is; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from propapp.core.access import Role
from propapp.core.dates import timetable
from propapp.core.dates.chance import Coverage
from propapp.core.dates.workdays import Calendar
from propapp.features.plans.models import PlanTask
from propapp.features.plans.rules import Links

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayWork:
    """A day on which a task falls, and how often it is done on it."""

    day: date
    times: float


def monday_of(day: date) -> date:
    """The day on which its week begins."""
    return day - timedelta(days=day.weekday())


def work_of(task: PlanTask, calendar: Calendar, first: date, last: date) -> list[DayWork]:
    """The days from the first to the last on which the task falls.

    What waits for the weather falls on no day that is known before.
    """
    if task.trigger.is_weather:
        return []
    if not task.rrule:
        return _spread(task, first, last)
    return [
        DayWork(one.day, len(one.hours) * _times(task))
        for one in timetable.days_of(task, calendar, first, last)
    ]


def _spread(task: PlanTask, first: date, last: date) -> list[DayWork]:
    """What is done once is worked at on each of its days alike."""
    share = 1 / ((task.ends - task.starts).days + 1)
    begin, end = max(first, task.starts), min(last, task.ends)
    return [DayWork(begin + n * DAY, share) for n in range((end - begin).days + 1)]


def _times(task: PlanTask) -> int:
    """How often a day; of random rounds the fewest that keep their promise."""
    if task.random:
        coverage = Coverage(**task.random)
        return ceil((coverage.ends - coverage.begins) / coverage.apart)
    return max(1, len(task.windows))


def weekly_load(
    tasks: Iterable[PlanTask], calendar: Calendar, first: date, last: date
) -> dict[Role, dict[date, float]]:
    """Hours of work by post and by the Monday of each week from the first day to the last."""
    found: defaultdict[Role, defaultdict[date, float]] = defaultdict(lambda: defaultdict(float))
    for task in tasks:
        hours = task.minutes * task.people / 60
        for one in work_of(task, calendar, first, last):
            found[task.role][monday_of(one.day)] += one.times * hours
    return {role: dict(weeks) for role, weeks in found.items()}


@dataclass(frozen=True)
class Clash:
    """A task that begins before one that it waits for has ended."""

    key: str
    after: str


def clashes(tasks: Sequence[PlanTask], links: Links) -> list[Clash]:
    """Where the order of the tasks and their days say different things."""
    by_key = {task.key: task for task in tasks}
    return [
        Clash(key, before)
        for key, after in links.items()
        for before in after
        if key in by_key and before in by_key and by_key[key].starts < by_key[before].ends
    ]
