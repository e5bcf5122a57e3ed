"""Photos on their way: chunk by chunk to the store, a row when every byte is here.

The rules alone: who keeps the register of deliveries is told by whoever calls. The house keeps it
in its database (``register.py``), the simulator in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from propapp.core.errors import (
    InvalidInput,
    NotFound,
    PhotoDigest,
    PhotoFormat,
    PhotoTooLarge,
    PhotoUnreadable,
    PropappError,
    QuotaReached,
    WrongOffset,
)
from propapp.core.stores import PhotoStore, Picture
from propapp.features.photos import limits
from propapp.features.photos.models import PhotoPart

log = logging.getLogger(__name__)

REFUSALS: dict[str, type[PropappError]] = {
    error.code: error for error in (PhotoUnreadable, PhotoFormat, PhotoTooLarge)
}
ABANDONED_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Chunk:
    """Some bytes of a photo, from its offset on; ``length`` is that of the whole photo."""

    sha256: str
    offset: int
    length: int
    data: bytes


@dataclass(frozen=True)
class Progress:
    """How far a delivery has come; ``refused`` is the error that ended it."""

    sha256: str
    offset: int
    complete: bool = False
    refused: PropappError | None = None


class Register(Protocol):
    """Who has brought which photo, and how it ended; each call is a transaction of its own."""

    def parts(self, person_id: UUID, digests: Collection[str]) -> Mapping[str, PhotoPart]:
        """The person's own deliveries of these photos, by digest."""
        ...

    def unfinished(self, person_id: UUID) -> tuple[int, int]:
        """How many of the person's deliveries are under way, and how many bytes they will have."""
        ...

    def open(self, person_id: UUID, sha256: str, size: int) -> None:
        """Write down that the delivery has begun; one that is open stays as it is."""
        ...

    def stored(self, person_id: UUID, sha256: str, picture: Picture) -> None:
        """Write down that the person has brought every byte."""
        ...

    def refused(self, person_id: UUID, sha256: str, code: str) -> None:
        """Write down why the finished bytes were refused."""
        ...


@dataclass(frozen=True)
class Intake:
    """Where photos are handed in: the register and the store behind it."""

    register: Register
    store: PhotoStore


def progress(intake: Intake, person_id: UUID, digests: Sequence[str]) -> list[Progress]:
    """How far each of the person's own deliveries has come, in the order asked."""
    parts = intake.register.parts(person_id, digests)
    return [_progress(intake, person_id, sha256, parts.get(sha256)) for sha256 in digests]


def delivered(intake: Intake, person_id: UUID, digests: Collection[str]) -> frozenset[str]:
    """Those of these photos that the person has brought whole; of others' nothing is told."""
    parts = intake.register.parts(person_id, digests)
    return frozenset(sha256 for sha256, part in parts.items() if _is_here(intake, part))


def take(intake: Intake, person_id: UUID, chunk: Chunk) -> Progress:
    """Keep one chunk; with the last one the photo is examined and stored for good."""
    begun = _begin(intake, person_id, chunk)
    if begun.complete:
        return begun
    try:
        offset = intake.store.append(person_id, chunk.sha256, offset=chunk.offset, chunk=chunk.data)
    except WrongOffset as wrong:
        # Every byte is here and only the end was not reached: the process died before it.
        if int(wrong.facts["offset"]) != chunk.length:
            raise
        offset = chunk.length
    if offset < chunk.length:
        return Progress(chunk.sha256, offset)
    finish(intake, person_id, chunk.sha256)
    return Progress(chunk.sha256, offset, complete=True)


def finish(intake: Intake, person_id: UUID, sha256: str) -> None:
    """Examine the whole photo and write its row; a refusal is written down too."""
    try:
        picture = intake.store.finish(person_id, sha256)
    except tuple(REFUSALS.values()) as refusal:
        intake.register.refused(person_id, sha256, refusal.code)
        raise
    intake.register.stored(person_id, sha256, picture)


def repair(intake: Intake, person_id: UUID, sha256: str, size: int) -> bool:
    """End a delivery whose last step was lost with its process; whether there was one."""
    received = intake.store.received(person_id, sha256)
    if received != size and (received or not intake.store.holds(sha256)):
        return False
    try:
        finish(intake, person_id, sha256)
    except (PhotoDigest, NotFound, *REFUSALS.values()) as refusal:
        log.warning("the photo %s was refused: %s", sha256, refusal.code)
    return True


def _progress(intake: Intake, person_id: UUID, sha256: str, part: PhotoPart | None) -> Progress:
    if part is None:
        return Progress(sha256, 0)
    if part.refused:
        return Progress(sha256, 0, refused=REFUSALS.get(part.refused, PhotoUnreadable)())
    if _is_here(intake, part):
        return Progress(sha256, part.size, complete=True)
    # Where only the end was not reached, by a full disk say, the last byte sent again reaches it.
    return Progress(sha256, min(intake.store.received(person_id, sha256), part.size - 1))


def _is_here(intake: Intake, part: PhotoPart) -> bool:
    return part.stored_at is not None and intake.store.holds(part.sha256)


def _begin(intake: Intake, person_id: UUID, chunk: Chunk) -> Progress:
    """Open the delivery if this is its first chunk; where it stands otherwise."""
    part = intake.register.parts(person_id, [chunk.sha256]).get(chunk.sha256)
    if part is None:
        _refuse_over_quota(intake, person_id, chunk)
        intake.register.open(person_id, chunk.sha256, chunk.length)
        return Progress(chunk.sha256, 0)
    if part.size != chunk.length:
        raise InvalidInput(field="upload-length")
    stands = _progress(intake, person_id, chunk.sha256, part)
    if stands.refused:
        raise stands.refused
    return stands


def _refuse_over_quota(intake: Intake, person_id: UUID, chunk: Chunk) -> None:
    number, size = intake.register.unfinished(person_id)
    if number >= limits.UNFINISHED or size + chunk.length > limits.UNFINISHED_BYTES:
        raise QuotaReached
