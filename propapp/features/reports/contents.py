"""What a report says, as figures and names in both languages; no words of a language yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from propapp.core.access import Permission, Role
from propapp.core.errors import NotFound
from propapp.core.progress import Tell
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards import kept
from propapp.features.boards.figures import Figures, figures
from propapp.features.boards.repository import BoardRepository
from propapp.features.goals import reading as goals
from propapp.features.goals.measures import Tally as Cases
from propapp.features.goals.views import GoalCard, MonthBar
from propapp.features.people.models import Person
from propapp.features.plans.models import PlanTask
from propapp.features.reports import counting, proving, rounds
from propapp.features.reports.counting import Judged, Tally, judge
from propapp.features.reports.held import Line, lines
from propapp.features.reports.promised import PromisedLine, limits_of, measured, promised
from propapp.features.reports.proving import ChainEnd, LateOrder
from propapp.features.reports.rounds import Key, Proof, Stretch, WeakVisit, together
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.models import Route
from propapp.features.standards import clauses as library
from propapp.features.standards.cards import ClauseCard, clause_card
from propapp.features.standards.clauses import ClauseRow

# Rounds that are told of one by one; how many more there were is said.
MOST_LAPSES = 2000
_STEP = 500


@dataclass
class Counted:
    """What came of the rounds of a stretch, by whatever they are asked for by."""

    by_key: dict[Key, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_day: dict[date, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_task: dict[UUID, dict[date, Counter[kept.Kept]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    lapses: list[Judged] = field(default_factory=list[Judged])
    lapsed: int = 0


def count_rounds(uow: UnitOfWork, stretch: Stretch, tell: Tell) -> Counted:
    """Judge every round once as it streams by; memory is bounded by tasks, days and lapses."""
    whole, found = rounds.count(uow, stretch), Counted()
    for number, (occurrence, walks) in enumerate(rounds.stream(uow, stretch), 1):
        one = judge(occurrence, walks, uow.now)
        found.by_key[Key(occurrence.plan_task_id, occurrence.route_id)].add(one, walks)
        found.by_day[occurrence.local_date].add(one, walks)
        if occurrence.plan_task_id is not None:
            by_day = found.by_task[occurrence.plan_task_id]
            by_day[occurrence.local_date][one.outcome] += 1
        if one.is_lapse:
            found.lapsed += 1
            if len(found.lapses) < MOST_LAPSES:
                found.lapses.append(one)
        if number % _STEP == 0:
            tell(number, whole + 1)
    tell(whole, whole + 1)
    return found


@dataclass(frozen=True)
class ClauseLine:
    """A clause that plans promised to keep, and what became of it.

    ``days`` is on how many days its tasks fall for which no route is walked.
    """

    card: ClauseCard
    # The figures of its level, ``response <= 30 min``.
    limits: str
    tally: Tally
    proof: Proof
    tasks: int
    days: int


@dataclass(frozen=True)
class PostLine:
    """What the rounds of a post came to."""

    role: Role
    tally: Tally
    proof: Proof


@dataclass(frozen=True)
class Performance:
    """A month of a site: what was promised, done, late, missed, and what proves it."""

    stretch: Stretch
    now: datetime
    goals: list[tuple[GoalCard, MonthBar]]
    clauses: list[ClauseLine]
    promised: list[PromisedLine]
    posts: list[PostLine]
    days: list[tuple[date, Tally]]
    lapses: list[Judged]
    lapsed: int
    tally: Tally
    proof: Proof
    weak: Sequence[WeakVisit]
    looks: Cases
    orders: Figures
    reported: int
    in_time: Cases
    in_a_day: Cases
    late_orders: Sequence[LateOrder]
    chain: ChainEnd | None
    routes: Mapping[UUID, Route]
    tasks: Mapping[UUID, PlanTask]
    person: Person


def performance(uow: UnitOfWork, stretch: Stretch, person_id: UUID, tell: Tell) -> Performance:
    """Everything the report of a month says: as many questions for a large site as for a small."""
    refuse_unseen(uow, stretch)
    counted = count_rounds(uow, stretch, tell)
    routes = rounds.routes_at(uow, stretch.site.id)
    rows = rounds.tasks_held(uow, stretch)
    held = lines(rows, stretch.site.zone)
    proof = rounds.proofs(uow, stretch)
    spans = BoardRepository(uow, stretch.site.id).spans_since(stretch.begins, stretch.ends)
    return Performance(
        stretch=stretch,
        now=uow.now,
        goals=goals.goals_in(uow, stretch.site, stretch.first, stretch.last),
        clauses=_clauses(uow, stretch, held, counted, proof),
        promised=promised(uow, stretch, held, _levels(held)),
        posts=_posts(routes, counted, proof),
        days=sorted(counted.by_day.items()),
        lapses=counted.lapses,
        lapsed=counted.lapsed,
        tally=counting.total(list(counted.by_key.values())),
        proof=together(proof.values()),
        weak=rounds.weakest(uow, stretch),
        looks=measured(uow, stretch, "looks_passed"),
        orders=figures(spans, []),
        reported=len(spans),
        in_time=measured(uow, stretch, "orders_in_time"),
        in_a_day=measured(uow, stretch, "answered_in_a_day"),
        late_orders=proving.late_orders(uow, stretch),
        chain=proving.chain_end(uow.session, stretch),
        routes=routes,
        tasks={row.task.id: row.task for row in rows},
        person=uow.session.get_one(Person, person_id),
    )


def refuse_unseen(uow: UnitOfWork, stretch: Stretch) -> None:
    """Somebody who may have no report of the site any more gets none."""
    if stretch.site.id not in uow.actor.sites_where(Permission.REPORT_MAKE):
        raise NotFound(kind="report")


def _posts(
    routes: Mapping[UUID, Route], counted: Counted, proof: Mapping[Key, Proof]
) -> list[PostLine]:
    def of(role: Role) -> Callable[[Key], bool]:
        return lambda key: routes[key.route_id].role is role

    return [
        PostLine(role, _tally(counted, of(role)), _proof(proof, of(role)))
        for role in Role
        if any(of(role)(key) for key in counted.by_key)
    ]


def _tally(counted: Counted, wanted: Callable[[Key], bool]) -> Tally:
    return counting.total([tally for key, tally in counted.by_key.items() if wanted(key)])


def _proof(proof: Mapping[Key, Proof], wanted: Callable[[Key], bool]) -> Proof:
    return together(one for key, one in proof.items() if wanted(key))


def _clauses(
    uow: UnitOfWork,
    stretch: Stretch,
    held: Sequence[Line],
    counted: Counted,
    proof: Mapping[Key, Proof],
) -> list[ClauseLine]:
    """The clauses that tasks of plans in force serve, in the order of the library."""
    by_clause: dict[UUID, list[Line]] = defaultdict(list)
    tasks = [one.task for line in held for one in line.versions]
    versions = {task.clause_id for task in tasks if task.clause_id}
    named = library.named(uow.session, versions)
    papers = {one.id: one for one in library.standards(uow.session)}
    levels = library.levels_of(uow.session, list(versions))
    calendar = schedules.calendar(uow.session)
    chosen = _levels(held)
    for line in held:
        if line.task.clause_id is not None:
            by_clause[named[line.task.clause_id][0].id].append(line)
    found: list[tuple[tuple[int, int, str], ClauseLine]] = []
    for under in by_clause.values():
        row = under[-1].row
        clause, version = named[row.task.clause_id]  # type: ignore[index]
        paper = papers[clause.standard_id]
        ids = {one for line in under for one in line.ids}
        card = clause_card(
            ClauseRow(clause, paper, version, levels.get(version.id, [])),
            level=chosen.get(paper.code, ""),
        )
        line = ClauseLine(
            card=card,
            limits=limits_of(card, levels.get(version.id, [])),
            tally=_tally(counted, lambda key, ids=ids: key.task_id in ids),
            proof=_proof(proof, lambda key, ids=ids: key.task_id in ids),
            tasks=len(under),
            days=sum(_days(line, stretch, calendar) for line in under),
        )
        found.append(((paper.position, clause.position, clause.number), line))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _levels(held: Sequence[Line]) -> dict[str, str]:
    """By the code of its paper, the level that plans were made from; it holds for all of them."""
    plans = {line.row.plan.id: line.row.plan for line in held}.values()
    return dict(plan.level.split(":", 1) for plan in plans if ":" in plan.level)


def _days(line: Line, stretch: Stretch, calendar: schedules.Calendar) -> int:
    """As the clause's page lists them; none where a route is walked."""
    return 0 if line.is_walked else len(kept.days_due(line.task, stretch.first, calendar))
