"""Checklist templates: a new version is a new row, so a run keeps the one it began with."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class ItemKind(StrEnum):
    """How a question is answered."""

    PASS_FAIL = "pass_fail"  # noqa: S105 - a kind of answer, not a password
    NUMBER = "number"
    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT = "text"
    PHOTO = "photo"


class ChecklistTemplate(Table, table=True):
    """One version of a list of questions."""

    __table_args__ = (UniqueConstraint("code", "version"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(max_length=40)
    version: int = 1
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    published_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class ChecklistItem(Table, table=True):
    """One question.

    A number below ``low`` or above ``high`` is a fail; below ``least`` or above ``most`` it is
    no reading at all and refused. ``choices`` is a list of ``{value, label, label_en, fail}``.
    """

    __table_args__ = (UniqueConstraint("template_id", "position"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    template_id: UUID = Field(foreign_key="checklist_template.id", index=True)
    position: int
    kind: ItemKind
    label: str = Field(max_length=120)
    label_en: str = Field(default="", max_length=160)
    required: bool = True
    photo_required: bool = False
    unit: str = Field(default="", max_length=16)
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    choices: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    # What a fail of this item asks for: the category and priority of its work order.
    category: str = Field(default="public", max_length=24)
    priority: str = Field(default="normal", max_length=16)
