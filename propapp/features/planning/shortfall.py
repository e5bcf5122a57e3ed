"""Tasks that are done less often than their clause asks, or the law: told, and not refused.

A year that is made from a level asks for enough; whoever writes in it by hand or by a workbook may
plan less, and whoever reviews it is to see that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from uuid import UUID

from propapp.core.dates.workdays import Calendar
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.planning.repository import Narrowed, SitePlans
from propapp.features.planning.spans import work_of
from propapp.features.planning.views import Short
from propapp.features.plans import repository as plans
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.plans.rules import keys_above
from propapp.features.schedules import repository as schedules
from propapp.features.sites.models import SiteProfile
from propapp.features.standards import clauses, rules
from propapp.features.standards.figures import Frequency
from propapp.features.standards.models import Clause, ClauseLevel
from propapp.features.standards.rules import Statute

_IN_FORCE = Narrowed(state=PlanStatus.IN_FORCE.value)
CLAUSE, LAW = "clause", "law"
_YEAR = 365


def short_of(uow: UnitOfWork, plan: Plan, tasks: Sequence[PlanTask]) -> dict[str, Short]:
    """By key, the tasks that fall short: as many questions for many tasks as for one.

    Tasks that serve the same subject serve it together, those of other plans in force too.
    """
    session = uow.session
    named = clauses.named(session, _clauses_of(tasks))
    if not named:
        return {}
    beside, level = _beside(uow, plan, tasks)
    named |= clauses.named(session, _clauses_of(beside)) if beside else {}
    profile = session.get(SiteProfile, plan.site_id)
    asked = _Asked(
        {version_id: clause for version_id, (clause, _) in named.items()},
        clauses.levels_of(session, list(named)),
        clauses.statutes(session, uow.now.date(), {clause.subject for clause, _ in named.values()}),
        level,
        profile.city if profile else "",
    )
    days = plan.starts, plan.ends
    planned = _planned((*tasks, *beside), asked.clauses, schedules.calendar(session), days)
    return dict(_short(tasks, asked, planned, (plan.ends - plan.starts).days + 1))


def _clauses_of(tasks: Iterable[PlanTask]) -> set[UUID]:
    return {task.clause_id for task in tasks if task.clause_id}


def _beside(uow: UnitOfWork, plan: Plan, tasks: Sequence[PlanTask]) -> tuple[list[PlanTask], str]:
    """What other plans in force do at the site in its days, and the level that holds for it.

    What a plan spells out of the one above it is work once, not twice.
    """
    others = [
        one for one in SitePlans(uow).at(plan.site_id, _IN_FORCE) if one.root_id != plan.root_id
    ]
    theirs = plans.tasks_of(uow.session, [one.id for one in others]) if others else []
    held = [*others, plan]
    above = keys_above(held, held, [*theirs, *tasks])
    mine = {task.key for task in tasks}
    spelt = {plan.parent_id: mine}
    parents = {one.id: one.root_id for one in others}
    found = [
        task
        for task in theirs
        if task.key not in above[task.plan_id] | spelt.get(parents[task.plan_id], set())
    ]
    levels = (one.level for one in others if one.root_id == plan.parent_id)
    return found, (plan.level or next(levels, "")).partition(":")[2]


@dataclass(frozen=True)
class _Asked:
    """The clauses by version, what each asks by level, and the law by subject."""

    clauses: Mapping[UUID, Clause]
    levels: Mapping[UUID, Sequence[ClauseLevel]]
    statutes: Mapping[str, Sequence[Statute]]
    level: str
    city: str

    def by_clause(self, version_id: UUID) -> Frequency | None:
        """How often it asks at the level; of several, where none is chosen, the least."""
        demanded = [one for one in self.levels.get(version_id, ()) if one.demanded]
        chosen = [one for one in demanded if one.level in {self.level, ""}]
        found = [rules.demand_of(one).often for one in chosen or demanded]
        return min((one for one in found if one), key=lambda one: one.per_year, default=None)

    def by_law(self, version_id: UUID) -> Frequency | None:
        """How often the law that binds in the city asks for what the clause is about."""
        binding = rules.binding_in(
            self.statutes.get(self.clauses[version_id].subject, ()), self.city
        )
        found = [one.demand.often for one in binding if one.demand.often]
        return max(found, key=lambda one: one.per_year, default=None)


def _subject(clause: Clause) -> str:
    return clause.subject or str(clause.id)


def _planned(
    tasks: Iterable[PlanTask],
    named: Mapping[UUID, Clause],
    calendar: Calendar,
    days: tuple[date, date],
) -> Mapping[str, float]:
    """How often what each subject asks for is done."""
    found: defaultdict[str, float] = defaultdict(float)
    known: dict[tuple[object, ...], float] = {}
    for task in tasks:
        if task.clause_id and task.clause_id in named:
            # Many tasks of a year fall on the same days, which take time to count.
            times = _same_times(task)
            if times not in known:
                known[times] = sum(one.times for one in work_of(task, calendar, *days))
            found[_subject(named[task.clause_id])] += known[times]
    return found


def _same_times(task: PlanTask) -> tuple[object, ...]:
    """What tasks share that are done as often as each other."""
    random, season = str(task.random), str(task.season)
    days = (task.rrule, task.day_rule, season, task.starts, task.ends)
    return (task.trigger, *days, len(task.windows), random)


def _short(
    tasks: Iterable[PlanTask], asked: _Asked, planned: Mapping[str, float], days: int
) -> Iterator[tuple[str, Short]]:
    for task in tasks:
        clause = asked.clauses.get(task.clause_id) if task.clause_id else None
        # Nobody knows how often the weather will begin it.
        if task.clause_id is None or clause is None or task.trigger.is_weather:
            continue
        done = round(planned[_subject(clause)])
        for by, often in (
            (LAW, asked.by_law(task.clause_id)),
            (CLAUSE, asked.by_clause(task.clause_id)),
        ):
            # A plan of less than a year owes whole times only.
            if often and done < (due := floor(often.per_year * days / _YEAR)):
                yield task.key, Short(by, often, due, done)
                break
