"""Events and messages of the demo world, as the one door would have left them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from propapp.core.timeline import TimelineEvent
from propapp.demo.cast import SITE_ID, Member, demo_id
from propapp.demo.era import Era
from propapp.demo.rows import Row, Rows
from propapp.features.messages.models import Message

_READ_AFTER = timedelta(hours=30)


@dataclass(frozen=True)
class Moment:
    """Who did it, when, and when the server learnt of it; nobody is the house itself."""

    by: Member | None
    at: datetime
    received_at: datetime

    @property
    def person(self) -> Member:
        """Who did it, where somebody must have."""
        if self.by is None:
            raise ValueError("the house does not do this by itself")
        return self.by

    @property
    def person_id(self) -> UUID | None:
        """Whose doing it is."""
        return self.by.id if self.by else None


@dataclass
class Chronicle:
    """Writes the timeline and the messages."""

    era: Era
    rows: Rows

    def record(
        self, verb: str, when: Moment, *, thing_kind: str, thing_id: UUID, **facts: Any
    ) -> Row:
        """One event."""
        return self.rows.add(
            TimelineEvent,
            id=demo_id("event", thing_id, verb, when.at.isoformat()),
            site_id=SITE_ID,
            thing_kind=thing_kind,
            thing_id=thing_id,
            verb=verb,
            person_id=when.person_id,
            occurred_at=when.at,
            received_at=when.received_at,
            facts=facts,
        )

    def tell(
        self,
        people: Iterable[UUID | None],
        kind: str,
        when: Moment,
        *,
        thing_kind: str,
        thing_id: UUID,
        **facts: Any,
    ) -> None:
        """A message for each of these people, but not for the one who does it."""
        told = {person for person in people if person is not None} - {when.person_id}
        by = {
            "by": when.by.name if when.by else "",
            "by_en": when.by.name_en if when.by else "",
        }
        for person in sorted(told):
            made = demo_id("message", person, kind, thing_id, when.at.isoformat())
            self.rows.add(
                Message,
                id=made,
                person_id=person,
                site_id=SITE_ID,
                kind=kind,
                thing_kind=thing_kind,
                thing_id=thing_id,
                facts={**by, **facts},
                created_at=when.received_at,
                read_at=self._read_at(made, when.received_at),
            )

    def _read_at(self, message_id: UUID, created_at: datetime) -> datetime | None:
        """Older messages were read within the day, the latest wait."""
        if self.era.now - created_at < _READ_AFTER:
            return None
        delay = self.era.dice("read", message_id).uniform(5, 24 * 60)
        return created_at + timedelta(minutes=round(delay))
