"""From what is typed on a plan page to a command; what cannot be read is refused as elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.dates.chance import GRAIN
from propapp.core.errors import WindowImpossible
from propapp.core.forms import Form, day_in, made, number_in, text_in
from propapp.core.ids import uuid7
from propapp.features.planning.once import rule_of_once
from propapp.features.plans.commands import KeepPlan, KeepTask
from propapp.features.plans.models import PlanTask
from propapp.features.schedules.forms import read_windows, rule_of

# Minutes after a window that still count, where nobody says otherwise.
GRACE = 10
# What stands in place of a route where the task is work of its own.
WORK = "work"


def plan_command(form: Form, plan_id: UUID, site_id: UUID) -> KeepPlan:
    """The head of a plan; its tasks stay as they are."""
    starts, ends = day_in(form, "starts"), day_in(form, "ends")
    return made(
        KeepPlan,
        plan_id=plan_id,
        site_id=site_id,
        kind=text_in(form, "kind"),
        department=text_in(form, "department") or None,
        # A control of this name would hide the form's own.
        name=text_in(form, "title"),
        name_en=text_in(form, "title_en"),
        starts=starts,
        ends=ends,
        reviewer_id=text_in(form, "reviewer") or None,
        approver_id=text_in(form, "approver") or None,
        parent_id=text_in(form, "parent") or None,
    )


def task_command(
    form: Form, plan_id: UUID, repeat: str, *, known: PlanTask | None, keys: list[str]
) -> KeepTask:
    """One task; what the form does not show stays as it was.

    ``keys`` are those of the other tasks, in the order of the form's boxes. A ``repeat`` of random
    or of a weather is as a schedule's form has it.
    """
    route = text_in(form, "route")
    asked: dict[str, Any] = {
        "key": known.key if known else uuid7().hex,
        "name": text_in(form, "title"),
        "name_en": text_in(form, "title_en"),
        "role": text_in(form, "role"),
        "route_id": None if route == WORK else route or None,
        "work": route == WORK,
        "starts": day_in(form, "starts"),
        "ends": day_in(form, "ends"),
        "minutes": number_in(form, "minutes", 30),
        "people": number_in(form, "people", 1),
        "urgency": number_in(form, "urgency", 3),
        "importance": number_in(form, "importance", 3),
        "milestone": bool(form.get("milestone")),
        "evidence": {
            "photos": number_in(form, "photos", 0),
            "scan": bool(form.get("scan")),
            "document": bool(form.get("document")),
        },
        "after": [key for number, key in enumerate(keys) if form.get(f"after{number}")],
        "clause_id": _chosen(form, "clause", known and known.clause_id),
        "template_id": _chosen(form, "template", known and known.template_id),
        **_times(form, repeat, known),
    }
    return made(KeepTask, plan_id=plan_id, task=asked)


def _chosen(form: Form, name: str, before: UUID | None) -> str | UUID | None:
    return text_in(form, name) or None if name in form else before


def _times(form: Form, repeat: str, known: PlanTask | None) -> dict[str, Any]:
    text, walked = text_in(form, "windows"), bool(text_in(form, "route"))
    windows = read_windows(text, _grace(form, known)) if text else []
    if walked and not windows:
        # Whatever is walked is walked at some time of its days.
        raise WindowImpossible(grain=GRAIN)
    if repeat == "once":
        return _once(form, windows, walked=walked)
    rule = rule_of(form, repeat) | {"season": _season(form, known)}
    if "trigger" in rule and known is not None and known.trigger == rule["trigger"]:
        # The days of chance and of weather have no fields here and stay as they were.
        rule |= {"rrule": known.rrule, "day_rule": known.day_rule}
    if repeat == "random":
        return rule | {"coverage": _coverage(form, windows)}
    return rule | {"windows": windows}


def _once(form: Form, windows: list[dict[str, int]], *, walked: bool) -> dict[str, Any]:
    rule = rule_of_once(walked=walked, windowed=bool(windows))
    if not rule:
        return {"season": None}
    # Work that is done once is done on its day, and not over days.
    return {"season": None, "rrule": rule, "windows": windows, "ends": day_in(form, "starts")}


def _coverage(form: Form, windows: list[dict[str, int]]) -> dict[str, int]:
    """Random rounds fall within one stretch of time."""
    if len(windows) != 1:
        raise WindowImpossible(grain=GRAIN)
    (stretch,) = windows
    return {
        "every": number_in(form, "reach", 120),
        "minutes": number_in(form, "walk", 30),
        "begins": stretch["opens"],
        "ends": stretch["opens"] + stretch["minutes"],
        "grace": stretch["grace"],
    }


def _grace(form: Form, known: PlanTask | None) -> int:
    return number_in(form, "grace", grace_of(known) if known else GRACE)


def grace_of(task: PlanTask) -> int:
    """How many minutes after its window a task still counts."""
    if task.random:
        return task.random["grace"]
    return task.windows[0]["grace"] if task.windows else GRACE


def _season(form: Form, known: PlanTask | None) -> dict[str, str] | None:
    if "season_first" not in form:
        season = known.season if known else None
        return {"first": season["from"], "last": season["to"]} if season else None
    first, last = text_in(form, "season_first"), text_in(form, "season_last")
    return {"first": first, "last": last} if first or last else None
