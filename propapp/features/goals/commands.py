"""What may be asked about a goal and about a letter."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.access import Role
from propapp.core.fields import Digest, Label, Reason
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


# More signatures than this belong to more than one goal.
MOST_PARTS = 20


class PartSpec(BaseModel):
    """What one person is to answer for."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    post: Role
    person_id: UUID
    weight: Share
    duty: Reason = ""


class LetterCommand(Command):
    """Something about one version of a letter."""

    letter_id: UUID


class KeepLetter(LetterCommand):
    """Share a goal out, or write on in a draft; from the second version on, why."""

    goal_id: UUID
    parts: Annotated[tuple[PartSpec, ...], Field(min_length=1, max_length=MOST_PARTS)]
    reason: Reason = ""


class IssueLetter(LetterCommand):
    """From now on it holds, and everybody in it is asked to sign."""


class WithdrawLetter(LetterCommand):
    """It holds no more, or never will, and why."""

    reason: Reason


class SignLetter(Command):
    """I have read these words and answer for them; the name may be drawn besides."""

    part_id: UUID
    words_sha256: Digest
    name: Annotated[Label, Field(min_length=1)]
    signature: Annotated[str, Field(max_length=8000, pattern=r"^[ML0-9 .]*$")] = ""
