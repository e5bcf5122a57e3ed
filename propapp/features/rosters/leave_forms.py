"""From what a supervisor was told to leave that is entered."""

from __future__ import annotations

from uuid import UUID

from propapp.core.forms import Form, day_in, made, text_in
from propapp.core.ids import uuid7
from propapp.features.rosters.commands import EnterLeave


def leave_command(form: Form, site_id: UUID) -> EnterLeave:
    """A first day alone is all of it."""
    first = day_in(form, "first")
    return made(
        EnterLeave,
        leave_id=uuid7(),
        site_id=site_id,
        person_id=text_in(form, "person"),
        first=first,
        last=day_in(form, "last") or first,
        reason=text_in(form, "reason"),
    )
