"""How long one doing takes and whose it is: planning figures by subject, read strictly."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from propapp.core.access import Role
from propapp.features.sites.models import Has

FILE = Path(__file__).with_name("norms.toml")

Hour = Annotated[int, Field(ge=0, le=24)]


class Norm(BaseModel):
    """One doing for one of ``each``: by how many people, for how long, within which hours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    each: Has
    minutes: Annotated[int, Field(ge=1, le=1440)]
    people: Annotated[int, Field(ge=1, le=50)] = 1
    begins: Annotated[Hour, Field(alias="from")] = 8
    ends: Annotated[Hour, Field(alias="to")] = 18


@lru_cache(maxsize=1)
def norms() -> dict[str, Norm]:
    """The figures by subject."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Norm]).validate_python(raw)
