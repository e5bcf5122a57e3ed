"""The chain as one picture: from a goal down to a photo, and from a run up to its goals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.goals import links
from propapp.features.goals.links import Kept, TaskRow, WalkedRound
from propapp.features.goals.models import Goal
from propapp.features.goals.repository import GoalRepository, ServingClause
from propapp.features.goals.rules import Period
from propapp.features.goals.views import Knot, Rung
from propapp.features.planning.spans import work_of
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site

GOAL_PAGE, CLAUSE_PAGE = "/goals/goal?goal=", "/standards/clause?clause="
PLAN_PAGE, RUN_PAGE = "/plans/plan?plan=", "/board/run?run="


@dataclass(frozen=True)
class Wish:
    """What of each rung somebody has chosen; "" takes what there is most to see of."""

    clause: str = ""
    task: str = ""
    month: str = ""
    run: str = ""


@dataclass
class _Task:
    """A task in all versions of its plan."""

    id: str
    row: TaskRow
    ids: list[UUID] = field(default_factory=list[UUID])
    months: dict[int, Kept] = field(default_factory=dict[int, Kept])
    days: int = 0

    @property
    def kept(self) -> Kept:
        """All of its months together."""
        return Kept(*(sum(column) for column in zip(*self.months.values(), strict=True)))


def down(
    uow: UnitOfWork, goal: Goal, site: Site, serving: Sequence[ServingClause], wish: Wish
) -> list[Rung]:
    """The goal's clauses, their tasks, the months, rounds and photos of what is chosen."""
    period = Period(goal.starts, goal.ends, site.zone)
    tasks = _tasks(uow, goal, serving, period)
    clause = _chosen_clause(serving, tasks, wish)
    under = [task for task in tasks if clause and task.row.clause_id == clause.clause.id]
    task = _one(under, wish.task, key=lambda one: one.id, best=lambda one: one.kept.due)
    months = sorted(task.months) if task else []
    month = _one(months, wish.month, key=lambda one: f"{period.months[one]:%Y-%m}", best=int)
    found, all_rounds = _rounds(uow, task, month, period)
    run = _one(found, wish.run, key=lambda one: str(one.run.id), best=_ended)
    photos, all_photos = links.photos_of(uow, run.run.id) if run else ([], 0)
    return [
        Rung("goal", [_goal_knot(goal, chosen=True)]),
        Rung("clause", [clause_knot(one, chosen=one is clause) for one in serving]),
        Rung("task", [_task_knot(one, chosen=one is task) for one in under]),
        Rung("month", [_month_knot(task, one, period, month) for one in months] if task else []),
        Rung(
            "round",
            [_round_knot(one, chosen=one is run) for one in found],
            more=all_rounds - len(found),
            href=_month_page(clause, site, period, month),
        ),
        Rung(
            "photo",
            [_photo_knot(one, run.run.id) for one in photos] if run else [],
            more=all_photos - len(photos),
            href=f"{RUN_PAGE}{run.run.id}" if run else "",
        ),
    ]


def _one(found, wish, *, key, best):  # noqa: ANN001, ANN202 - any kind of thing on a rung
    """The one that is wished for, else the best, else none."""
    wished = next((one for one in found if key(one) == wish), None)
    return wished if wished is not None else max(found, key=best, default=None)


def _ended(one: WalkedRound) -> tuple[bool, datetime]:
    return one.run.finished_at is not None, one.occurrence.opens_at


def _tasks(
    uow: UnitOfWork, goal: Goal, serving: Sequence[ServingClause], period: Period
) -> list[_Task]:
    """Each task once, however many versions its plan has; as its newest version has it."""
    rows = links.tasks_under(uow, goal, [one.clause.id for one in serving])
    found: dict[tuple[UUID, str, UUID], _Task] = {}
    for row in rows:
        name = f"{row.plan.root_id}.{row.task.key}"
        key = (row.plan.root_id, row.task.key, row.clause_id)
        found.setdefault(key, _Task(name, row)).ids.append(row.task.id)
    by_id = {task_id: task for task in found.values() for task_id in task.ids}
    for (task_id, month), counts in links.kept(uow, list(by_id), period).items():
        months = by_id[task_id].months
        months[month] = Kept(*map(sum, zip(months.get(month, Kept()), counts, strict=True)))
    _count_days(uow, list(found.values()), period)
    return list(found.values())


def _count_days(uow: UnitOfWork, tasks: Sequence[_Task], period: Period) -> None:
    """On how many days of the goal's time those without a round fall."""
    calendar = schedules.calendar(uow.session)
    for task in tasks:
        if not task.row.task.is_walked:
            first = max(period.first, task.row.task.starts)
            last = min(period.last, task.row.task.ends)
            task.days = len(work_of(task.row.task, calendar, first, last)) if first <= last else 0


def _chosen_clause(
    serving: Sequence[ServingClause], tasks: Sequence[_Task], wish: Wish
) -> ServingClause | None:
    due: defaultdict[UUID, int] = defaultdict(int)
    for task in tasks:
        due[task.row.clause_id] += task.kept.due + 1
    return _one(
        serving,
        wish.clause,
        key=lambda one: str(one.clause.id),
        best=lambda one: due[one.clause.id],
    )


