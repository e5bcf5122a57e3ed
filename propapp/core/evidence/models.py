"""The links of each site's chain, its present end, and where it stood when a day ended."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime


class EvidenceKind(StrEnum):
    """What a link vouches for."""

    OPERATION = "operation"
    # An operation while it is held back; performed afterwards, it gets a link as an operation too.
    HELD = "held"
    # Another content that came under a used number.
    SECOND = "second"
    PHOTO = "photo"
    RUN_SEALED = "run_sealed"
    ROUND_SEED = "round_seed"


class EvidenceEntry(Table, table=True):
    """One link: the digest of a thing, and the hash over it and the link before it."""

    __table_args__ = (
        # By the thing itself, so that it is found without knowing its site.
        UniqueConstraint("ref_id", "kind", "site_id"),
    )

    site_id: UUID = Field(foreign_key="site.id", primary_key=True)
    n: int = Field(primary_key=True)
    # An EvidenceKind; not checked here, for a forged one must be read to be found.
    kind: str = Field(max_length=16)
    # The operation's, the second content's or the run's id, or the photo's SHA-256.
    ref_id: str = Field(max_length=64)
    digest: str = Field(max_length=64)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class EvidenceHead(Table, table=True):
    """The end of a site's chain; whoever appends holds this row until the commit."""

    site_id: UUID = Field(foreign_key="site.id", primary_key=True)
    n: int
    hash: str = Field(max_length=64)


class EvidenceDay(Table, table=True):
    """Where the chain stood when a day at the site was over; meant to be kept elsewhere too."""

    site_id: UUID = Field(foreign_key="site.id", primary_key=True)
    day: date = Field(primary_key=True)
    n: int
    hash: str = Field(max_length=64)
