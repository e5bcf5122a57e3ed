"""Plans as the browser shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from propapp.core.dates.recurrence import parse
from propapp.core.text import LOCALES
from propapp.features.people.models import Person
from propapp.features.people.views import NOBODY, Named, named
from propapp.features.planning.once import is_once
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules.models import Route
from propapp.features.schedules.views import repeat_of, windows_text
from propapp.features.standards.cards import often_words
from propapp.features.standards.figures import Frequency
from propapp.features.standards.models import ChecklistTemplate, Clause, ClauseVersion


@dataclass(frozen=True)
class PlanFace:
    """What every look at a version of a plan begins with."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    kind: str = ""
    department: str = ""
    status: str = ""
    version: int = 1
    starts: str = ""
    ends: str = ""
    author: Named = NOBODY
    parent: Named = NOBODY


@dataclass(frozen=True)
class PlanCard(PlanFace):
    """One version of a plan in the list; ``waits`` is the verb for which it waits for me."""

    tasks: int = 0
    waits: str = ""
    submitted: bool = False
    # Whose word it waits for.
    judge: Named = NOBODY


@dataclass(frozen=True)
class PlanHead(PlanFace):
    """One version of a plan, with what may be done to it now and what may not, and why."""

    reason: str = ""
    submitted_at: str = ""
    in_force_at: str = ""
    reviewer: Named = NOBODY
    approver: Named = NOBODY
    verbs: list[str] = field(default_factory=list[str])
    # I was named to judge it and have written in it.
    own: bool = False
    tasks: int = 0


@dataclass(frozen=True)
class TaskCard:
    """A task in parts that the page puts into words; times as in a ``ScheduleCard``.

    ``repeat`` is also ``once``. ``unwalked`` says why its route gets no rounds.
    """

    key: str = ""
    name: str = ""
    name_en: str = ""
    role: str = ""
    route: Named = NOBODY
    # The clause that asks for it, by number and title; its id is the clause's, not the version's.
    clause: Named = NOBODY
    checklists: str = ""
    checklists_en: str = ""
    repeat: str = "once"
    every: int = 1
    weekdays: list[int] = field(default_factory=list[int])
    month_days: str = "1"
    weather: str = ""
    # How many minutes after the word of the weather it is to be done.
    within: int = 0
    windows: str = ""
    season: str = ""
    reach: int = 0
    rrule: str = ""
    day_rule: str = "every"
    starts: str = ""
    ends: str = ""
    minutes: int = 30
    people: int = 1
    urgency: int = 3
    importance: int = 3
    priority: int = 9
    level: str = "medium"
    milestone: bool = False
    work: bool = False
    photos: int = 0
    scan: bool = False
    document: bool = False
    after: list[str] = field(default_factory=list[str])
    after_names: str = ""
    after_names_en: str = ""
    unwalked: str = ""
    # Who asks for it more often, clause or law; how often, and both in the days of the plan.
    short: str = ""
    asked: str = ""
    asked_en: str = ""
    asked_times: int = 0
    planned_times: int = 0


@dataclass(frozen=True)
class TaskDraft(TaskCard):
    """A task as its form begins; ``clause`` and ``template`` are versions, by their ids.

    ``kind`` is what the form calls its repetition: with the weather, as schedules do.
    """

    kind: str = "once"
    clause: Named = NOBODY
    template: str = ""
    grace: int = 10
    walk: int = 30
    season_first: str = ""
    season_last: str = ""


@dataclass(frozen=True)
class Short:
    """Who asks for more and how often; ``asked`` and ``planned`` are times in the plan's days."""

    by: str
    often: Frequency
    asked: int
    planned: int


# From which product of urgency and importance on a task is said to matter much, or somewhat.
_HIGH, _MEDIUM = 15, 8


def level_of(priority: int) -> str:
    """The word for a priority from 1 to 25."""
    if priority >= _HIGH:
        return "high"
    return "medium" if priority >= _MEDIUM else "low"


def plan_named(plan: Plan | None) -> Named:
    """The plan's name."""
    return Named(str(plan.id), plan.name, plan.name_en or plan.name) if plan else NOBODY


