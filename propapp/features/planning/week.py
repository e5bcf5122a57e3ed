"""A person's next seven days, as their phone keeps them: turns, rounds, and tasks of their post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.planning import repository
from propapp.features.planning.spans import DAY
from propapp.features.plans.models import PlanTask
from propapp.features.rosters.models import OnDuty
from propapp.features.schedules.models import Occurrence

DAYS = 7


@dataclass(frozen=True)
class WeekTurn:
    """A shift of one's own, in local minutes after midnight."""

    name: str
    name_en: str
    begins: int
    minutes: int


@dataclass(frozen=True)
class WeekRound:
    """The windows of a route on a day."""

    route_id: UUID
    windows: list[tuple[datetime, datetime]]


@dataclass(frozen=True)
class WeekTask:
    """A task of a plan in force for one's post; ``ends`` is its last day."""

    name: str
    name_en: str
    ends: str
    milestone: bool


@dataclass(frozen=True)
class WeekDay:
    """A day and what is on it."""

    day: str
    turns: list[WeekTurn] = field(default_factory=list[WeekTurn])
    rounds: list[WeekRound] = field(default_factory=list[WeekRound])
    tasks: list[WeekTask] = field(default_factory=list[WeekTask])


def week_of(
    uow: UnitOfWork, first: date, coming: Iterable[Occurrence], duties: Iterable[OnDuty]
) -> list[WeekDay]:
    """Today and the six days after it; nothing for whoever works nowhere.

    ``first`` is today at the person's site, ``coming`` the windows of their routes in these days,
    ``duties`` the turns of their posts.
    Random rounds are not in it: they are there when they open and not before.
    """
    actor, session = uow.actor, uow.session
    if not actor.may(Permission.ROSTER_ASK):
        return []
    last = first + (DAYS - 1) * DAY
    rounds = _rounds(coming)
    mine = [one for one in duties if one.roster_day.person_id == actor.person_id]
    tasks = repository.once_tasks_for(session, actor, first, last)
    return [
        WeekDay(day.isoformat(), _turns(mine, day), rounds.get(day, []), _tasks(tasks, day))
        for day in (first + n * DAY for n in range(DAYS))
    ]


def _rounds(coming: Iterable[Occurrence]) -> dict[date, list[WeekRound]]:
    by_day: defaultdict[date, dict[UUID, WeekRound]] = defaultdict(dict)
    for one in coming:
        route = by_day[one.local_date].setdefault(one.route_id, WeekRound(one.route_id, []))
        route.windows.append((one.opens_at, one.closes_at))
    return {day: list(routes.values()) for day, routes in by_day.items()}


def _turns(mine: Sequence[OnDuty], day: date) -> list[WeekTurn]:
    return [
        WeekTurn(
            one.shift.name, one.shift.name_en or one.shift.name, one.shift.begins, one.shift.minutes
        )
        for one in mine
        if one.roster_day.day == day
    ]


def _tasks(tasks: Sequence[PlanTask], day: date) -> list[WeekTask]:
    return [
        WeekTask(task.name, task.name_en or task.name, task.ends.isoformat(), task.milestone)
        for task in tasks
        if task.starts <= day <= task.ends
    ]
