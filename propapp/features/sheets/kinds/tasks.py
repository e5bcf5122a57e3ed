"""The tasks of a plan; into a draft they are brought all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from pydantic import ValidationError

from propapp.core.access import Permission, Role
from propapp.core.dates.timetable import Trigger
from propapp.core.errors import NotFound, PropappError, TasksInCircle
from propapp.core.ids import derived_id
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.features.planning.once import ONCE, is_once, rule_of_once
from propapp.features.plans import repository as plans
from propapp.features.plans import rules
from propapp.features.plans.commands import KeepTasks, TaskSpec, as_columns
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.plans.repository import PlanRepository
from propapp.features.plans.service import keep_tasks
from propapp.features.schedules import repository as schedules
from propapp.features.sheets import times
from propapp.features.sheets.forms import (
    DAY,
    FLAG,
    SEVERAL,
    WHOLE,
    choice,
)
from propapp.features.sheets.naming import clause_names, named_clauses
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values

_STAFF = tuple(role.value for role in Role if role is not Role.OWNER)
COLUMNS = (
    Column("id", width=16),
    Column("name", required=True, width=28),
    Column("name_en", width=20),
    Column("role", choice("role", _STAFF), required=True),
    Column("clause", width=16, strict=False),
    Column("route", width=20),
    Column("work", FLAG, usual=False),
    *times.COLUMNS,
    Column("starts", DAY),
    Column("ends", DAY),
    Column("minutes", WHOLE, usual=30),
    Column("people", WHOLE, usual=1),
    Column("urgency", WHOLE, usual=3),
    Column("importance", WHOLE, usual=3),
    Column("milestone", FLAG, usual=False),
    Column("photos", WHOLE, usual=0),
    Column("scan", FLAG, usual=False),
    Column("document", FLAG, usual=False),
    Column("after", SEVERAL, width=24, usual="", strict=False),
)
_PLAIN = ("name", "name_en", "role", "starts", "ends", "minutes", "people", "urgency")
_PLAIN = (*_PLAIN, "importance", "milestone", "work")


class TaskBook(Book):
    """The tasks of one version of a plan."""

    columns = COLUMNS
    shown_at: Mapping[str, str] = {
        **times.SHOWN_AT,
        "outside_plan": "starts",
        "tasks_in_circle": "after",
        "post_walks_nothing": "work",
        "key": "id",
        "clause": "clause",
    }

    def read(self) -> Iterator[Known]:
        """The tasks in their order."""
        if self.target.plan_id is None:
            raise NotFound(kind="plan")
        # Brought to a plan, it is the plan's own door that says whether it may be written in.
        self.plan: Plan = PlanRepository(self.uow).get(self.target.plan_id)
        if self.plan.site_id != self.target.site.id:
            raise NotFound(kind="plan")
        session = self.uow.session
        version = plans.version_of(session, self.plan.id)
        self.links = {key: list(after) for key, after in version.links.items()}
        self.routes = {one.name: one.id for one in schedules.routes_at(self.uow, self.plan.site_id)}
        named = schedules.routes_by_id(session, {task.route_id for task in version.tasks})
        self.clauses = named_clauses(self.uow)
        numbers = clause_names(self.uow, {task.clause_id for task in version.tasks}, self.clauses)
        for task in version.tasks:
            route = named.get(task.route_id) if task.route_id else None
            number = numbers.get(task.clause_id, "") if task.clause_id else ""
            yield Known(
                _row(task, self.links.get(task.key, []), route and route.name, number), task
            )

    def offers(self) -> Mapping[str, Sequence[str]]:
        """Routes of the site, and clauses by number."""
        return {"route": list(self.routes), "clause": list(self.clauses)}

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """Each row by itself first, so that each hears its own error; then all of them at once."""
        specs: dict[str, tuple[Change, TaskSpec]] = {}
        failed = False
        for done, change in enumerate(changes, 1):
            try:
                spec = self._spec(change)
                self._refuse_impossible(spec)
                specs[spec.key] = (change, spec)
            except (Trouble, PropappError, ValidationError) as error:
                failed = True
                yield from ((change, one) for one in self.troubles(error))
            if done % 50 == 0 or done == len(changes):
                tell(done, len(changes))
        if specs and not failed:
            yield from self._write_all(specs)

    def _write_all(self, specs: Mapping[str, tuple[Change, TaskSpec]]) -> Iterator[Any]:
        command = KeepTasks(plan_id=self.plan.id, tasks=tuple(spec for _, spec in specs.values()))
        try:
            with self.uow.session.begin_nested():
                keep_tasks(self.uow, command)
        except TasksInCircle as error:
            among = error.facts["keys"].split(" → ")
            inside = [one for one, spec in specs.values() if spec.name in among]
            shown = inside or [change for change, _ in specs.values()][:1]
            yield from ((one, trouble) for one in shown for trouble in self.troubles(error))

    def prepare(self, rows: Sequence[Values]) -> None:
        """The keys of tasks by what they are called, of the plan and of the file."""
        self.names: dict[str, set[str]] = {}
        named = {str(key): one.values["name"] for key, one in self.by_id.items()}
        for values in rows:
            with suppress(Trouble):
                named[self._key_of(values, self.match(values))] = values.get("name", "")
        for key, name in named.items():
            self.names.setdefault(key, set()).add(key)
            self.names.setdefault(name, set()).add(key)

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """Without days it is from the plan's first to its last; what it waits for, by key.

        Work that is done once is done on its first day.
        """
        starts, once = values["starts"] or self.plan.starts, _is_once(values)
        return values | {
            "repeat": "" if once else values["repeat"],
            "starts": starts,
            "ends": values["ends"] or (starts if once else self.plan.ends),
            "after": ", ".join(sorted(self._after(values["after"]))),
        }

    def match(self, values: Values) -> Known | None:
        """By number, else by name; a number that is not there yet is a new task's own."""
        if values.get("id") and values["id"] not in self.by_id:
            return None
        return super().match(values)

    def _key_of(self, values: Values, known: Known | None) -> str:
        if known is not None:
            return known.thing.key
        return values.get("id") or derived_id(self.plan.root_id, values.get("name", "")).hex

    def _spec(self, change: Change) -> TaskSpec:
        values, task = change.values, change.known.thing if change.known else None
        touched = change.touched if task is not None else frozenset(values)
        asked = _asked(task, self.links.get(task.key, [])) if task is not None else {}
        asked |= {name: values[name] for name in _PLAIN if name in touched}
        asked["key"] = self._key_of(values, change.known)
        if touched & {"photos", "scan", "document"}:
            asked["evidence"] = {name: values[name] for name in ("photos", "scan", "document")}
        if "clause" in touched:
            row = self._one("clause", values["clause"], self.clauses)
            asked["clause_id"] = row.version.id if row else None
        if "route" in touched:
            asked["route_id"] = self._one("route", values["route"], self.routes)
        if "after" in touched:
            asked["after"] = list(filter(None, values["after"].split(", ")))
        asked |= times.asked(values, touched, task)
        if values["trigger"] == Trigger.CALENDAR and asked["rrule"] in {"", ONCE}:
            asked["rrule"] = rule_of_once(
                walked=bool(asked.get("work") or asked.get("route_id")),
                windowed=bool(asked["windows"]),
            )
        return TaskSpec.model_validate(asked)

    def _one(self, column: str, name: str | None, names: Mapping[str, Any]) -> Any:
        if not name:
            return None
        if name not in names:
            raise Trouble("nobody_called", column, value=name[:60])
        return names[name]

    def _after(self, said: str) -> set[str]:
        found: set[str] = set()
        for name in filter(None, said.split(", ")):
            keys = self.names.get(name, set())
            if len(keys) != 1:
                code = "ambiguous" if keys else "nobody_called"
                raise Trouble(code, "after", value=name[:60])
            found |= keys
        return found

    def _refuse_impossible(self, spec: TaskSpec) -> None:
        first, last = self.plan.starts, self.plan.ends
        made = PlanTask(
            plan_id=self.plan.id,
            starts=spec.starts or first,
            ends=spec.ends or last,
            **as_columns(spec),
        )
        rules.refuse_impossible(made, first=first, last=last)


