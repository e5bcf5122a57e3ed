"""One timeline for everything: every change writes one event in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import UnitOfWork


class TimelineEvent(Table, table=True):
    """What happened to a thing, by whom, when it happened and when the server learnt of it."""

    __table_args__ = (
        Index("ix_timeline_event_thing", "thing_kind", "thing_id", "occurred_at"),
        Index("ix_timeline_event_site", "site_id", "received_at"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    thing_kind: str
    thing_id: UUID
    verb: str
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    operation_id: UUID | None = None
    occurred_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Thing(Protocol):
    """A row of a site, with an id of its own."""

    id: UUID
    site_id: UUID


def keep_and_record(
    uow: UnitOfWork, thing: Thing, kind: str, past: str, /, **facts: Any
) -> TimelineEvent:
    """Keep the row of a thing as it is now, and write down what happened to it."""
    uow.session.add(thing)
    uow.session.flush()
    return record(
        uow, f"{kind}.{past}", site_id=thing.site_id, thing_kind=kind, thing_id=thing.id, **facts
    )


def record(
    uow: UnitOfWork, verb: str, *, site_id: UUID, thing_kind: str, thing_id: UUID, **facts: Any
) -> TimelineEvent:
    """Write one event and ring the site's bell; facts are plain JSON values."""
    event = TimelineEvent(
        site_id=site_id,
        thing_kind=thing_kind,
        thing_id=thing_id,
        verb=verb,
        person_id=None if uow.actor.is_house else uow.actor.person_id,
        operation_id=uow.origin.operation_id,
        occurred_at=uow.occurred_at,
        received_at=uow.now,
        facts=facts,
    )
    uow.session.add(event)
    uow.ring(site_id)
    return event
