"""Messages as a phone keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from propapp.features.messages.models import Message


@dataclass(frozen=True)
class MessageView:
    """One thing to know; its sentence is made on the phone."""

    id: UUID
    kind: str
    thing_kind: str
    thing_id: UUID
    facts: dict[str, Any]
    created_at: datetime
    read_at: datetime | None


def message_view(message: Message) -> MessageView:
    """The message as a phone keeps it."""
    return MessageView(
        id=message.id,
        kind=message.kind,
        thing_kind=message.thing_kind,
        thing_id=message.thing_id,
        facts=message.facts,
        created_at=message.created_at,
        read_at=message.read_at,
    )
