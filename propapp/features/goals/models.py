"""What a site is to reach in a year, what serves it, and the letters that share it out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field

from propapp.core.access import Role
from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class Comparison(StrEnum):
    """On which side of its target a figure is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class GoalStatus(StrEnum):
    """Whether it still counts."""

    SET = "set"
    DROPPED = "dropped"


class Goal(Table, table=True):
    """One thing to be reached, measured by a formula in the version it was set under.

    ``target`` is in the measure's unit: per cent, stars or a count. ``weight`` is how much it
    counts among the goals of the site, from 1 to 100.
    """

    __table_args__ = (Index("ix_goal_site", "site_id", "status", "ends"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=120)
    measure: str = Field(max_length=40)
    measure_version: int = 1
    comparison: Comparison
    target: float
    weight: int
    # Who asks for it: a contract, a clause, the company.
    source: str = Field(max_length=200)
    responsible_id: UUID = Field(foreign_key="person.id")
    starts: date
    ends: date
    status: GoalStatus = GoalStatus.SET
    drop_reason: str = Field(default="", max_length=400)
    made_by: UUID = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class GoalClause(Table, table=True):
    """A clause that serves a goal; of the clause, for its versions come and go."""

    goal_id: UUID = Field(foreign_key="goal.id", primary_key=True)
    clause_id: UUID = Field(foreign_key="clause.id", primary_key=True, index=True)
    position: int = 0


class LetterStatus(StrEnum):
    """Where a version of a letter stands; whether it is signed, its parts say."""

    DRAFT = "draft"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Letter(Table, table=True):
    """One version of how a goal is shared out among posts."""

    __table_args__ = (
        UniqueConstraint("goal_id", "version"),
        # One version holds at a time, whoever issues at the same instant.
        Index(
            "uq_letter_issued",
            "goal_id",
            unique=True,
            sqlite_where=text("status = 'ISSUED'"),
            postgresql_where=text("status = 'ISSUED'"),
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    goal_id: UUID = Field(foreign_key="goal.id")
    site_id: UUID = Field(foreign_key="site.id")
    version: int = 1
    status: LetterStatus = LetterStatus.DRAFT
    # Why this version was begun.
    reason: str = Field(default="", max_length=400)
    made_by: UUID = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    issued_by: UUID | None = Field(default=None, foreign_key="person.id")
    issued_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # When another version took its place, or it was withdrawn.
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class LetterPart(Table, table=True):
    """What one person answers for, as a share of a hundred.

    ``words`` are set when the letter is issued and never change; ``words_sha256`` is the digest of
    both languages, and what is signed.
    """

    __table_args__ = (
        UniqueConstraint("letter_id", "person_id"),
        Index("ix_letter_part_person", "person_id", "letter_id"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    letter_id: UUID = Field(foreign_key="letter.id")
    site_id: UUID = Field(foreign_key="site.id")
    position: int = 0
    post: Role
    person_id: UUID = Field(foreign_key="person.id")
    weight: int
    # What this post does for the goal.
    duty: str = Field(default="", max_length=400)
    words: str = Field(default="", max_length=4000)
    words_en: str = Field(default="", max_length=4000)
    words_sha256: str = Field(default="", max_length=64)
    # When it was signed on the phone, and when the house learnt of it.
    signed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    received_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    signed_name: str = Field(default="", max_length=80)
    # The drawn name as a path of a drawing 300 wide and 120 high; empty where nothing was drawn.
    signature: str = Field(default="", max_length=8000)
    operation_id: UUID | None = None
