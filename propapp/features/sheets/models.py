"""Workbooks that somebody brought: what they are, how far they are, and what came of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class SheetStatus(StrEnum):
    """How far a workbook is."""

    WAITING = "waiting"
    CHECKED = "checked"
    TAKING = "taking"
    TAKEN = "taken"
    REFUSED = "refused"
    FAILED = "failed"
    DROPPED = "dropped"


class SheetImport(Table, table=True):
    """One workbook. Its file lies in the data folder as long as it may still be taken in.

    ``code`` and ``facts`` say why all of it was refused; ``problems`` are the first of those of
    its rows, each ``{row, column, key, facts}``; ``notices`` say what goes with it though no row
    says so, each ``{key, facts}``.
    """

    __table_args__ = (Index("ix_sheet_import_site", "site_id", "brought_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    person_id: UUID = Field(foreign_key="person.id")
    kind: str = Field(max_length=20)
    # The plan that tasks are brought to; no foreign key, for a draft may be thrown away.
    plan_id: UUID | None = None
    name: str = Field(max_length=120)
    sha256: str = Field(max_length=64)
    size: int = 0
    status: SheetStatus = SheetStatus.WAITING
    code: str = Field(default="", max_length=40)
    facts: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    problems: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    notices: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    # Rows that are new, change something, change nothing, and those that cannot be.
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    brought_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
