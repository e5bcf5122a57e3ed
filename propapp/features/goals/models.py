"""What a site is to reach in a year, and the clauses that serve it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index
from sqlmodel import Field

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
