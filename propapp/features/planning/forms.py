"""From what is typed on a plan page to a command; what cannot be read is refused as elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.forms import Form, day_in, made, number_in, text_in
from propapp.core.ids import uuid7
from propapp.features.plans.commands import KeepPlan, KeepTask
from propapp.features.plans.models import PlanTask
from propapp.features.schedules.forms import read_windows, rule_of

_GRACE = 10
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

    ``keys`` are those of the other tasks, in the order of the form's boxes.
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
        **(_unshown(known) if known else {}),
        **_times(form, repeat, known),
    }
    return made(KeepTask, plan_id=plan_id, task=asked)


def _unshown(task: PlanTask) -> dict[str, Any]:
    season = task.season
    return {
        "clause_id": task.clause_id,
        "template_id": task.template_id,
        "season": {"first": season["from"], "last": season["to"]} if season else None,
    }


def _times(form: Form, repeat: str, known: PlanTask | None) -> dict[str, Any]:
    if repeat == "once":
        return {"season": None}
    if repeat in {"random", "weather"} and known is not None:
        # Whatever chance or the weather begins has no fields here and stays as it was.
        return {
            "trigger": known.trigger,
            "rrule": known.rrule,
            "windows": [] if known.random else known.windows,
            "day_rule": known.day_rule,
            "coverage": known.random,
        }
    text = text_in(form, "windows")
    grace = known.windows[0]["grace"] if known and known.windows else _GRACE
    return {**rule_of(form, repeat), "windows": read_windows(text, grace) if text else []}
