"""What may be asked about workbooks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.fields import Digest, Line
from propapp.core.sheets import limits
from propapp.core.use_case import Command


class SheetCommand(Command):
    """Something about one workbook."""

    sheet_id: UUID


class BringSheet(SheetCommand):
    """Look through this workbook; nothing of it is kept yet."""

    site_id: UUID
    kind: Annotated[str, Field(max_length=20)]
    plan_id: UUID | None = None
    name: Line = ""
    sha256: Digest
    size: Annotated[int, Field(ge=1, le=limits.LARGEST)]


class TakeInSheet(SheetCommand):
    """Take in the very file that was looked through, all of it or nothing."""

    sha256: Digest


class DropSheet(SheetCommand):
    """It will not be taken in."""
