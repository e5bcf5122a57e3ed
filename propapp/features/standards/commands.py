"""What the company may say about a clause, and what its checklists ask."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from propapp.core.fields import Hint, Label, Line, Name, Reason, Tag
from propapp.core.use_case import Command
from propapp.features.standards.models import ItemKind, ServiceArea

Text = Annotated[str, Field(max_length=300)]
# Those of work orders, which stand above us; a test holds them together.
FaultCategory = Literal[
    "water", "electric", "lift", "door", "fire", "cleaning", "garden", "public", "other"
]
FaultPriority = Literal["urgent", "high", "normal", "low"]


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


# Semicolons stand between choices in a workbook.
Choice = Annotated[Label, Field(pattern=r"^[^;\uff1b\n]*$")]


class ChoiceSpec(_Part):
    """One answer that may be chosen; ``fail`` says that it is none to be content with."""

    label: Annotated[Choice, Field(min_length=1)]
    label_en: Choice = ""
    fail: bool = False


_CHOSEN = (ItemKind.SINGLE, ItemKind.MULTIPLE)
Figure = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]


class ItemSpec(_Part):
    """One question of a checklist.

    A number outside ``low`` to ``high`` is a fail, outside ``least`` to ``most`` no reading at all.
    ``category`` and ``priority`` are those of the work order that a fail makes. Each thing that
    cannot be is an error of its own at its own field.
    """

    kind: ItemKind
    label: Annotated[Line, Field(min_length=1)]
    label_en: Hint = ""
    required: bool = True
    photo_required: bool = False
    unit: Tag = ""
    least: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    most: Figure | None = None
    choices: Annotated[tuple[ChoiceSpec, ...], Field(max_length=12, validate_default=True)] = ()
    category: FaultCategory = "public"
    priority: FaultPriority = "normal"

    @field_validator("unit", "least", "low", "high", "most")
    @classmethod
    def _only_of_numbers(cls, value: object, info: ValidationInfo) -> object:
        if value not in (None, "") and info.data.get("kind") is not ItemKind.NUMBER:
            raise PydanticCustomError("limits_foreign", "only a number has a unit and limits")
        return value

    @field_validator("low", "high", "most")
    @classmethod
    def _rising(cls, value: float | None, info: ValidationInfo) -> float | None:
        below = [info.data.get(name) for name in ("least", "low", "high")]
        if value is not None and any(one is not None and one > value for one in below):
            raise PydanticCustomError("limits_crossed", "limits rise: least, low, high, most")
        return value

    @field_validator("choices")
    @classmethod
    def _chosen_from(
        cls, value: tuple[ChoiceSpec, ...], info: ValidationInfo
    ) -> tuple[ChoiceSpec, ...]:
        labels = {one.label for one in value}
        if info.data.get("kind") not in _CHOSEN:
            if value:
                raise PydanticCustomError("choices_foreign", "nothing is chosen here")
        elif len(labels) <= 1 or len(labels) < len(value):
            raise PydanticCustomError("choices_few", "at least two choices, each once")
        return value


class KeepChecklist(Command):
    """What this checklist asks from now on; what was answered keeps the version it was asked by."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
    name: Annotated[Name, Field(min_length=1)]
    name_en: Name = ""
    items: Annotated[tuple[ItemSpec, ...], Field(max_length=60)]
