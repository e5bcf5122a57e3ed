"""Several operations of one device in one request."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.sync.envelope import MAX_OPERATIONS, Envelope, WireId


class Batch(BaseModel):
    """Operations in the order in which the device made them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    device_id: WireId
    operations: Annotated[list[Envelope], Field(min_length=1, max_length=MAX_OPERATIONS)]
