"""From what is typed on a goal page to a command; what cannot be read is refused as elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from propapp.core.errors import InvalidInput
from propapp.features.goals.commands import KeepGoal, KeepLetter
from propapp.features.schedules.forms import day_in

Form = Mapping[str, Any]


def goal_command(form: Form, goal_id: UUID, site_id: UUID) -> KeepGoal:
    """The form of a goal; the field that is wrong is named."""
    return made(
        KeepGoal,
        goal_id=goal_id,
        site_id=site_id,
        # A control of this name would hide the form's own.
        name=text_in(form, "title"),
        name_en=text_in(form, "title_en"),
        measure=text_in(form, "measure"),
        comparison=text_in(form, "comparison"),
        target=text_in(form, "goal_target"),
        weight=text_in(form, "weight"),
        source=text_in(form, "source"),
        responsible_id=text_in(form, "responsible"),
        starts=day_in(form, "starts"),
        ends=day_in(form, "ends"),
    )


def made(command: type[Any], **values: Any) -> Any:
    """The command; the first field that cannot be is named."""
    try:
        return command(**values)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidInput(field=where) from error


def text_in(form: Form, name: str) -> str:
    """What was typed, without blanks around it."""
    return str(form.get(name) or "").strip()


def letter_command(form: Form, letter_id: UUID, goal_id: UUID, rows: int) -> KeepLetter:
    """The form of a letter; a row without a person is left out, one without a weight is not."""
    parts: list[dict[str, Any]] = []
    for number in range(rows):
        post, _, person_id = text_in(form, f"who{number}").partition(" ")
        if person_id:
            parts.append(
                {
                    "post": post,
                    "person_id": person_id,
                    "weight": text_in(form, f"weight{number}"),
                    "duty": text_in(form, f"duty{number}"),
                }
            )
    return made(
        KeepLetter,
        letter_id=letter_id,
        goal_id=goal_id,
        parts=parts,
        reason=text_in(form, "reason"),
    )
