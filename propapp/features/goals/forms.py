"""From what is typed on a goal page to a command; what cannot be read is refused as elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.forms import Form, day_in, made, text_in
from propapp.features.goals.commands import KeepGoal, KeepLetter


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
