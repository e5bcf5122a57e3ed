"""What a person may say of a phone that lost something, and of work that is held back."""

from __future__ import annotations

from uuid import UUID

from propapp.core.fields import Note
from propapp.core.use_case import Command


class SettleLoss(Command):
    """I have asked its person; the note says what came of it."""

    loss_id: UUID
    note: Note = ""


class SettleHeld(Command):
    """I have asked its person; it stays without effect, and the note says what came of it."""

    held_id: UUID
    note: Note = ""


class PerformHeld(Command):
    """Let it take effect after all, as the work of whoever did it."""

    held_id: UUID
