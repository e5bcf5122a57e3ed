"""What may be asked of the evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.use_case import Command


class ExportRun(Command):
    """A bundle of one run."""

    export_id: UUID
    run_id: UUID


class ExportDay(Command):
    """A bundle of all that was done at a site on a day."""

    export_id: UUID
    site_id: UUID
    day: Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]


class ExportOrder(Command):
    """A bundle of an order with the round that found it: what a dispute is about."""

    export_id: UUID
    number: Annotated[str, Field(min_length=1, max_length=40)]
