"""What a person may say of a phone that lost something."""

from __future__ import annotations

from uuid import UUID

from propapp.core.fields import Note
from propapp.core.use_case import Command


class SettleLoss(Command):
    """I have asked its person; the note says what came of it."""

    loss_id: UUID
    note: Note = ""
