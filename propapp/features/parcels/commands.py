"""What may be asked of a parcel."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.use_case import Command

Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class BringParcel(Command):
    """Hand in a person's unsent work; ``partly`` only its whole beginning, should it be damaged."""

    parcel_id: UUID
    author_id: UUID
    size: Annotated[int, Field(ge=1, le=2**40)]
    operations: Count
    photos: Count
    partly: bool = False
