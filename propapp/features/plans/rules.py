"""What a plan may be, and what two versions of it differ in; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Any
from uuid import UUID

from propapp.core.access import ROLE_PERMISSIONS, Permission, Role
from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.errors import (
    InvalidInput,
    OutsidePlan,
    PostWalksNothing,
    TasksInCircle,
    WindowImpossible,
)
from propapp.features.plans.models import Plan, PlanTask

Links = Mapping[str, Sequence[str]]
# Posts that find their work on the phone and do it there.
WALKERS = frozenset(role for role in Role if Permission.ROUND_WALK in ROLE_PERMISSIONS[role])

# What a change of is told; position alone changes nothing for anybody.
TOLD = (
    "name",
    "role",
    "clause_id",
    "route_id",
    "work",
    "template_id",
    "evidence",
    "trigger",
    "rrule",
    "windows",
    "day_rule",
    "season",
    "random",
    "starts",
    "ends",
    "minutes",
    "people",
    "urgency",
    "importance",
    "milestone",
)


def refuse_impossible(task: PlanTask, *, first: date, last: date) -> None:
    """Refuse a task that can never be done as it is planned, with the one word for why."""
    if not first <= task.starts <= task.ends <= last:
        raise OutsidePlan(name=task.name, name_en=task.name_en or task.name, first=first, last=last)
    if task.work and (task.route_id is not None or task.random):
        # What is done at one spot walks no route, and chance draws rounds of routes.
        raise InvalidInput(field="work")
    if task.work and task.role not in WALKERS:
        raise PostWalksNothing
    timetable.leave_to_chance(task)
    if task.rrule and task.windows:
        # The calendar's own knowledge changes by the day: what never happens, never does in any.
        timetable.refuse_impossible(task, Calendar())
    elif task.rrule:
        timetable.refuse_rule(task, Calendar())
    elif task.is_walked or task.windows:
        # Whatever is walked is walked at some time of some days.
        raise WindowImpossible(grain=timetable.GRAIN)


def refuse_circle(links: Links, names: Mapping[str, str]) -> None:
    """Refuse tasks that wait for one that is not there, or for each other; ``names`` by key."""
    for task, after in links.items():
        for key in after:
            if key not in names or task not in names:
                raise InvalidInput(field="after")
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        raise TasksInCircle(keys=" → ".join(names[key] for key in circle)) from error


class ChangeKind(StrEnum):
    """What became of a task from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One thing about a task, before and after."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class TaskChange:
    """A task that is not as it was, and the posts that it concerns."""

    key: str
    kind: ChangeKind
    name: str
    name_en: str
    roles: tuple[Role, ...]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Version:
    """The tasks of one version and what each waits for."""

    tasks: Sequence[PlanTask] = ()
    links: Links = field(default_factory=dict[str, Sequence[str]])


def differences(old: Version, new: Version) -> list[TaskChange]:
    """What the new version adds, takes away and changes, task by task, in the order of tasks."""
    before = {task.key: task for task in old.tasks}
    after = {task.key: task for task in new.tasks}
    found = [_lone(task, ChangeKind.REMOVED) for key, task in before.items() if key not in after]
    for key, task in after.items():
        known = before.get(key)
        if known is None:
            found.append(_lone(task, ChangeKind.ADDED))
        elif fields := tuple(_changed(known, task, old.links, new.links)):
            roles = tuple(dict.fromkeys((known.role, task.role)))
            found.append(
                TaskChange(key, ChangeKind.CHANGED, task.name, task.name_en, roles, fields)
            )
    return found


def _lone(task: PlanTask, kind: ChangeKind) -> TaskChange:
    return TaskChange(task.key, kind, task.name, task.name_en, (task.role,))


def _changed(old: PlanTask, new: PlanTask, before: Links, after: Links) -> Iterator[FieldChange]:
    for name in TOLD:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield FieldChange(name, was, now)
    was, now = sorted(before.get(old.key, ())), sorted(after.get(new.key, ()))
    if was != now:
        yield FieldChange("after", was, now)


def for_whom(changes: Iterable[TaskChange]) -> dict[str, dict[str, int]]:
    """By post, how many tasks were added, removed and changed."""
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for change in changes:
        for role in change.roles:
            said = counted[role.value]
            said[change.kind.value] = said.get(change.kind.value, 0) + 1
    return dict(counted)


def keys_above(
    holding: Iterable[Plan], parents: Iterable[Plan], tasks: Iterable[PlanTask]
) -> dict[UUID, frozenset[str]]:
    """By plan, the keys that the plan above it has: what a plan spells out of it is work once.

    ``tasks`` are those of the parents; none of a plan whose parent is not among them.
    """
    keys: defaultdict[UUID, set[str]] = defaultdict(set)
    for task in tasks:
        keys[task.plan_id].add(task.key)
    above: dict[UUID | None, frozenset[str]] = {
        parent.root_id: frozenset(keys[parent.id]) for parent in parents
    }
    return {plan.id: above.get(plan.parent_id, frozenset()) for plan in holding}
