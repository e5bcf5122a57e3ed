"""What may be asked about a site's codes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.fields import Reason
from propapp.core.use_case import Command

# More cards than this nobody puts up in a day.
MOST_CODES = 500


class PrintCodes(Command):
    """New codes for these checkpoints; the old ones hold until the new ones are scanned."""

    site_id: UUID
    checkpoint_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_CODES)]


class RevokeCode(Command):
    """This print counts no more: it was photographed, or torn down, or is not where it was."""

    code_id: UUID
    why: Reason
