"""From what a supervisor types to a command; what cannot be read is refused like anything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from propapp.core.dates.chance import DAY, GRAIN
from propapp.core.dates.recurrence import WEEKDAYS
from propapp.core.errors import WindowImpossible
from propapp.core.forms import day_in, made, number_in
from propapp.features.schedules.commands import KeepSchedule

_WINDOW = re.compile(r"^(\d{0,2}):(\d{2})\s*[-–~]\s*(\d{0,2}):(\d{2})$")


def keep_command(form: Mapping[str, Any], schedule_id: UUID, route_id: UUID) -> KeepSchedule:
    """The form as a command."""
    repeat = str(form.get("repeat", "daily"))
    grace = number_in(form, "grace", 10)
    values: dict[str, Any] = {
        "schedule_id": schedule_id,
        "route_id": route_id,
        "starts": day_in(form, "starts"),
        "ends": day_in(form, "ends"),
        "season": _season(form),
        **rule_of(form, repeat),
    }
    windows = read_windows(str(form.get("windows", "")), grace)
    if repeat == "random":
        values["coverage"] = _coverage(form, windows, grace)
    else:
        values["windows"] = windows
    return made(KeepSchedule, **values)


def read_windows(text: str, grace: int) -> list[dict[str, int]]:
    """``08:00-09:00, 22:00-06:00``: an end at or before its start is that of the next day.

    Without hours, ``:10-:30``, a window is that of every hour.
    """
    found: list[dict[str, int]] = []
    for part in re.split(r"[,;\uff0c\u3001]", text):
        read = _WINDOW.match(part.strip())
        if read is None:
            raise WindowImpossible(grain=GRAIN)
        first, first_minute, last, last_minute = (int(part or 0) for part in read.groups())
        opens, closes = first * 60 + first_minute, last * 60 + last_minute
        whole = DAY if read[1] else 60
        minutes = closes - opens if closes > opens else closes + whole - opens
        found.append({"opens": opens, "minutes": minutes, "grace": grace})
    return found


def rule_of(form: Mapping[str, Any], repeat: str) -> dict[str, Any]:
    """The days that a form asks for, as ``rrule``, ``day_rule`` and ``trigger``."""
    rule = {"rrule": "FREQ=DAILY"}
    if repeat in {"workdays", "rest_days"}:
        rule["day_rule"] = repeat
    elif repeat == "weekly":
        chosen = [day for number, day in enumerate(WEEKDAYS) if form.get(f"weekday{number}")]
        rule["rrule"] = "FREQ=WEEKLY" + (f";BYDAY={','.join(chosen)}" if chosen else "")
    elif repeat == "monthly":
        chosen_days = str(form.get("month_day", "1")).replace(" ", "")
        rule["rrule"] = f"FREQ=MONTHLY;BYMONTHDAY={chosen_days}"
    elif repeat == "rule":
        rule["rrule"] = str(form.get("rrule", "")).strip()
        rule["day_rule"] = str(form.get("day_rule", "every"))
    elif repeat == "random" or repeat.startswith("weather:"):
        rule["trigger"] = repeat
    return rule


def _coverage(form: Mapping[str, Any], windows: list[dict[str, int]], grace: int) -> dict[str, int]:
    """Random rounds fall within one stretch of time."""
    (stretch, *more) = windows
    if more:
        raise WindowImpossible(grain=GRAIN)
    return {
        "every": number_in(form, "reach", 120),
        "minutes": number_in(form, "walk", 30),
        "begins": stretch["opens"],
        "ends": stretch["opens"] + stretch["minutes"],
        "grace": grace,
    }


def _season(form: Mapping[str, Any]) -> dict[str, str] | None:
    first, last = (str(form.get(name, "")).strip() for name in ("season_first", "season_last"))
    return {"first": first, "last": last} if first or last else None
