"""A clause with all that hangs on it: its versions, the plans under it, and a month of rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards import clauses, kept, rules
from propapp.features.boards.kept import Month
from propapp.features.goals import chain
from propapp.features.goals.repository import GoalRepository, ServingClause
from propapp.features.goals.views import Rung
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site
from propapp.features.standards import clauses as library
from propapp.features.standards import rules as standards
from propapp.features.standards.cards import ClauseCard, LevelCell, clause_card, level_cells
from propapp.features.standards.clauses import ClauseRow
from propapp.features.standards.models import (
    ClauseLevel,
    ClauseVersion,
    Standard,
    StandardKind,
)

_NONE = Month(kept.Count(), [], "", [])


@dataclass(frozen=True)
class VersionCard:
    """A version of a clause; ``state`` is held, holds or comes."""

    id: str = ""
    starts: str = ""
    state: str = ""
    mark: str = ""
    source: str = ""
    reason: str = ""
    cells: list[LevelCell] = field(default_factory=list[LevelCell])


@dataclass(frozen=True)
class TaskLine:
    """A task of a plan that was made under the clause; ``days`` where nothing is walked or done."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    plan: str = ""
    plan_en: str = ""
    version: int = 0
    status: str = ""
    role: str = ""
    walked: bool = False
    under: str = ""
    days: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class ClauseRecord:
    """All that the page of a clause shows."""

    card: ClauseCard
    versions: list[VersionCard]
    tasks: list[TaskLine]
    month: Month
    chain: list[Rung]
    first: date
    may_write: bool
    may_end: bool
    may_drop: bool


def record(uow: UnitOfWork, site: Site, clause_id: UUID, month: str, day: str) -> ClauseRecord:
    """The clause, whole: a fixed number of questions."""
    clause, standard = clauses.clause_row(uow, clause_id)
    versions = library.versions_of(uow.session, [clause.id])
    levels = library.levels_of(uow.session, [version.id for version in versions])
    today = local_day(uow.now, site.zone)
    holds = standards.in_force(clause, versions, today) or versions[-1]
    found = clauses.tasks_under(uow, site.id, [version.id for version in versions])
    first = kept.month_of(month, today)
    goals = GoalRepository(uow).served_by(site.id, [clause.id])
    writes = uow.actor.may(Permission.STANDARD_WRITE)
    return ClauseRecord(
        card=clause_card(ClauseRow(clause, standard, holds, levels.get(holds.id, []))),
        versions=[
            _version(standard, one, levels.get(one.id, []), holds, today)
            for one in reversed(versions)
        ],
        tasks=_tasks(uow, found, versions, first),
        month=_month(uow, site, found, first, day),
        chain=chain.of_clause(
            goals, chain.clause_knot(ServingClause(clause, standard, holds)), _serving(found)
        ),
        first=first,
        may_write=writes and clause.ends is None,
        may_end=writes and standard.kind is not StandardKind.STATUTE and clause.ends is None,
        may_drop=writes and standard.kind is StandardKind.COMPANY,
    )


def _serving(found: Sequence[tuple[PlanTask, Plan]]) -> list[tuple[PlanTask, Plan]]:
    """The tasks of plans that hold."""
    return [(task, plan) for task, plan in found if plan.status is PlanStatus.IN_FORCE]


def _version(
    standard: Standard,
    one: ClauseVersion,
    levels: Sequence[ClauseLevel],
    holds: ClauseVersion,
    today: date,
) -> VersionCard:
    state = "holds" if one.id == holds.id else "comes" if one.starts > today else "held"
    return VersionCard(
        id=str(one.id),
        starts=one.starts.isoformat(),
        state=state,
        mark=one.mark.value,
        source=one.source,
        reason=one.reason,
        cells=level_cells(standard, levels),
    )


def _tasks(
    uow: UnitOfWork,
    found: Sequence[tuple[PlanTask, Plan]],
    versions: Sequence[ClauseVersion],
    first: date,
) -> list[TaskLine]:
    since = {version.id: version.starts.isoformat() for version in versions}
    calendar = schedules.calendar(uow.session)
    return [
        TaskLine(
            id=str(task.id),
            name=task.name,
            name_en=task.name_en or task.name,
            plan=plan.name,
            plan_en=plan.name_en or plan.name,
            version=plan.version,
            status=plan.status.value,
            role=task.role.value,
            walked=task.is_walked,
            under=since.get(task.clause_id, "") if task.clause_id else "",
            # A single job has rounds of its own, which stand in the month.
            days=[] if task.is_walked else kept.days_due(task, first, calendar),
        )
        for task, plan in found
    ]


def _month(
    uow: UnitOfWork, site: Site, found: Sequence[tuple[PlanTask, Plan]], first: date, day: str
) -> Month:
    if not found:
        return _NONE
    begins = rules.midnight(first, site.zone)
    ends = rules.midnight(kept.last_of(first) + timedelta(days=1), site.zone)
    asked = clauses.rounds_for(uow, [task.id for task, _ in found], begins, ends)
    return kept.month(asked, first, day, uow.now) if asked else _NONE
