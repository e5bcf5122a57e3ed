"""What may be asked about a goal."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.fields import Reason
from propapp.core.use_case import Command
from propapp.features.goals.models import Comparison

Share = Annotated[int, Field(ge=1, le=100)]
# A goal that more clauses serve than this has not been thought through.
MOST_CLAUSES = 40


class GoalCommand(Command):
    """Something about one goal."""

    goal_id: UUID


class KeepGoal(GoalCommand):
    """Set a goal, or write on in one."""

    site_id: UUID
    name: Annotated[str, Field(min_length=1, max_length=80)]
    name_en: Annotated[str, Field(max_length=120)] = ""
    measure: Annotated[str, Field(max_length=40)]
    comparison: Comparison
    target: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
    weight: Share
    source: Annotated[str, Field(min_length=1, max_length=200)]
    responsible_id: UUID
    starts: date
    ends: date


class ServeGoal(GoalCommand):
    """These clauses serve it, and no others."""

    clause_ids: Annotated[tuple[UUID, ...], Field(max_length=MOST_CLAUSES)]


class DropGoal(GoalCommand):
    """It counts no more, and why."""

    reason: Reason
