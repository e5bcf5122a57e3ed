"""A phone that lost what was on it, as each of its person's sites has to know it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7
from propapp.core.sync.losses import LossKind


class LossStatus(StrEnum):
    """Whether somebody has looked after it."""

    OPEN = "open"
    SETTLED = "settled"


class PhoneLoss(Table, table=True):
    """One name of a phone can be lost once; found again, it is the same loss."""

    __table_args__ = (
        UniqueConstraint("device_id", "site_id"),
        Index("ix_phone_loss_site", "site_id", "status", "noticed_at"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    # No foreign key: a phone may lose a name that the server never heard.
    device_id: UUID
    kind: LossKind
    label: str = Field(default="", max_length=60)
    status: LossStatus = LossStatus.OPEN
    noticed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_heard_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    highest_seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    # Operations that were made and never came; photos that were named and never came.
    missing: int = 0
    photos_missing: int = 0
    note: str = Field(default="", max_length=800)
    settled_by: UUID | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
