"""Photos under their SHA-256, the parts that are still arriving, and what each photo belongs to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7
from propapp.core.stores.likeness import BANDS, Likeness


class Photo(Table, table=True):
    """Bytes that are all here and hash to their name; ``stored_at`` is when that became true."""

    __table_args__ = (
        # What waits to be looked at is little, however many photos there are.
        Index(
            "ix_photo_unseen",
            "stored_at",
            sqlite_where=text("likeness IS NULL"),
            postgresql_where=text("likeness IS NULL"),
        ),
    )

    sha256: str = Field(primary_key=True, max_length=64)
    size: int
    format: str = Field(max_length=8)
    width: int
    height: int
    stored_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    # What it looks like: the fine bits in hex, empty where there is nothing to see, None while
    # nobody has looked. Any of the four bands of the coarse bits finds those that look alike.
    likeness: str | None = Field(default=None, max_length=64)
    patches: bytes | None = None
    band_1: int | None = Field(default=None, index=True)
    band_2: int | None = Field(default=None, index=True)
    band_3: int | None = Field(default=None, index=True)
    band_4: int | None = Field(default=None, index=True)


def likeness_columns(likeness: Likeness | None) -> dict[str, Any]:
    """The columns of a photo that was looked at."""
    bands = likeness.bands if likeness else (None,) * BANDS
    named = {f"band_{number}": band for number, band in enumerate(bands, start=1)}
    return {
        "likeness": likeness.written if likeness else "",
        "patches": likeness.patches if likeness else None,
        **named,
    }


class PhotoPart(Table, table=True):
    """One person's delivery of a photo, kept for good: who has brought the bytes may ask for them.

    How far it has come is the length of the part in the photo store, the only place that knows.
    """

    sha256: str = Field(primary_key=True, max_length=64)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    size: int
    updated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    stored_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # Why the finished bytes were refused, if they were; the code of the error.
    refused: str = Field(default="", max_length=40)


class PhotoPurpose(StrEnum):
    """What a photo shows of its thing."""

    EVIDENCE = "evidence"
    BEFORE = "before"
    AFTER = "after"
    NOTE = "note"


class PhotoUse(Table, table=True):
    """A photo belongs to a thing, with the capture facts that came with it.

    Written when the operation is applied, often before the bytes have arrived: ``photo`` has no
    row for the digest until then.
    """

    __table_args__ = (
        UniqueConstraint("thing_id", "sha256", "position"),
        Index("ix_photo_use_sha256", "sha256"),
        Index("ix_photo_use_parent", "parent_id"),
        Index("ix_photo_use_owner", "owner_id"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    sha256: str = Field(max_length=64)
    site_id: UUID = Field(foreign_key="site.id")
    # thing: the answer or the timeline event it was given with; parent: its run or its order.
    thing_kind: str = Field(max_length=24)
    thing_id: UUID
    parent_kind: str = Field(max_length=24)
    parent_id: UUID
    # Whose thing it is: who reported the order, who walked the run. They may always see it.
    owner_id: UUID = Field(foreign_key="person.id")
    purpose: PhotoPurpose
    position: int
    person_id: UUID = Field(foreign_key="person.id")
    taken_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    live: bool = True
    # Whoever named the photo could see it already; else they must bring its bytes themselves.
    seen_before: bool = False
