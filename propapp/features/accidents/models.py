"""An accident at a site, and whether the company answers for it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class AccidentKind(StrEnum):
    """What happened."""

    FIRE = "fire"
    LIFT = "lift"
    ELECTRIC = "electric"
    FALL = "fall"
    FALLING_OBJECT = "falling_object"
    TRAFFIC = "traffic"
    WATER = "water"
    AT_WORK = "at_work"
    OTHER = "other"


class AccidentStatus(StrEnum):
    """Whether it is known who answers for it."""

    OPEN = "open"
    LIABLE = "liable"
    NOT_LIABLE = "not_liable"
    WITHDRAWN = "withdrawn"


class Accident(Table, table=True):
    """One accident; what was found of it, and why, stays with it."""

    __table_args__ = (Index("ix_accident_site", "site_id", "occurred_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    kind: AccidentKind
    status: AccidentStatus = AccidentStatus.OPEN
    occurred_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    place: str = Field(max_length=120)
    text: str = Field(max_length=800)
    # People hurt.
    injured: int = 0
    recorded_by: UUID = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    # Why it was found so, or withdrawn, by whom and when.
    reason: str = Field(default="", max_length=400)
    found_by: UUID | None = Field(default=None, foreign_key="person.id")
    found_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
