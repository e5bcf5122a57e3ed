"""Checklists and the clauses of standards: a new version is a new row, so work keeps its own."""

from __future__ import annotations

from datetime import date, datetime
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


class StandardKind(StrEnum):
    """What sort of paper asks for it; only a statute binds whoever has promised less."""

    STATUTE = "statute"
    STANDARD = "standard"
    PRACTICE = "practice"
    COMPANY = "company"


class Direction(StrEnum):
    """Which of a standard's levels asks for most: papers differ, so it is told, never guessed."""

    FIRST_BEST = "first_best"
    LAST_BEST = "last_best"
    NONE = "none"


class Mark(StrEnum):
    """What the words were read in."""

    LAW = "law"  # the text of the statute itself
    PAGE = "page"  # an excerpt of a published page
    EXCERPT = "excerpt"  # remembered, and borne out by an excerpt
    MEMORY = "memory"  # remembered only
    COMPANY = "company"  # written here


class ServiceArea(StrEnum):
    """The part of the service that a clause is about."""

    FIRE = "fire"
    LIFT = "lift"
    WATER = "water"
    EQUIPMENT = "equipment"
    BUILDING = "building"
    ORDER = "order"
    CLEANING = "cleaning"
    GREEN = "green"
    SERVICE = "service"
    FITOUT = "fitout"
    DISCLOSURE = "disclosure"
    MANAGEMENT = "management"


class Standard(Table, table=True):
    """A paper with clauses. ``levels`` is a list of ``{code, name, name_en}`` in its own order."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    kind: StandardKind
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=120)
    direction: Direction = Direction.NONE
    levels: list[dict[str, str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    position: int = 0
    # Of the pack it was read from; the same digest is not read again.
    digest: str = Field(default="", max_length=64)


class Clause(Table, table=True):
    """A numbered demand of a standard; ``subject`` is what clauses of several papers share."""

    __table_args__ = (UniqueConstraint("standard_id", "number"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    standard_id: UUID = Field(foreign_key="standard.id", index=True)
    number: str = Field(max_length=20)
    position: int = 0
    area: ServiceArea
    subject: str = Field(default="", max_length=60, index=True)
    # Where it holds; everywhere if empty.
    cities: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # A clause that was ended asks for nothing from the day after this one.
    ends: date | None = None
    # Why it was ended.
    end_reason: str = Field(default="", max_length=400)


class ClauseVersion(Table, table=True):
    """A clause as it reads from a day on; ``evidence`` is ``{photos, scan, document}``."""

    __table_args__ = (UniqueConstraint("clause_id", "starts"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    clause_id: UUID = Field(foreign_key="clause.id", index=True)
    starts: date
    title: str = Field(max_length=120)
    title_en: str = Field(default="", max_length=200)
    source: str = Field(max_length=300)
    mark: Mark
    verified: bool = False
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # Who has written the company's own version; none where a pack brought it.
    author_id: UUID | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=400)
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class ClauseLevel(Table, table=True):
    """What a version asks at one level; ``level`` is empty where all levels are alike.

    ``often`` and ``limits`` are the figures of ``text`` as ``figures`` reads them: ``2/day`` and
    ``response <= 30 min``.
    """

    __table_args__ = (UniqueConstraint("version_id", "level"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    version_id: UUID = Field(foreign_key="clause_version.id", index=True)
    level: str = Field(default="", max_length=20)
    text: str = Field(max_length=300)
    text_en: str = Field(default="", max_length=300)
    often: str = Field(default="", max_length=24)
    limits: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # Whether this level asks for it at all.
    demanded: bool = True
    mark: Mark
    verified: bool = False