def face_of(
    plan: Plan, persons: Mapping[UUID, Person], parents: Mapping[UUID, Plan]
) -> dict[str, Any]:
    """The fields of a ``PlanFace``, for whichever look it is."""
    face = PlanFace(
        id=str(plan.id),
        name=plan.name,
        name_en=plan.name_en or plan.name,
        kind=plan.kind.value,
        department=plan.department.value if plan.department else "",
        status=plan.status.value,
        version=plan.version,
        starts=plan.starts.isoformat(),
        ends=plan.ends.isoformat(),
        author=named(plan.author_id, persons),
        parent=plan_named(parents.get(plan.parent_id) if plan.parent_id else None),
    )
    return vars(face)


def clause_named(found: tuple[Clause, ClauseVersion] | None) -> Named:
    """The clause by its number and the title of this version."""
    if found is None:
        return NOBODY
    clause, version = found
    title_en = version.title_en or version.title
    return Named(str(clause.id), f"{clause.number} {version.title}", f"{clause.number} {title_en}")


def route_named(route: Route | None) -> Named:
    """The route's name."""
    return Named(str(route.id), route.name, route.name_en or route.name) if route else NOBODY


def task_card(  # noqa: PLR0913 - all that a task is seen with
    task: PlanTask,
    *,
    routes: Mapping[UUID, Route],
    after: Sequence[PlanTask] = (),
    clause: Named = NOBODY,
    checklists: Sequence[ChecklistTemplate] = (),
    unwalked: str = "",
    short: Short | None = None,
) -> TaskCard:
    """The task in parts that can be said."""
    return TaskCard(
        key=task.key,
        name=task.name,
        name_en=task.name_en or task.name,
        role=task.role.value,
        route=route_named(routes.get(task.route_id) if task.route_id else None),
        clause=clause,
        checklists=" · ".join(one.name for one in checklists),
        checklists_en=" · ".join(one.name_en or one.name for one in checklists),
        starts=task.starts.isoformat(),
        ends=task.ends.isoformat(),
        minutes=task.minutes,
        people=task.people,
        urgency=task.urgency,
        importance=task.importance,
        priority=task.priority,
        level=level_of(task.priority),
        milestone=task.milestone,
        work=task.work,
        photos=int(task.evidence.get("photos", 0)),
        scan=bool(task.evidence.get("scan")),
        document=bool(task.evidence.get("document")),
        after=[one.key for one in after],
        after_names=" · ".join(one.name for one in after),
        after_names_en=" · ".join(one.name_en or one.name for one in after),
        unwalked=unwalked,
        **(_short(short) if short else {}),
        **times(task),
    )


def _short(short: Short) -> dict[str, Any]:
    chinese, english = LOCALES
    return {
        "short": short.by,
        "asked": often_words(str(short.often), chinese),
        "asked_en": often_words(str(short.often), english),
        "asked_times": short.asked,
        "planned_times": short.planned,
    }


def times(task: PlanTask) -> dict[str, Any]:
    """When, in the parts of a ``ScheduleCard``."""
    season = task.season
    said: dict[str, Any] = {
        "season": f"{season['from']} – {season['to']}" if season else "",
        "rrule": task.rrule,
        "day_rule": task.day_rule.value,
    }
    if task.trigger.is_weather:
        weather = task.trigger.value.removeprefix("weather:")
        within = task.windows[0]["minutes"] if task.windows else 0
        said |= {"repeat": "weather", "weather": weather, "within": within}
        return said | {"windows": windows_text(task)}
    if is_once(task):
        return said | {"repeat": "once", "windows": windows_text(task)}
    rule = parse(task.rrule)
    repeat = repeat_of(task, rule)
    return said | {
        "repeat": repeat,
        "every": rule.interval,
        "weekdays": [one.weekday for one in rule.by_day] or [task.starts.weekday()],
        "month_days": ", ".join(map(str, rule.by_month_day or (task.starts.day,))),
        "windows": windows_text(task, hourly=repeat == "hourly"),
        "reach": task.random["every"] if task.random else 0,
    }


def kind_of(card: TaskCard) -> str:
    """What the form calls the repetition; what its words do not say whole is a rule to it."""
    if card.repeat == "weather":
        return f"weather:{card.weather}"
    if card.repeat == "hourly" or (card.every > 1 and card.repeat != "random"):
        return "rule"
    return card.repeat
