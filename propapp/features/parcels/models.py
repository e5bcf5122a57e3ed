"""Parcels that were brought, and what became of each thing in them."""

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

PHOTO = "photo"


class ParcelStatus(StrEnum):
    """Whether everything that is in it has been handed in."""

    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"


class ItemStatus(StrEnum):
    """What became of one operation or photo; ``later`` is the only one that may still change."""

    TAKEN = "taken"
    KNOWN = "known"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    CONFLICT = "conflict"
    LATER = "later"


class Parcel(Table, table=True):
    """One file. ``site_id`` is a site of its author's at which whoever brought it may do so."""

    __table_args__ = (Index("ix_parcel_site", "site_id", "brought_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    author_id: UUID = Field(foreign_key="person.id")
    status: ParcelStatus = ParcelStatus.WAITING
    # Only its whole beginning is wanted, for the rest is damaged.
    partly: bool = False
    # Bytes of the file, and how many of them have been gone through.
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    done: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    operations: int = 0
    photos: int = 0
    # Where it ended early: the code of the error.
    code: str = Field(default="", max_length=40)
    brought_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class ParcelItem(Table, table=True):
    """An operation by its id, or a photo by its digest."""

    __table_args__ = (UniqueConstraint("parcel_id", "ref"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    parcel_id: UUID = Field(foreign_key="parcel.id", index=True)
    ref: str = Field(max_length=64)
    # The kind of the operation, or ``photo``.
    kind: str = Field(max_length=64)
    at: str = Field(default="", max_length=64)
    status: ItemStatus
    code: str = Field(default="", max_length=40)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
