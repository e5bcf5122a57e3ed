"""What each site has to know of its people's phones: what they lost, and what is held back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint
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


class HeldStatus(StrEnum):
    """What became of work that was held back."""

    OPEN = "open"
    DONE = "done"
    SETTLED = "settled"


class HeldOperation(Table, table=True):
    """Work that arrived and had no effect, as each of its person's sites has to know it.

    What arrived stays where it is, untouched: an ``Operation`` that is quarantined, or the second
    content that came under a number which stood for something else already (``second``).
    """

    __table_args__ = (
        UniqueConstraint("ref_id", "site_id"),
        Index("ix_held_operation_site", "site_id", "status", "noticed_at"),
        # Every phone asks for its own with each snapshot.
        Index("ix_held_operation_person", "person_id", "settled_at"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    # The Operation, or the QuarantinedOperation.
    ref_id: UUID
    second: bool = False
    kind: str = Field(max_length=64)
    version: int
    # Why it is held back, and what came of it when it was last tried: codes of errors.
    reason: str = Field(max_length=40)
    refusal: str = Field(default="", max_length=40)
    refusal_facts: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    tried_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    occurred_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    status: HeldStatus = HeldStatus.OPEN
    noticed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    note: str = Field(default="", max_length=800)
    settled_by: UUID | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
