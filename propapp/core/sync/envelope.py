"""What a device sends around each operation, and when the server takes it to have happened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_OPERATIONS = 50
MAX_BYTES = 256 * 1024
# A phone may have been offline for long, but no operation is older than this or from the future.
OLDEST = timedelta(days=400)
SUSPECT_OFFSET = timedelta(minutes=10)
ID_LENGTH = 36


def _wire_id(value: object) -> UUID:
    made = UUID(value) if isinstance(value, str) and len(value) == ID_LENGTH else None
    if made is None or str(made) != value or made.int == 0:
        raise ValueError("not an id in lower case")
    return made


WireId = Annotated[UUID, BeforeValidator(_wire_id)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", strict=True)]
Count = Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]
Natural = Annotated[int, Field(strict=True, ge=0, le=2**53 - 1)]


class Envelope(BaseModel):
    """One operation as it travels; fields that a later phone may add are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    id: WireId
    seq: Count
    thread_id: WireId
    n: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    kind: Annotated[str, Field(min_length=1, max_length=64)]
    version: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
    body: Annotated[str, Field(max_length=MAX_BYTES)]
    body_sha256: Digest
    client_time: Annotated[str, Field(max_length=64)]
    monotonic_ms: Annotated[float, Field(ge=0, le=2**53 - 1)] = 0
    boot_id: Annotated[str, Field(max_length=64)] = ""
    zone: Annotated[str, Field(max_length=64)] = ""

    def is_whole(self) -> bool:
        """Whether the body is the one that was digested on the device."""
        return hashlib.sha256(self.body.encode()).hexdigest() == self.body_sha256


@dataclass(frozen=True)
class Timing:
    """The device's own time, the instant the server believes, and whether it doubts it."""

    client_time: datetime
    occurred_at: datetime
    suspect: bool


def timing(client_time: str, *, offset: timedelta, received_at: datetime) -> Timing:
    """Correct the device's time; what cannot be true becomes the time of receipt."""
    said = parse_instant(client_time)
    if said is None:
        return Timing(received_at, received_at, suspect=True)
    try:
        occurred_at = said + offset
    except OverflowError:
        return Timing(said, received_at, suspect=True)
    suspect = abs(offset) > SUSPECT_OFFSET
    if occurred_at > received_at:
        suspect = suspect or occurred_at - received_at > SUSPECT_OFFSET
        return Timing(said, received_at, suspect)
    if received_at - occurred_at > OLDEST:
        return Timing(said, received_at, suspect=True)
    return Timing(said, occurred_at, suspect)


def parse_instant(text: str) -> datetime | None:
    """An ISO instant in UTC, or None where the text does not name one."""
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
