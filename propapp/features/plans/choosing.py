"""A level, a city and what the site has, asked of the library: what a year would be, unwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NotFound
from propapp.core.progress import Tell, to_nobody
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.plans import yearly
from propapp.features.plans.commands import KeepPlan
from propapp.features.plans.models import PlanKind
from propapp.features.plans.norms import Has, norms
from propapp.features.plans.rules import WALKERS
from propapp.features.plans.yearly import Wanted, YearPlan
from propapp.features.standards import clauses, rules
from propapp.features.standards.clauses import ClauseRow, Wish
from propapp.features.standards.figures import Demand
from propapp.features.standards.models import ClauseLevel, Standard, StandardKind

# More clauses than any library has; they are all planned at once.
_ALL = 10_000


@dataclass(frozen=True)
class Choice:
    """What is chosen: a paper and its level, a city, and how much of each thing there is.

    ``instead`` says another frequency for a subject, as ``figures.read_often`` reads it.
    """

    standard: str
    level: str
    year: int
    city: str = ""
    has: Mapping[Has, int] = field(default_factory=dict[Has, int])
    instead: Mapping[str, str] = field(default_factory=dict[str, str])


def preview(uow: UnitOfWork, choice: Choice, tell: Tell = to_nobody) -> YearPlan:
    """The year of this choice: a fixed number of questions, and nothing is written."""
    uow.actor.require(Permission.STANDARD_READ)
    standard = clauses.standard_by_code(uow.session, choice.standard)
    if standard is None:
        raise NotFound(kind="standard")
    known = {level["code"] for level in standard.levels} or {""}
    if choice.level not in known:
        raise InvalidInput(field="level")
    day, last = max(uow.now.date(), date(choice.year, 1, 1)), date(choice.year, 12, 31)
    rows, _ = clauses.search(uow.session, Wish(), day, limit=_ALL)
    changing = clauses.changing(uow.session, [row.clause for row in rows], day, last)
    statutes = clauses.statutes(uow.session, day, {row.clause.subject for row in rows})
    binding = {
        subject: {one.number for one in rules.binding_in(found, choice.city)}
        for subject, found in statutes.items()
    }
    return yearly.draw_up(
        [
            replace(one, until=changing.get(clause_id))
            for clause_id, one in _wanted(rows, standard, choice, binding)
        ],
        statutes,
        year=choice.year,
        city=choice.city,
        has=choice.has,
        norms=norms(),
        instead=choice.instead,
        tell=tell,
    )


def _wanted(
    rows: Sequence[ClauseRow], standard: Standard, choice: Choice, binding: Mapping[str, set[str]]
) -> list[tuple[UUID, Wanted]]:
    """What is asked, by clause: by the paper at its level, the city's law and the company itself.

    What no paper with levels offers, a custom of the trade, is asked for subjects that none of
    these has.
    """
    found: list[tuple[UUID, Wanted]] = []
    customs: list[tuple[UUID, Wanted]] = []
    # Also what the paper does not ask at this level: that is its word on the subject.
    had = {row.clause.subject for row in rows if row.standard.id == standard.id}
    for row in rows:
        kind = row.standard.kind
        is_law = kind is StandardKind.STATUTE
        if is_law and row.clause.number not in binding.get(row.clause.subject, ()):
            continue
        is_chosen = row.standard.id == standard.id
        if row.standard.levels and not is_chosen:
            continue
        level = _at(row, choice.level if is_chosen else "")
        if level is None and not is_law:
            continue
        is_custom = not (is_law or is_chosen or kind is StandardKind.COMPANY)
        one = row.clause.id, _as_wanted(row, level, is_law=is_law)
        (customs if is_custom else found).append(one)
    had = (had | {one.subject for _, one in found}) - {""}
    return found + [(clause_id, one) for clause_id, one in customs if one.subject not in had]


def _at(row: ClauseRow, code: str) -> ClauseLevel | None:
    held = {level.level: level for level in row.levels if level.demanded}
    return held.get(code) or held.get("")


def _as_wanted(row: ClauseRow, level: ClauseLevel | None, *, is_law: bool) -> Wanted:
    version = row.version
    return Wanted(
        version_id=version.id,
        number=row.clause.number,
        subject=row.clause.subject,
        title=version.title,
        title_en=version.title_en,
        demand=rules.demand_of(level) if level else Demand(),
        evidence=version.evidence,
        is_law=is_law,
    )


def as_draft(  # noqa: PLR0913 - the head of a plan
    drawn: YearPlan,
    choice: Choice,
    *,
    plan_id: UUID,
    site_id: UUID,
    name: str,
    name_en: str = "",
    reviewer_id: UUID | None = None,
    approver_id: UUID | None = None,
    routes: Mapping[str, UUID] | None = None,
) -> KeepPlan:
    """What adopts a year that was looked at: the draft with all its tasks, at once.

    ``routes`` are the routes that tasks walk, by key; whatever walks none is a single
    job, or a date where its post does no jobs on the phone.
    """
    walked = routes or {}
    return KeepPlan(
        plan_id=plan_id,
        site_id=site_id,
        kind=PlanKind.YEAR,
        name=name,
        name_en=name_en,
        starts=drawn.starts,
        ends=drawn.ends,
        reviewer_id=reviewer_id,
        approver_id=approver_id,
        level=f"{choice.standard}:{choice.level}"[:40],
        tasks=tuple(
            task.model_copy(
                update={
                    "route_id": walked.get(task.key),
                    "work": task.key not in walked and task.role in WALKERS,
                }
            )
            for task in drawn.tasks
        ),
    )