def _is_once(values: Values) -> bool:
    """Whether the row says of work with a window that it is done once."""
    work = (values["work"] or values["route"]) and values["windows"]
    return bool(work and values["repeat"] in {"", ONCE} and values["trigger"] == Trigger.CALENDAR)


def _row(task: PlanTask, after: Sequence[str], route: str | None, clause: str) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in _PLAIN},
        **times.row_of(task),
        "repeat": "" if is_once(task) else task.rrule,
        "role": task.role.value,
        "id": task.key,
        "clause": clause,
        "route": route or "",
        "photos": int(task.evidence.get("photos", 0)),
        "scan": bool(task.evidence.get("scan", False)),
        "document": bool(task.evidence.get("document", False)),
        "after": ", ".join(sorted(after)),
    }


def _asked(task: PlanTask, after: Sequence[str]) -> dict[str, Any]:
    """A task that is there in the words of the use case."""
    return {
        **{name: getattr(task, name) for name in _PLAIN},
        "clause_id": task.clause_id,
        "route_id": task.route_id,
        "template_id": task.template_id,
        "evidence": task.evidence,
        "after": list(after),
    }


def an_example() -> Values:
    """A task that every site has."""
    return {
        "role": Role.GUARD.value,
        "repeat": "FREQ=DAILY",
        "day_rule": "every",
        "windows": "08:00-09:00, 22:00-23:00",
        "grace": times.GRACE,
        "trigger": "calendar",
        "starts": date(2026, 1, 1),
        "ends": date(2026, 12, 31),
        "minutes": 60,
        "people": 2,
        "urgency": 4,
        "importance": 5,
        "photos": 1,
        "scan": True,
    }


TASKS = Kind(
    "tasks",
    Permission.PLAN_READ,
    TaskBook,
    writes=Permission.PLAN_WRITE,
    of_plan=True,
    example=an_example(),
)
