"""Single jobs of the demo world's plans in force, as the sweep that follows plans makes them."""

from __future__ import annotations

from typing import Any

from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.demo.cast import SITE_ID, demo_id
from propapp.demo.era import Era
from propapp.demo.plan import Plan as Ways
from propapp.demo.plan import Question, Stop, Way, occurrences
from propapp.demo.premises import clause_words
from propapp.demo.rows import Row, Rows
from propapp.demo.sheets import sheet
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.schedules.horizon import HORIZON
from propapp.features.schedules.models import RoutePoint, TaskSchedule
from propapp.features.schedules.service.following import schedule_for
from propapp.features.schedules.service.single import route_for
from propapp.features.sites.rules import spot_of
from propapp.features.standards.checklists import compose

# How much of the time that a job may take passes before somebody says they are there.
_SHARE = 1 / 4


def add_jobs(rows: Rows, ways: Ways, era: Era) -> None:
    """A route of one stop for each job, with its dates since its plan came in force."""
    plans = {row["id"]: Plan(**row) for row in rows.of(Plan)}
    place, made = spot_of(SITE_ID)
    rows.keep(place)
    spot, last = rows.keep(made), (era.now + HORIZON).date()
    for row in rows.of(PlanTask):
        plan, task = plans[row["plan_id"]], PlanTask(**row)
        if task.work and plan.status is PlanStatus.IN_FORCE:
            way = _way(rows, era, spot, plan, task)
            times = TaskSchedule(**way.schedule)
            openings = timetable.openings(times, Calendar(), era.first_day, last)
            ways.ways[way.key] = way
            ways.occurrences[way.key] = list(occurrences(way, openings, era))


def _way(rows: Rows, era: Era, spot: Row, plan: Plan, task: PlanTask) -> Way:
    said = _said(task.key)
    route = rows.keep(route_for(plan, task))
    schedule = rows.keep(schedule_for(plan, task))
    schedule["made_until"] = (era.now + HORIZON).date()
    stop = _stop(rows, spot, route, plan, task, said["scene"])
    missed = frozenset(said.get("missed", ()))
    return Way(task.key, route, task.minutes * _SHARE, schedule, (stop,), missed)


def _stop(  # noqa: PLR0913, PLR0917 - what a stop is made of
    rows: Rows, spot: Row, route: Row, plan: Plan, task: PlanTask, scene: str
) -> Stop:
    level = plan.level.partition(":")[2]
    asked = clause_words(task.clause_id, level) if task.clause_id else None
    template, items = compose(asked, task.evidence, plan.changed_at)
    for thing in (template, *items):
        rows.keep(thing)
    point = rows.add(
        RoutePoint,
        id=demo_id("point", route["id"], 1),
        route_id=route["id"],
        position=1,
        checkpoint_id=spot["id"],
        template_id=template.id,
    )
    questions = tuple(Question(item, scene=scene) for item in items)
    return Stop(point, spot, task.key, template.code, questions)


def _said(key: str) -> dict[str, Any]:
    """What the sheet says of a job that no plan keeps."""
    found = (task for plan in sheet("plans").values() for task in plan["task"])
    return next(task for task in found if task["key"] == key)
