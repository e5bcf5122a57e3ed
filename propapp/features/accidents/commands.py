"""What may be said of an accident."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.fields import Instant, Line, Note, Reason
from propapp.core.use_case import Command
from propapp.features.accidents.models import AccidentKind

MOST_INJURED = 999


class RecordAccident(Command):
    """It has happened; who answers for it is found later."""

    accident_id: UUID
    site_id: UUID
    kind: AccidentKind
    occurred_at: Instant
    place: Line
    text: Note
    injured: Annotated[int, Field(ge=0, le=MOST_INJURED)] = 0


class FindAccident(Command):
    """Whether the company answers for it, and why."""

    accident_id: UUID
    liable: bool
    reason: Reason


class WithdrawAccident(Command):
    """It was none, or stands here twice."""

    accident_id: UUID
    reason: Reason