def _rounds(
    uow: UnitOfWork, task: _Task | None, month: int | None, period: Period
) -> tuple[Sequence[WalkedRound], int]:
    if task is None or month is None:
        return [], 0
    first = period.months[month]
    further = period.months[month + 1 : month + 2]
    last = further[0] - date.resolution if further else period.last
    return links.rounds_walked(uow, task.ids, Period(first, last, period.zone))


def _month_page(clause: ServingClause | None, site: Site, period: Period, month: int | None) -> str:
    """Where every round of the month that the clause asked for stands, day by day."""
    if clause is None or month is None:
        return ""
    return f"{CLAUSE_PAGE}{clause.clause.id}&site={site.id}&month={period.months[month]:%Y-%m}"


def up(uow: UnitOfWork, run_id: UUID) -> list[Rung]:
    """What a run and its photos serve: its round, the plan's task, the clause, the goals."""
    found = links.run_link(uow, run_id)
    if found is None:
        return []
    site = uow.session.get_one(Site, found.run.site_id)
    day = local_day(found.occurrence.opens_at, site.zone)
    goals = goals_of(uow, site.id, [found.clause.id] if found.clause else [], day)
    task, plan, version, clause = found.task, found.plan, found.version, found.clause
    return [
        Rung("goal", [_goal_knot(goal) for goal in goals]),
        Rung(
            "clause",
            [clause_knot(ServingClause(clause, found.standard, version), site=site)]
            if clause and version and found.standard
            else [],
        ),
        Rung("task", [_plan_knot(task, plan)] if task and plan else []),
        Rung(
            "round",
            [
                Knot(
                    id=str(run_id),
                    name=found.route.name,
                    name_en=found.route.name_en or found.route.name,
                    at=_stamp(found.occurrence.opens_at),
                    until=_stamp(found.occurrence.closes_at),
                    chosen=True,
                )
            ],
        ),
    ]


def goals_of(uow: UnitOfWork, site_id: UUID, clause_ids: Sequence[UUID], day: date) -> list[Goal]:
    """The goals of the site that these clauses serve on the day."""
    found = GoalRepository(uow).served_by(site_id, clause_ids) if clause_ids else []
    return [goal for goal in found if goal.starts <= day <= goal.ends]


def of_clause(
    goals: Sequence[Goal], clause: Knot, tasks: Sequence[tuple[PlanTask, Plan]]
) -> list[Rung]:
    """A clause between the goals that it serves and the tasks that serve it."""
    return [
        Rung("goal", [_goal_knot(goal) for goal in goals]),
        Rung("clause", [replace(clause, href="", chosen=True)]),
        Rung("task", [_plan_knot(*one) for one in tasks]),
    ]


def _goal_knot(goal: Goal, *, chosen: bool = False) -> Knot:
    return Knot(
        id=str(goal.id),
        name=goal.name,
        name_en=goal.name_en or goal.name,
        href=f"{GOAL_PAGE}{goal.id}",
        chosen=chosen,
    )


def clause_knot(one: ServingClause, *, chosen: bool = False, site: Site | None = None) -> Knot:
    """The clause with its paper and the way to its page."""
    return Knot(
        id=str(one.clause.id),
        number=one.clause.number,
        name=one.version.title,
        name_en=one.version.title_en or one.version.title,
        note=one.standard.name,
        note_en=one.standard.name_en or one.standard.name,
        href=f"{CLAUSE_PAGE}{one.clause.id}" + (f"&site={site.id}" if site else ""),
        chosen=chosen,
    )


def _plan_knot(task: PlanTask, plan: Plan) -> Knot:
    return Knot(
        id=str(task.id),
        name=task.name,
        name_en=task.name_en or task.name,
        note=plan.name,
        note_en=plan.name_en or plan.name,
        href=f"{PLAN_PAGE}{plan.id}",
    )


def _task_knot(one: _Task, *, chosen: bool) -> Knot:
    knot = _plan_knot(one.row.task, one.row.plan)
    walks = one.row.task.is_walked
    counts = one.kept._asdict() if one.months else {}
    return replace(
        knot, id=one.id, walked=walks, days=one.days, counted=walks, chosen=chosen, **counts
    )


def _month_knot(task: _Task, number: int, period: Period, chosen: int | None) -> Knot:
    month = f"{period.months[number]:%Y-%m}"
    return Knot(
        id=month,
        name=month,
        name_en=month,
        counted=True,
        chosen=number == chosen,
        **task.months[number]._asdict(),
    )


def _round_knot(one: WalkedRound, *, chosen: bool) -> Knot:
    late = not one.run.in_window or one.run.started_at > one.occurrence.closes_at
    return Knot(
        id=str(one.run.id),
        name=one.person.name,
        name_en=one.person.name_en or one.person.name,
        at=_stamp(one.occurrence.opens_at),
        until=_stamp(one.occurrence.closes_at),
        state="running" if one.run.finished_at is None else "late" if late else "done",
        href=f"{RUN_PAGE}{one.run.id}",
        chosen=chosen,
    )


def _photo_knot(sha256: str, run_id: UUID) -> Knot:
    return Knot(id=sha256, photo=sha256, href=f"{RUN_PAGE}{run_id}")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
