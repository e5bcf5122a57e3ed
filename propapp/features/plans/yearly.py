"""A year's plan from a level and from what the site has, and what another choice would cost; pure.

Nothing is written here: what comes out is shown, and becomes a draft by ``plan.keep``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from math import ceil
from uuid import UUID

from propapp.core.access import Role
from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.errors import InvalidInput, LoosensStatute
from propapp.core.progress import Tell, to_nobody
from propapp.features.plans.commands import Proof, TaskSpec, as_columns
from propapp.features.plans.models import PlanTask
from propapp.features.plans.norms import Has, Norm
from propapp.features.plans.rhythm import rhythm
from propapp.features.standards import figures, rules
from propapp.features.standards.figures import Demand, Frequency
from propapp.features.standards.rules import Statute

_DAY = 480  # minutes that one person works in a day
_URGENT = 4


@dataclass(frozen=True)
class Wanted:
    """A clause as it is asked for at the level that was chosen; a statute at any."""

    version_id: UUID
    number: str
    subject: str
    title: str
    title_en: str
    demand: Demand
    evidence: Mapping[str, object] = field(default_factory=dict[str, object])
    is_law: bool = False
    # The day of the year from which it has ended or reads otherwise.
    until: date | None = None


class Reason(StrEnum):
    """Why a clause has no task in the plan, or none that does all it asks all year."""

    LESS = "less"
    CHANGES = "changes"
    NO_FREQUENCY = "no_frequency"
    NO_NORM = "no_norm"
    NOT_HERE = "not_here"
    SERVED = "served"


@dataclass(frozen=True)
class Uncovered:
    """A clause that the plan has no task for, or not enough of one; ``day`` is when it changes."""

    number: str
    title: str
    title_en: str
    reason: Reason
    day: date | None = None


@dataclass(frozen=True)
class Doing:
    """A task of the year with its subject, how often that is asked, and its dates in the year."""

    spec: TaskSpec
    subject: str
    often: Frequency
    times: int
    is_law: bool = False

    @property
    def minutes(self) -> int:
        """The work of all who do it, in all of the year."""
        return self.times * self.spec.minutes * self.spec.people


@dataclass(frozen=True)
class YearPlan:
    """What a choice comes to: what is done, and what no task serves, or none does wholly."""

    starts: date
    ends: date
    doings: tuple[Doing, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def tasks(self) -> tuple[TaskSpec, ...]:
        """The tasks as a plan has them."""
        return tuple(one.spec for one in self.doings)

    @property
    def minutes(self) -> dict[Role, int]:
        """The minutes of work of the year by post."""
        spent: defaultdict[Role, int] = defaultdict(int)
        for one in self.doings:
            spent[one.spec.role] += one.minutes
        return dict(spent)

    @property
    def hours(self) -> dict[Role, float]:
        """The hours of work of the year by post."""
        return {role: round(minutes / 60, 1) for role, minutes in self.minutes.items()}


@dataclass(frozen=True)
class Difference:
    """The hours of a post under two choices."""

    role: Role
    one: float
    other: float

    @property
    def more(self) -> float:
        """By how many hours the other choice asks for more."""
        return round(self.other - self.one, 1)


def draw_up(  # noqa: PLR0913 - all that a year is made of
    wanted: Iterable[Wanted],
    statutes: Mapping[str, Sequence[Statute]],
    *,
    year: int,
    city: str,
    has: Mapping[Has, int],
    norms: Mapping[str, Norm],
    instead: Mapping[str, str] | None = None,
    tell: Tell = to_nobody,
) -> YearPlan:
    """The plan of a year; ``tell`` hears how many subjects are drawn up, of how many.

    ``instead`` says another frequency for a subject; ``LoosensStatute`` where the law asks for
    more, and a clause that asks for more is left as served too seldom. A level is never refused:
    where the law asks for more, the law's word is planned.
    """
    starts, ends = date(year, 1, 1), date(year, 12, 31)
    counts = {**has, Has.SITE: 1}
    doings: list[Doing] = []
    left: list[Uncovered] = []
    subjects = _by_subject(wanted)
    for done, (subject, found) in enumerate(subjects.items()):
        tell(done, len(subjects))
        binding = rules.binding_in(statutes.get(subject, ()), city)
        said = (instead or {}).get(subject, "")
        if said:
            demand = _tried(said, subject, binding)
        else:
            demand = rules.at_least(figures.strictest([one.demand for one in found]), binding)
        often, norm = demand.often, norms.get(subject)
        reason = _reason(often, norm, counts)
        if often is None or norm is None or reason is not None:
            left += [_left(one, reason) for one in found]
            continue
        leading = _leading(found)
        spec = _task(leading, often, norm, counts)
        doings.append(_doing(leading, spec, often, starts, ends))
        left += _short(found, often, leading)
    tell(len(subjects), len(subjects))
    return YearPlan(starts, ends, tuple(doings), tuple(left))


def compare(one: YearPlan, other: YearPlan) -> list[Difference]:
    """Two choices side by side, by post, the most hours first."""
    roles = sorted(
        {*one.hours, *other.hours},
        key=lambda role: (-max(one.hours.get(role, 0), other.hours.get(role, 0)), role.value),
    )
    return [Difference(role, one.hours.get(role, 0), other.hours.get(role, 0)) for role in roles]


def _doing(one: Wanted, spec: TaskSpec, often: Frequency, starts: date, ends: date) -> Doing:
    task = PlanTask(plan_id=UUID(int=0), starts=starts, ends=ends, **as_columns(spec))
    times = sum(1 for _ in timetable.openings(task, Calendar(), starts, ends))
    return Doing(spec, one.subject, often, times, one.is_law)


def _by_subject(wanted: Iterable[Wanted]) -> dict[str, list[Wanted]]:
    """Clauses of one subject are served by one task; without a subject each stands alone."""
    found: defaultdict[str, list[Wanted]] = defaultdict(list)
    for one in wanted:
        found[one.subject or f"?{one.version_id}"].append(one)
    return dict(found)


def _short(found: Sequence[Wanted], often: Frequency, leading: Wanted) -> list[Uncovered]:
    """What the one task of a subject does not do of its clauses, and which it serves as well."""
    left: list[Uncovered] = []
    for one in found:
        asked = one.demand.often
        if asked is not None and asked.per_year > often.per_year:
            left.append(_left(one, Reason.LESS))
        elif one.until is not None:
            left.append(_left(one, Reason.CHANGES))
        elif one is not leading:
            left.append(_left(one, Reason.SERVED))
    return left


def _left(one: Wanted, reason: Reason | None) -> Uncovered:
    return Uncovered(one.number, one.title, one.title_en, reason or Reason.NO_NORM, one.until)


def _tried(said: str, subject: str, binding: Sequence[Statute]) -> Demand:
    """Another frequency, unless it cannot be read or the law asks for more; both name the one."""
    try:
        demand = Demand(figures.read_often(said))
    except InvalidInput as error:
        raise InvalidInput(**error.facts, subject=subject) from error
    try:
        rules.refuse_loosening(demand, [_how_often(one) for one in binding])
    except LoosensStatute as error:
        raise LoosensStatute(**error.facts, subject=subject) from error
    return demand


def _how_often(statute: Statute) -> Statute:
    """The statute as far as it says how often: another frequency changes nothing else."""
    return replace(statute, demand=Demand(statute.demand.often))


def _reason(often: Frequency | None, norm: Norm | None, counts: Mapping[Has, int]) -> Reason | None:
    if often is None:
        return Reason.NO_FREQUENCY
    if norm is None:
        return Reason.NO_NORM
    return None if counts.get(norm.each, 0) > 0 else Reason.NOT_HERE


def _leading(found: Sequence[Wanted]) -> Wanted:
    """The clause that the task names: of those that ask most often, the law."""
    return max(
        found, key=lambda one: (one.demand.often.per_year if one.demand.often else 0, one.is_law)
    )


def _task(one: Wanted, often: Frequency, norm: Norm, counts: Mapping[Has, int]) -> TaskSpec:
    rrule, windows = rhythm(often, begins=norm.begins, ends=norm.ends, seed=one.subject)
    minutes = norm.minutes * counts[norm.each]
    # What one of them cannot do in a day is done by several beside one another.
    beside = ceil(minutes / _DAY)
    return TaskSpec(
        key=one.subject.replace("_", "-"),
        name=one.title[:80],
        name_en=one.title_en[:120],
        role=norm.role,
        clause_id=one.version_id,
        evidence=Proof.model_validate(dict(one.evidence)),
        rrule=rrule,
        windows=tuple(windows),
        minutes=ceil(minutes / beside),
        people=norm.people * beside,
        urgency=_URGENT if one.is_law else 3,
        importance=5 if one.is_law else 3,
    )
