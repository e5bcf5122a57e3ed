"""What the company may say about a clause."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.fields import Reason
from propapp.core.use_case import Command
from propapp.features.standards.models import ServiceArea

Text = Annotated[str, Field(max_length=300)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Proof(_Part):
    """What proves that a clause was kept."""

    photos: Annotated[int, Field(ge=0, le=20)] = 0
    scan: bool = False
    document: bool = False


class LevelSpec(_Part):
    """What is asked at one level; ``level`` is empty where all are alike."""

    level: Annotated[str, Field(max_length=20)] = ""
    text: Annotated[Text, Field(min_length=1)]
    text_en: Text = ""
    often: Annotated[str, Field(max_length=24)] = ""
    limits: Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(max_length=8)] = ()
    demanded: bool = True


class ClauseCommand(Command):
    """Something about a clause of the library."""

    clause_id: UUID


class KeepClause(ClauseCommand):
    """Write the company's own version of a clause; an unknown id is a clause of its own."""

    version_id: UUID
    number: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9.-]{0,19}$")]
    area: ServiceArea
    subject: Annotated[str, Field(pattern=r"^[a-z0-9_.]{0,60}$")] = ""
    starts: date
    title: Annotated[str, Field(min_length=1, max_length=120)]
    title_en: Annotated[str, Field(max_length=200)] = ""
    source: Annotated[str, Field(min_length=1, max_length=300)]
    evidence: Proof = Proof()
    levels: Annotated[tuple[LevelSpec, ...], Field(min_length=1, max_length=10)]
    reason: Reason


class EndClause(ClauseCommand):
    """It asks for nothing any more after this day, and why."""

    last_day: date
    reason: Reason


class DropClause(ClauseCommand):
    """Take out a clause of the company's own that nothing was made under."""
