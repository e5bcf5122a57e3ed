"""What the level of a plan promises beside its tasks, and the figure of it where there is one.

Each figure is a named, versioned formula, as those of goals are: one that changes is a new version
beside the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlmodel import col, select

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.goals import tallies
from propapp.features.goals.measures import Tally as Cases
from propapp.features.goals.measures import total
from propapp.features.goals.rules import Period
from propapp.features.orders.models import OrderStatus, Priority, WorkOrder
from propapp.features.reports.held import Line
from propapp.features.reports.rounds import Stretch
from propapp.features.schedules.rules import local_day
from propapp.features.standards import clauses as library
from propapp.features.standards import figures
from propapp.features.standards.cards import ClauseCard, clause_card
from propapp.features.standards.clauses import ClauseRow, Wish
from propapp.features.standards.figures import Limit
from propapp.features.standards.models import ClauseLevel

# More clauses than any library has; they are all looked through at once.
_ALL = 10_000
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Gauge:
    """A formula for a figure that a clause limits; ``ask`` counts the cases of the month.

    ``is_goal_s`` says that it is the measure of goals of that name: a share that is at least so
    much. Others count what was done within a span.
    """

    code: str
    version: int
    ask: Callable[[UnitOfWork, Stretch, Limit], Cases]
    is_goal_s: bool = False

    def measures(self, limit: Limit) -> bool:
        """Whether what is limited is what it counts."""
        if self.is_goal_s:
            return limit.unit == "%" and not limit.at_most
        return limit.kind[-1] == "time" and limit.at_most


@dataclass(frozen=True)
class PromisedLine:
    """A clause that the level of a plan asks for, once for each figure of it.

    ``by`` is the number of the clause whose task keeps it: its own, where ``has_task``, another's
    on the same subject, empty where none does.
    """

    card: ClauseCard
    # The figures of its level, ``response <= 30 min``.
    limits: str
    by: str
    has_task: bool
    limit: Limit | None = None
    gauge: Gauge | None = None
    cases: Cases = field(default_factory=Cases)

    @property
    def is_kept(self) -> bool | None:
        """Whether its figure is as promised; none where there is too little to go by."""
        if self.limit is None or self.cases.whole < LEAST:
            return None
        if self.limit.unit != "%":
            return self.cases.part == self.cases.whole
        return 100 * self.cases.part >= self.limit.value * self.cases.whole


# So many cases make a figure that is judged, as with the measures of goals.
LEAST = 5


def measured(uow: UnitOfWork, stretch: Stretch, code: str, version: int = 1) -> Cases:
    """The cases of a measure in the month, as a goal of that month would have them."""
    period = Period(stretch.first, stretch.last, stretch.site.zone)
    found = tallies.ask(uow.session, (code, version), (stretch.site.id, period), uow.now)
    return total(tallies.by_month(found, period))


def _as_goal(code: str, version: int) -> Gauge:
    return Gauge(
        code,
        version,
        lambda uow, stretch, _limit: measured(uow, stretch, code, version),
        is_goal_s=True,
    )


def _urgent_begun(uow: UnitOfWork, stretch: Stretch, limit: Limit) -> Cases:
    """Urgent orders that were begun within the limit; one that is not over yet is no case."""
    reported, began = col(WorkOrder.reported_at), col(WorkOrder.started_at)
    wanted = select(reported, began).where(
        WorkOrder.site_id == stretch.site.id,
        WorkOrder.priority == Priority.URGENT,
        WorkOrder.status != OrderStatus.CANCELLED,
        reported >= stretch.begins,
        reported < stretch.ends,
    )
    within = float(limit.amount) * _MINUTE
    return total(
        Cases(int(start is not None and start - at <= within), 1)
        for at, start in uow.session.exec(wanted)
        if start is not None or at + within < uow.now
    )


# By the subject of a clause and what it limits.
GAUGES: Mapping[tuple[str, str], Gauge] = {
    ("service.urgent_repair", "arrival"): Gauge("urgent_begun", 1, _urgent_begun),
    ("service.survey", "content"): _as_goal("owners_satisfied", 1),
    ("service.repair_prompt", "in_time"): _as_goal("orders_in_time", 1),
}


def promised(
    uow: UnitOfWork, stretch: Stretch, held: Sequence[Line], chosen: Mapping[str, str]
) -> list[PromisedLine]:
    """What the chosen levels ask for and no task of its own keeps, or has a figure besides.

    ``chosen`` is the level by the code of its paper.
    """
    if not chosen:
        return []
    day = max(stretch.first, min(stretch.last, local_day(uow.now, stretch.site.zone)))
    rows, _ = library.search(uow.session, Wish(), day, limit=_ALL)
    versions = {task.clause_id for line in held for task in [line.task] if task.clause_id}
    serving = [clause for clause, _ in library.named(uow.session, versions).values()]
    own = {clause.id: clause.number for clause in serving}
    beside = {clause.subject: clause.number for clause in serving if clause.subject}
    found: list[PromisedLine] = []
    for row in rows:
        code = row.standard.code
        level = _demanded(row, chosen[code]) if code in chosen else None
        if level is None:
            continue
        by = own.get(row.clause.id) or beside.get(row.clause.subject, "")
        card = clause_card(row, level=level.level)
        line = PromisedLine(card, limits_of(card, row.levels), by, row.clause.id in own)
        gauged = _gauged(uow, stretch, row, level, line)
        found += gauged or ([] if line.has_task else [line])
    return found


def _demanded(row: ClauseRow, code: str) -> ClauseLevel | None:
    held = {level.level: level for level in row.levels if level.demanded}
    return held.get(code) or held.get("")


def _gauged(
    uow: UnitOfWork, stretch: Stretch, row: ClauseRow, level: ClauseLevel, line: PromisedLine
) -> list[PromisedLine]:
    """The line once for each of its limits that something here counts."""
    limits = [figures.read_limit(one) for one in level.limits]
    return [
        replace(line, limit=limit, gauge=gauge, cases=gauge.ask(uow, stretch, limit))
        for limit in limits
        if (gauge := GAUGES.get((row.clause.subject, limit.measure))) and gauge.measures(limit)
    ]


def limits_of(card: ClauseCard, levels: Sequence[ClauseLevel]) -> str:
    """The figures of the levels that the card shows."""
    shown = {cell.code for cell in card.cells}
    return " · ".join(limit for one in levels if one.level in shown for limit in one.limits)
