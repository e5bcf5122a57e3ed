"""Plan against actual: what each task was to be, and what it came to, as plain figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from propapp.core.access import Role
from propapp.core.progress import Tell
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards import kept
from propapp.features.boards.kept import Count, Kept
from propapp.features.people.models import Person
from propapp.features.planning.spans import monday_of
from propapp.features.plans.models import Plan
from propapp.features.reports import counting, rounds
from propapp.features.reports.contents import Counted, count_rounds, refuse_unseen
from propapp.features.reports.counting import Judged, Tally
from propapp.features.reports.held import Line, Planned, lines, planned
from propapp.features.reports.rounds import Stretch
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.models import Route
from propapp.features.schedules.rules import days
from propapp.features.standards import clauses as library

# A stretch of more days is told month by month.
_SHORT = 93


@dataclass
class Cell:
    """A task in a week or month; ``times`` and ``over`` as planned, ``over`` up to now."""

    times: float = 0
    over: float = 0
    outcomes: Counter[Kept] = field(default_factory=Counter[Kept])

    @property
    def count(self) -> Count:
        """What became of its rounds."""
        return kept.count_of(self.outcomes)


@dataclass
class TaskLine:
    """A task over the whole stretch. ``minutes`` is how long one doing takes all who do it."""

    line: Line
    minutes: int
    cells: Mapping[date, Cell]
    tally: Tally
    # The number of the clause that asks for it.
    clause: str = ""

    @property
    def times(self) -> float:
        """How often it is to be done."""
        return sum(cell.times for cell in self.cells.values())

    @property
    def over(self) -> float:
        """How often it was to be done by now."""
        return sum(cell.over for cell in self.cells.values())

    @property
    def hours(self) -> float:
        """How much work it is, as the plan's workload counts it."""
        return self.times * self.minutes / 60

    @property
    def difference(self) -> float | None:
        """Done less planned by now; None where nothing tells, or nobody could know before."""
        return differs(self, self.tally.count, self.over)


def differs(one: TaskLine, count: Count, over: float) -> float | None:
    """What is done more, or less, than was to be done by now."""
    if not one.line.is_walked or one.line.task.trigger.is_weather:
        return None
    return count.done + count.late - over


@dataclass(frozen=True)
class PostSum:
    """All tasks of a post together; those of which nothing is recorded are counted apart."""

    role: Role
    times: float
    hours: float
    over: float
    difference: float
    tally: Tally
    unrecorded: int


@dataclass(frozen=True)
class Against:
    """Plan against actual of a stretch; ``buckets`` are the first days of its weeks or months."""

    stretch: Stretch
    now: datetime
    plans: Sequence[Plan]
    by_month: bool
    buckets: Sequence[date]
    lines: Sequence[TaskLine]
    posts: Sequence[PostSum]
    lapses: list[Judged]
    lapsed: int
    routes: Mapping[UUID, Route]
    person: Person


def against(uow: UnitOfWork, stretch: Stretch, person_id: UUID, tell: Tell) -> Against:
    """What was planned and what came of it: as many questions for a large site as for a small."""
    refuse_unseen(uow, stretch)
    counted = count_rounds(uow, stretch, tell)
    rows = rounds.tasks_held(uow, stretch)
    named = library.named(uow.session, {row.task.clause_id for row in rows if row.task.clause_id})
    calendar = schedules.calendar(uow.session)
    found = [
        _line(line, planned(line, calendar, stretch.first, stretch.last, uow.now), stretch, counted)
        for line in lines(rows, stretch.site.zone)
    ]
    # What falls on none of these days is no part of them.
    found = [one for one in found if one.cells]
    for one in found:
        clause_id = one.line.task.clause_id
        one.clause = named[clause_id][0].number if clause_id else ""
    return Against(
        stretch=stretch,
        now=uow.now,
        plans=list({row.plan.root_id: row.plan for row in rows}.values()),
        by_month=is_long(stretch),
        buckets=_buckets(stretch),
        lines=sorted(found, key=lambda one: list(Role).index(one.line.task.role)),
        posts=_posts(found),
        lapses=counted.lapses,
        lapsed=counted.lapsed,
        routes=rounds.routes_at(uow, stretch.site.id),
        person=uow.session.get_one(Person, person_id),
    )


def is_long(stretch: Stretch) -> bool:
    """Whether it is told month by month."""
    return (stretch.last - stretch.first).days > _SHORT


def bucket_of(day: date, stretch: Stretch) -> date:
    """The first day of the week or month that a day belongs to, cut at the stretch's own."""
    begin = day.replace(day=1) if is_long(stretch) else monday_of(day)
    return min(max(begin, stretch.first), stretch.last)


def _buckets(stretch: Stretch) -> list[date]:
    found = (bucket_of(day, stretch) for day in days(stretch.first, stretch.last))
    return list(dict.fromkeys(found))


def _line(line: Line, asked: Iterable[Planned], stretch: Stretch, counted: Counted) -> TaskLine:
    cells: defaultdict[date, Cell] = defaultdict(Cell)
    for one in asked:
        cell = cells[bucket_of(one.day, stretch)]
        cell.times += one.times
        cell.over += one.over
    ids = set(line.ids)
    for task_id in ids:
        for day, outcomes in counted.by_task.get(task_id, {}).items():
            cells[bucket_of(day, stretch)].outcomes.update(outcomes)
    return TaskLine(
        line=line,
        minutes=line.task.minutes * line.task.people,
        cells=cells,
        tally=counting.total([one for key, one in counted.by_key.items() if key.task_id in ids]),
    )


def _posts(found: Sequence[TaskLine]) -> list[PostSum]:
    sums: list[PostSum] = []
    for role in Role:
        own = [one for one in found if one.line.task.role is role]
        if own:
            sums.append(
                PostSum(
                    role=role,
                    times=sum(one.times for one in own),
                    hours=sum(one.hours for one in own),
                    over=sum(one.over for one in own if one.difference is not None),
                    difference=sum(one.difference or 0 for one in own),
                    tally=counting.total([one.tally for one in own]),
                    unrecorded=sum(not one.line.is_walked for one in own),
                )
            )
    return sums
