"""Bundles of evidence that somebody asked for: what of, how far they are, and what came of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class ExportSubject(StrEnum):
    """What a bundle is about; an order with its round is what a dispute is about."""

    RUN = "run"
    DAY = "day"
    ORDER = "order"


class ExportStatus(StrEnum):
    """Whether the bundle is there."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class EvidenceExport(Table, table=True):
    """One bundle. ``ref`` is the run's or the order's id, or the day as ``2026-03-10``."""

    __table_args__ = (Index("ix_evidence_export_site", "site_id", "asked_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    subject: ExportSubject
    ref: str = Field(max_length=36)
    title: str = Field(max_length=120)
    title_en: str = Field(default="", max_length=160)
    status: ExportStatus = ExportStatus.WAITING
    # Files packed and files to pack, while it is made.
    done: int = 0
    total: int = 0
    size: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    sha256: str = Field(default="", max_length=64)
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    ready_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
