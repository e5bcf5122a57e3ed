"""A month of a plan day by day, and a quarter of its work week by week; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from propapp.core.access import Role
from propapp.core.dates.workdays import Calendar
from propapp.features.people.views import Named
from propapp.features.planning.spans import DAY, WEEK, monday_of, weekly_load, work_of
from propapp.features.plans.models import PlanTask

# What falls on more days of a month than this is routine and said once.
_ROUTINE = 12
_NAMED = 4
WEEKS = 13
# From here on the hours of a week are said in whole ones.
_WHOLE = 10


@dataclass(frozen=True)
class DayTask:
    """A task on a day."""

    key: str = ""
    name: str = ""
    name_en: str = ""
    milestone: bool = False


@dataclass(frozen=True)
class MonthDay:
    """A day with what is special on it; ``more`` are not named."""

    day: str = ""
    number: int = 0
    weekday: int = 0
    kind: str = ""
    within: bool = True
    today: bool = False
    tasks: list[DayTask] = field(default_factory=list[DayTask])
    more: int = 0


@dataclass(frozen=True)
class Month:
    """A month in whole weeks, and what comes on most of its days."""

    first: str = ""
    before: str = ""
    after: str = ""
    days: list[MonthDay] = field(default_factory=list[MonthDay])
    routine: list[Named] = field(default_factory=list[Named])
    busy: int = 0


def month(tasks: Sequence[PlanTask], calendar: Calendar, first: date, today: date) -> Month:
    """The month that begins on this day."""
    following = (first + timedelta(days=32)).replace(day=1)
    begin, end = monday_of(first), monday_of(following - DAY) + 6 * DAY
    routine: list[Named] = []
    falling: defaultdict[date, list[DayTask]] = defaultdict(list)
    for task in tasks:
        days = [one.day for one in work_of(task, calendar, begin, end)]
        if len([day for day in days if first <= day < following]) > _ROUTINE:
            routine.append(Named(task.key, task.name, task.name_en or task.name))
            continue
        for day in days:
            falling[day].append(
                DayTask(task.key, task.name, task.name_en or task.name, task.milestone)
            )
    shown = [begin + n * DAY for n in range((end - begin).days + 1)]
    cells = [
        _day(day, falling[day], calendar, within=first <= day < following, today=day == today)
        for day in shown
    ]
    return Month(
        first=first.isoformat(),
        before=(first - DAY).replace(day=1).isoformat(),
        after=following.isoformat(),
        days=cells,
        routine=routine,
        busy=sum(1 for one in cells if one.within and one.tasks),
    )


def _day(
    day: date, tasks: list[DayTask], calendar: Calendar, *, within: bool, today: bool
) -> MonthDay:
    ordered = sorted(tasks, key=lambda one: not one.milestone)
    return MonthDay(
        day=day.isoformat(),
        number=day.day,
        weekday=day.weekday(),
        kind=calendar.kind(day).value,
        within=within,
        today=today,
        tasks=ordered[:_NAMED],
        more=max(0, len(ordered) - _NAMED),
    )


@dataclass(frozen=True)
class WeekBar:
    """The hours of a week; ``share`` of the tallest of the post, in percent."""

    monday: str = ""
    hours: float = 0
    share: float = 0
    over: bool = False


@dataclass(frozen=True)
class PostLoad:
    """The work of one post; ``capacity`` is what its shifts have a week, 0 where it has none."""

    role: str = ""
    mean: float = 0
    most: float = 0
    capacity: float = 0
    capacity_share: float = 0
    over: int = 0
    weeks: list[WeekBar] = field(default_factory=list[WeekBar])


@dataclass(frozen=True)
class PlanShare:
    """A plan in force, and the hours a week that it asks for on average."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    version: int = 1
    mean: float = 0


@dataclass(frozen=True)
class Load:
    """A quarter by post; ``plans`` where it is of several together."""

    first: str = ""
    before: str = ""
    after: str = ""
    posts: list[PostLoad] = field(default_factory=list[PostLoad])
    plans: list[PlanShare] = field(default_factory=list[PlanShare])


def load(
    tasks: Iterable[PlanTask], calendar: Calendar, first: date, capacity: Mapping[Role, float]
) -> Load:
    """Thirteen weeks from the Monday of this day on."""
    mondays = [monday_of(first) + n * WEEK for n in range(WEEKS)]
    found = weekly_load(tasks, calendar, mondays[0], mondays[-1] + 6 * DAY)
    return Load(
        first=mondays[0].isoformat(),
        before=(mondays[0] - WEEKS * WEEK).isoformat(),
        after=(mondays[-1] + WEEK).isoformat(),
        posts=[
            _post(role, [weeks.get(monday, 0.0) for monday in mondays], mondays, capacity)
            for role, weeks in sorted(found.items(), key=lambda one: list(Role).index(one[0]))
        ],
    )


def _post(
    role: Role, hours: list[float], mondays: list[date], capacity: Mapping[Role, float]
) -> PostLoad:
    has = capacity.get(role, 0.0)
    top = max(*hours, has) or 1.0
    bars = [
        WeekBar(
            monday.isoformat(),
            # Thirteen figures stand side by side on a phone.
            round(spent, 1) if spent < _WHOLE else round(spent),
            round(100 * spent / top, 1),
            over=0 < has < spent,
        )
        for monday, spent in zip(mondays, hours, strict=True)
    ]
    return PostLoad(
        role=role.value,
        mean=round(sum(hours) / len(hours), 1),
        most=round(max(hours), 1),
        capacity=round(has, 1),
        capacity_share=round(100 * has / top, 1),
        over=sum(bar.over for bar in bars),
        weeks=bars,
    )
