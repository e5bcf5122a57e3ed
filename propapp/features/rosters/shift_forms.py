"""From what a supervisor types to a command; what cannot be is refused in its own sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from propapp.core.errors import InvalidInput, LadderNotRising, ShiftImpossible
from propapp.features.rosters.commands import KeepShift, SetDutyRules
from propapp.features.rosters.models import DutyRules, Shift

_DAY = 24 * 60
_CLOCK = re.compile(r"^([01]?\d|2[0-4])[:\uff1a]([0-5]\d)$")
_HOURS = ("rest", "long_rest", "week")
_COUNTS = ("days_in_row", "nights_in_row")
STEPS = ("walker", "supervisor", "manager")


def shift_command(form: Mapping[str, Any], shift_id: UUID, site_id: UUID) -> KeepShift:
    """An end at or before its begin is that of the next day; both the same are 24 hours."""
    begins, ends = (_clock(form, name) for name in ("begins", "ends"))
    minutes = ends - begins if ends > begins else ends + _DAY - begins
    try:
        return KeepShift(
            shift_id=shift_id,
            site_id=site_id,
            role=form.get("role", ""),
            label=str(form.get("label", "")),
            label_en=str(form.get("label_en", "")),
            begins=begins % _DAY,
            minutes=minutes,
            people=_number(form, "people"),
            day_rule=form.get("day_rule", "every"),
            active=not form.get("stopped"),
        )
    except ValidationError as error:
        raise ShiftImpossible from error


def as_shift(command: KeepShift) -> Shift:
    """The shift as it would be, to be tried before it is kept."""
    return Shift(
        id=command.shift_id,
        site_id=command.site_id,
        role=command.role,
        name=command.label,
        name_en=command.label_en,
        begins=command.begins,
        minutes=command.minutes,
        people=command.people,
        day_rule=command.day_rule,
        active=command.active,
    )


def rules_command(form: Mapping[str, Any], rules: DutyRules) -> SetDutyRules:
    """The figures that are typed; those of the other form stay as they are."""
    values: dict[str, Any] = rules.model_dump(exclude={"site_id"})
    values |= {name: round(_hours(form, name) * 60) for name in _HOURS if name in form}
    values |= {name: _number(form, name) for name in _COUNTS if name in form}
    if all(step in form for step in STEPS):
        values["ladder"] = [_number(form, step) for step in STEPS]
    try:
        return SetDutyRules(site_id=rules.site_id, **values)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise (LadderNotRising() if field == "ladder" else InvalidInput(field=field)) from error


def _clock(form: Mapping[str, Any], name: str) -> int:
    found = _CLOCK.match(str(form.get(name, "")).strip())
    at = int(found[1]) * 60 + int(found[2]) if found else _DAY + 1
    if at > _DAY:
        raise ShiftImpossible
    return at


def _number(form: Mapping[str, Any], name: str) -> int:
    try:
        return int(str(form.get(name, "")).strip())
    except ValueError as error:
        raise InvalidInput(field=name) from error


def _hours(form: Mapping[str, Any], name: str) -> float:
    try:
        return float(str(form.get(name, "")).strip())
    except ValueError as error:
        raise InvalidInput(field=name) from error
