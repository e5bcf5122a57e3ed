"""Whether a clause was kept: what it asked for in a month, day by day; pure."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.features.boards import lanes, rules
from propapp.features.boards.rows import Asked, Round, Walk
from propapp.features.plans.models import PlanTask
from propapp.features.rounds.models import Run
from propapp.features.schedules.models import Occurrence
from propapp.features.schedules.rules import OccurrenceState

# Nothing was done here before, and nothing is planned so far ahead.
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)


class Kept(StrEnum):
    """How one round that a clause asked for came out."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    COMING = "coming"


@dataclass(frozen=True)
class Count:
    """How many rounds were asked for, and how they came out."""

    due: int = 0
    done: int = 0
    late: int = 0
    missed: int = 0
    coming: int = 0


@dataclass(frozen=True)
class DayCount:
    """A day of the month; ``tone`` is the worst that happened, empty where nothing was due."""

    day: str
    number: int
    due: int
    done: int
    tone: str


@dataclass(frozen=True)
class Month:
    """A month: its sum, its days, and the rounds of the day that is looked at."""

    total: Count
    days: list[DayCount]
    day: str
    windows: list[lanes.Window]


def month_of(text: str, today: date) -> date:
    """The first day of the month that is asked for, else of this one."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if _FIRST <= asked < _LAST else today.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def outcome(occurrence: Occurrence, runs: Sequence[Run], now: datetime) -> Kept:
    """How a round came out: late is begun after its window, or walked when it counted as missed."""
    run = rules.best_run(runs)
    state = rules.round_state(occurrence, run, now)
    if state is OccurrenceState.DONE:
        late = run is not None and run.started_at > occurrence.closes_at
        return Kept.LATE if late else Kept.DONE
    if state is OccurrenceState.MISSED:
        walked = run is not None and not rules.is_running(run)
        return Kept.LATE if walked else Kept.MISSED
    return Kept.LATE if state is OccurrenceState.LATE else Kept.COMING


def month(found: Sequence[Asked], first: date, wish: str, now: datetime) -> Month:
    """The month in which these rounds were asked for."""
    by_day: defaultdict[date, list[Asked]] = defaultdict(list)
    for one in found:
        by_day[one.round.occurrence.local_date].append(one)
    counts = {day: _count(asked, now) for day, asked in by_day.items()}
    day = _chosen(wish, first, sorted(counts), now.date())
    return Month(
        total=_sum(list(counts.values())),
        days=[
            _day(date(first.year, first.month, number), counts)
            for number in range(1, last_of(first).day + 1)
        ],
        day=day.isoformat(),
        windows=[lanes.window(one.round, one.walks, now, day=day) for one in by_day.get(day, ())],
    )


def _chosen(wish: str, first: date, known: Sequence[date], today: date) -> date:
    try:
        day = date.fromisoformat(wish)
    except ValueError:
        day = None
    if day is not None and first <= day <= last_of(first):
        return day
    # Else the last day of which something is known already.
    over = [one for one in known if one <= today]
    return over[-1] if over else known[0] if known else first


def _count(asked: Sequence[Asked], now: datetime) -> Count:
    return count_of(
        Counter(
            outcome(one.round.occurrence, [walk.run for walk in one.walks], now) for one in asked
        )
    )


def count_of(outcomes: Mapping[Kept, int]) -> Count:
    """How many rounds came out how."""
    return Count(due=sum(outcomes.values()), **{kind.value: outcomes.get(kind, 0) for kind in Kept})


def _sum(counts: Sequence[Count]) -> Count:
    names = ("due", "done", "late", "missed", "coming")
    return Count(*(sum(getattr(one, name) for one in counts) for name in names))


def _day(day: date, counts: dict[date, Count]) -> DayCount:
    one = counts.get(day, Count())
    worst = next((name for name in ("missed", "late", "coming", "done") if getattr(one, name)), "")
    return DayCount(day.isoformat(), day.day, one.due, one.done + one.late, worst)


def days_due(task: PlanTask, first: date, calendar: Calendar) -> list[str]:
    """On which days of the month a task that is only a date is to be done."""
    last = last_of(first)
    if task.rrule:
        fallen = timetable.days_of(task, calendar, first, last)
        return [one.day.isoformat() for one in fallen]
    return [task.ends.isoformat()] if first <= task.ends <= last else []


def grouped(found: Sequence[tuple[Round, Walk | None]]) -> list[Asked]:
    """Rounds with all their walks, in the order given."""
    walks: defaultdict[object, list[Walk]] = defaultdict(list)
    rounds: dict[object, Round] = {}
    for one, walk in found:
        rounds[one.occurrence.id] = one
        if walk is not None:
            walks[one.occurrence.id].append(walk)
    return [Asked(one, walks[key]) for key, one in rounds.items()]
