"""A message to one person about one thing; its sentence is made where it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class Message(Table, table=True):
    """``kind`` picks the sentence ``message.<kind>``; ``facts`` fill its blanks."""

    __table_args__ = (Index("ix_message_person", "person_id", "created_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    site_id: UUID = Field(foreign_key="site.id")
    kind: str = Field(max_length=40)
    thing_kind: str = Field(max_length=40)
    thing_id: UUID
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    read_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
