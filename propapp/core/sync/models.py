"""Devices and the operations they sent; ids and digests are kept for ever."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class OperationStatus(StrEnum):
    """What became of an operation for good; ``duplicate`` and ``retry`` are answers, not rows."""

    APPLIED = "applied"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    CONFLICT = "conflict"


class Device(Table, table=True):
    """A browser profile on a phone, as it last introduced itself."""

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    app_version: str = Field(default="", max_length=40)
    first_seen_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_hello_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_seq: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    # The highest number the phone has spoken of, arrived or not.
    promised_seq: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    # The browser it lives in, known by a cookie, and how that is called among people.
    phone_id: UUID | None = Field(default=None, index=True)
    label: str = Field(default="", max_length=60)
    pending_operations: int = 0
    pending_bytes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    clock_offset_ms: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    persisted: bool = False


class Operation(Table, table=True):
    """One thing a person did on a device. The unique keys are the authority on "already done"."""

    __table_args__ = (
        UniqueConstraint("device_id", "seq"),
        UniqueConstraint("device_id", "thread_id", "n"),
        Index("ix_operation_person", "person_id", "received_at"),
        Index("ix_operation_thread", "thread_id"),
        # What had no effect is little, however much there is.
        Index(
            "ix_operation_without_effect",
            "received_at",
            "id",
            sqlite_where=text("status <> 'APPLIED'"),
            postgresql_where=text("status <> 'APPLIED'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    device_id: UUID
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    person_id: UUID = Field(foreign_key="person.id")
    # Operations of one run or one order keep their order among themselves by n = 1, 2, 3 …
    thread_id: UUID
    n: int
    kind: str = Field(max_length=64)
    version: int
    body: str
    body_sha256: str = Field(max_length=64)
    client_time: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    occurred_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    clock_suspect: bool = False
    # The phone's own steady clock and zone: what is left to judge by when its wall clock was wrong.
    monotonic_ms: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    boot_id: str = Field(default="", max_length=64)
    zone: str = Field(default="", max_length=64)
    status: OperationStatus
    code: str = Field(default="", max_length=40)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class QuarantinedOperation(Table, table=True):
    """Second contents under a used id, kept for a human; nothing that arrived is ever dropped."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    operation_id: UUID = Field(index=True)
    device_id: UUID
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    person_id: UUID = Field(foreign_key="person.id")
    reason: str = Field(max_length=40)
    envelope: str
    envelope_sha256: str = Field(unique=True, max_length=64)
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class ServerMeta(Table, table=True):
    """One row: the epoch changes when a backup is restored, so that phones send again."""

    id: int = Field(default=1, primary_key=True)
    epoch: UUID = Field(default_factory=uuid7)
    # All that was answered for before then lies in a backup whose every byte was read again.
    backed_up_to: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # What keys are made of; it never leaves the server, but with its backups.
    secret: str = Field(default_factory=lambda: secrets.token_hex(32), max_length=64)
