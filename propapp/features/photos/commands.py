"""How an operation names a photo whose bytes travel on their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from propapp.core.fields import Accuracy, Digest, Instant, Latitude, Longitude
from propapp.core.use_case import Command

LARGEST_PHOTO = 25_000_000
MOST_SHOTS = 10


class Shot(Command):
    """A photo as the phone took it: its digest, and the facts of the capture."""

    sha256: Digest
    size: Annotated[int, Field(ge=1, le=LARGEST_PHOTO)]
    width: Annotated[int, Field(ge=1, le=65_535)]
    height: Annotated[int, Field(ge=1, le=65_535)]
    taken_at: Instant
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    accuracy: Accuracy | None = None
    live: bool = True
    # Some phones say it with each photo as well; what counts is what the visit says.
    mocked: bool = False


Shots = Annotated[tuple[Shot, ...], Field(max_length=MOST_SHOTS)]
