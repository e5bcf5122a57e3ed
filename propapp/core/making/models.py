"""What every file in the making has: who asked for it, how far it is, and what came of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class ExportStatus(StrEnum):
    """Whether the file is there."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Made(Table):
    """The columns of a file in the making; a table of its own says what it is made of.

    ``done`` and ``total`` are steps, ``size`` is in bytes, ``sha256`` that of the whole file.
    """

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    title: str = Field(max_length=120)
    title_en: str = Field(default="", max_length=160)
    status: ExportStatus = ExportStatus.WAITING
    done: int = 0
    total: int = 0
    # How often somebody began to make it; what kills its maker each time is given up.
    tries: int = 0
    size: int = Field(default=0, sa_type=BigInteger, nullable=False)
    sha256: str = Field(default="", max_length=64)
    asked_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    ready_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
