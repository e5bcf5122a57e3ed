"""The kinds of value that commands are made of."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def _plausible(instant: datetime) -> datetime:
    if not _EARLIEST <= instant < _LATEST:
        raise ValueError("an instant outside 1970 to 2100")
    return instant.astimezone(UTC)


def _readable(text: str) -> str:
    # Control characters break exports and PostgreSQL refuses NUL; line breaks and tabs are writing.
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for sign in text):
        raise ValueError("a control character")
    return text


Instant = Annotated[AwareDatetime, AfterValidator(_plausible)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Accuracy = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

_Readable = AfterValidator(_readable)
# The number of a door, the name of a house.
Tag = Annotated[str, Field(max_length=16), _Readable]
Short = Annotated[str, Field(max_length=40), _Readable]
Label = Annotated[str, Field(max_length=60), _Readable]
Name = Annotated[str, Field(max_length=80), _Readable]
Line = Annotated[str, Field(max_length=120), _Readable]
Hint = Annotated[str, Field(max_length=160), _Readable]
Reason = Annotated[str, Field(max_length=400), _Readable]
Note = Annotated[str, Field(max_length=800), _Readable]
Words = Annotated[str, Field(max_length=2000), _Readable]
