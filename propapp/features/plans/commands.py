"""What may be asked about a plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.access import Role
from propapp.core.dates.specs import CoverageSpec, Rule, Season, Windows, times_of
from propapp.core.dates.timetable import Trigger
from propapp.core.dates.workdays import DayRule
from propapp.core.fields import Reason
from propapp.core.use_case import Command
from propapp.features.plans.models import PlanKind
from propapp.features.standards.commands import Proof

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$")]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Scale = Annotated[int, Field(ge=1, le=5)]
# A plan of more tasks than this has been generated wrongly.
MOST_TASKS = 5000


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class TaskSpec(_Part):
    """A task as it is to be; ``after`` are the keys of the tasks it waits for."""

    key: Key
    name: Name
    name_en: Annotated[str, Field(max_length=120)] = ""
    role: Role
    clause_id: UUID | None = None
    route_id: UUID | None = None
    work: bool = False
    template_id: UUID | None = None
    evidence: Proof = Proof()
    trigger: Trigger = Trigger.CALENDAR
    rrule: Rule = ""
    windows: Windows = ()
    day_rule: DayRule = DayRule.EVERY
    season: Season | None = None
    coverage: CoverageSpec | None = None
    # None where it is from the plan's first day to its last.
    starts: date | None = None
    ends: date | None = None
    minutes: Annotated[int, Field(ge=1, le=10_080)] = 30
    people: Annotated[int, Field(ge=1, le=200)] = 1
    urgency: Scale = 3
    importance: Scale = 3
    milestone: bool = False
    after: Annotated[tuple[Key, ...], Field(max_length=20)] = ()


class PlanCommand(Command):
    """Something about one version of a plan."""

    plan_id: UUID


class KeepPlan(PlanCommand):
    """Write a draft, or write on in one; tasks that are named replace all that were there.

    ``level`` is what the plan was drawn up by; without one it stays.
    """

    site_id: UUID
    kind: PlanKind
    department: Role | None = None
    name: Name
    name_en: Annotated[str, Field(max_length=80)] = ""
    starts: date
    ends: date
    reviewer_id: UUID | None = None
    approver_id: UUID | None = None
    parent_id: UUID | None = None
    level: Annotated[str, Field(max_length=40)] | None = None
    tasks: Annotated[tuple[TaskSpec, ...], Field(max_length=MOST_TASKS)] | None = None


class KeepTask(PlanCommand):
    """Write one task of a draft; a key that is known replaces it."""

    task: TaskSpec


class KeepTasks(PlanCommand):
    """Write many tasks of a draft at once; keys that are known replace theirs, others stay."""

    tasks: Annotated[tuple[TaskSpec, ...], Field(min_length=1, max_length=MOST_TASKS)]


class DropTask(PlanCommand):
    """Take a task out of a draft."""

    key: Key


class SubmitPlan(PlanCommand):
    """It is written, and waits for whoever was named to review it."""

    note: Reason = ""


class DropPlan(PlanCommand):
    """It will not be; only those who wrote a draft may say so."""

    reason: Reason = ""


class ReviewPlan(PlanCommand):
    """It can be done so, says whoever was named to review it."""

    note: Reason = ""


class ApprovePlan(PlanCommand):
    """It shall be done so, says whoever was named to approve it."""

    note: Reason = ""


class SendBackPlan(PlanCommand):
    """It has to be written anew, and why."""

    reason: Reason


class PutInForce(PlanCommand):
    """From now on it holds."""


class RevisePlan(PlanCommand):
    """Begin the next version, and say why; this one holds until that one does."""

    next_id: UUID
    reason: Reason


class ClosePlan(PlanCommand):
    """It holds no more, or never will, and why."""

    reason: Reason


def as_columns(spec: TaskSpec) -> dict[str, Any]:
    """The columns of a task that its words say directly."""
    plain = ("key", "name", "name_en", "role", "clause_id", "route_id", "work", "template_id")
    figures = ("minutes", "people", "urgency", "importance", "milestone")
    return {
        **{name: getattr(spec, name) for name in (*plain, *figures)},
        **times_of(spec),
        "evidence": spec.evidence.model_dump(),
    }
