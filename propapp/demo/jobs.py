"""Single jobs of the demo world's plans in force, as the sweep that follows plans makes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from propapp.core import text
from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.ids import derived_id
from propapp.demo.cast import SITE_ID, demo_id
from propapp.demo.era import Era
from propapp.demo.plan import Plan as Ways
from propapp.demo.plan import Question, Stop, Way
from propapp.demo.premises import clause_words
from propapp.demo.rows import Row, Rows
from propapp.demo.sheets import sheet
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.schedules.horizon import HORIZON
from propapp.features.schedules.models import Occurrence, Route, RoutePoint, TaskSchedule
from propapp.features.schedules.rules import dated, route_of
from propapp.features.schedules.service.keeping import TIMES
from propapp.features.sites.models import Checkpoint, Place, PlaceKind
from propapp.features.standards.checklists import compose

# How much of the time that a job may take passes before somebody says they are there.
_SHARE = 1 / 4


def add_jobs(rows: Rows, ways: Ways, era: Era) -> None:
    """A route of one stop for each job, with its dates since its plan came in force."""
    plans = {row["id"]: Plan(**row) for row in rows.of(Plan)}
    spot = _spot(rows)
    for row in rows.of(PlanTask):
        plan, task = plans[row["plan_id"]], PlanTask(**row)
        if task.work and plan.status is PlanStatus.IN_FORCE:
            way = _way(rows, era, spot, plan, task)
            ways.ways[way.key] = way
            ways.occurrences[way.key] = list(_occurrences(way, era))


def _spot(rows: Rows) -> Row:
    name, name_en = (text.sentence("plan.job.spot", locale) for locale in text.LOCALES)
    named = {"site_id": SITE_ID, "name": name, "name_en": name_en}
    place = rows.add(Place, id=derived_id("job_place", SITE_ID), kind=PlaceKind.OTHER, **named)
    spot_id = derived_id("job_spot", SITE_ID)
    return rows.add(Checkpoint, id=spot_id, place_id=place["id"], coded=False, **named)


def _way(rows: Rows, era: Era, spot: Row, plan: Plan, task: PlanTask) -> Way:
    said = _said(task.key)
    route = rows.add(
        Route,
        id=route_of(plan, task),
        site_id=plan.site_id,
        name=task.name,
        name_en=task.name_en[:80],
        role=task.role,
        plan_id=plan.root_id,
    )
    schedule = rows.add(
        TaskSchedule,
        id=derived_id("schedule", plan.root_id, task.key),
        site_id=plan.site_id,
        route_id=route["id"],
        plan_task_id=task.id,
        version=plan.version,
        made_until=(era.now + HORIZON).date(),
        **{name: getattr(task, name) for name in TIMES},
    )
    stop = _stop(rows, spot, plan, task, said["scene"])
    missed = frozenset(said.get("missed", ()))
    return Way(task.key, route, task.minutes * _SHARE, schedule, (stop,), missed)


def _stop(rows: Rows, spot: Row, plan: Plan, task: PlanTask, scene: str) -> Stop:
    level = plan.level.partition(":")[2]
    asked = clause_words(task.clause_id, level) if task.clause_id else None
    template, items = compose(asked, task.evidence, plan.changed_at)
    for thing in (template, *items):
        rows.keep(thing)
    route_id = route_of(plan, task)
    point = rows.add(
        RoutePoint,
        id=demo_id("point", route_id, 1),
        route_id=route_id,
        position=1,
        checkpoint_id=spot["id"],
        template_id=template.id,
    )
    questions = tuple(Question(item, scene=scene) for item in items)
    return Stop(point, spot, task.key, template.code, questions)


def _occurrences(way: Way, era: Era) -> Iterator[Occurrence]:
    schedule = TaskSchedule(**way.schedule)
    last = (era.now + HORIZON).date()
    for one in timetable.openings(schedule, Calendar(), era.first_day, last):
        made = dated(one.day, opens=one.opens, minutes=one.minutes, zone=era.zone)
        yield Occurrence(
            id=derived_id("occurrence", way.row["id"], made.opens_at.isoformat()),
            site_id=SITE_ID,
            route_id=way.row["id"],
            schedule_id=schedule.id,
            plan_task_id=schedule.plan_task_id,
            local_date=made.day,
            opens_at=made.opens_at,
            closes_at=made.closes_at,
            grace=one.grace,
            provisional=one.provisional,
        )


def _said(key: str) -> dict[str, Any]:
    """What the sheet says of a job that no plan keeps."""
    found = (task for plan in sheet("plans").values() for task in plan["task"])
    return next(task for task in found if task["key"] == key)
