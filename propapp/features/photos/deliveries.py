"""Photos on their way: chunk by chunk to the store, a row when every byte is here."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from propapp.core.access import Actor
from propapp.core.clock import Clock
from propapp.core.db.engine import read_session
from propapp.core.db.insert import insert_missing
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
from propapp.core.unit_of_work import unit_of_work
from propapp.features.photos import limits
from propapp.features.photos.evidence import chain_photos
from propapp.features.photos.models import Photo, PhotoPart, PhotoUse

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


def delivered(
    session: Session, store: PhotoStore, person_id: UUID, digests: Iterable[str]
) -> frozenset[str]:
    """Those of these photos that the person has brought whole; of others' nothing is told."""
    statement = select(PhotoPart.sha256).where(
        PhotoPart.person_id == person_id,
        col(PhotoPart.sha256).in_(sorted(digests)),
        col(PhotoPart.stored_at).is_not(None),
    )
    return frozenset(sha256 for sha256 in session.exec(statement) if store.holds(sha256))


def progress(actor: Actor, digests: Sequence[str], store: PhotoStore) -> list[Progress]:
    """How far each of the actor's own deliveries has come, in the order asked."""
    with read_session() as session:
        statement = select(PhotoPart).where(
            PhotoPart.person_id == actor.person_id, col(PhotoPart.sha256).in_(digests)
        )
        parts = {part.sha256: part for part in session.exec(statement)}
    return [_progress(actor, sha256, parts.get(sha256), store) for sha256 in digests]


def take(actor: Actor, chunk: Chunk, store: PhotoStore, clock: Clock) -> Progress:
    """Keep one chunk; with the last one the photo is examined and stored for good."""
    begun = _begin(actor, chunk, store, clock)
    if begun.complete:
        return begun
    try:
        offset = store.append(actor.person_id, chunk.sha256, offset=chunk.offset, chunk=chunk.data)
    except WrongOffset as wrong:
        # Every byte is here and only the end was not reached: the process died before it.
        if int(wrong.facts["offset"]) != chunk.length:
            raise
        offset = chunk.length
    if offset < chunk.length:
        return Progress(chunk.sha256, offset)
    finish(actor, chunk.sha256, store, clock)
    return Progress(chunk.sha256, offset, complete=True)


def finish(actor: Actor, sha256: str, store: PhotoStore, clock: Clock) -> None:
    """Examine the whole photo and write its row; a refusal is written down too."""
    try:
        picture = store.finish(actor.person_id, sha256)
    except tuple(REFUSALS.values()) as refusal:
        _write_down_refusal(actor, sha256, refusal, clock)
        raise
    _write_down(actor, sha256, picture, clock)


def repair(person_id: UUID, sha256: str, size: int, store: PhotoStore, clock: Clock) -> bool:
    """End a delivery whose last step was lost with its process; whether there was one."""
    received = store.received(person_id, sha256)
    if received != size and (received or not store.holds(sha256)):
        return False
    try:
        finish(Actor(person_id, ""), sha256, store, clock)
    except (PhotoDigest, NotFound, *REFUSALS.values()) as refusal:
        log.warning("the photo %s was refused: %s", sha256, refusal.code)
    return True


def _progress(actor: Actor, sha256: str, part: PhotoPart | None, store: PhotoStore) -> Progress:
    if part is None:
        return Progress(sha256, 0)
    if part.refused:
        return Progress(sha256, 0, refused=REFUSALS.get(part.refused, PhotoUnreadable)())
    if part.stored_at and store.holds(sha256):
        return Progress(sha256, part.size, complete=True)
    return Progress(sha256, store.received(actor.person_id, sha256))


def _begin(actor: Actor, chunk: Chunk, store: PhotoStore, clock: Clock) -> Progress:
    """Open the delivery if this is its first chunk; where it stands otherwise."""
    with read_session() as session:
        part = session.get(PhotoPart, (chunk.sha256, actor.person_id))
    if part is None:
        _refuse_over_quota(actor, chunk)
        _open(actor, chunk, clock)
        return Progress(chunk.sha256, 0)
    if part.size != chunk.length:
        raise InvalidInput(field="upload-length")
    stands = _progress(actor, chunk.sha256, part, store)
    if stands.refused:
        raise stands.refused
    return stands


def _refuse_over_quota(actor: Actor, chunk: Chunk) -> None:
    with read_session() as session:
        statement = select(func.count(), func.coalesce(func.sum(PhotoPart.size), 0)).where(
            PhotoPart.person_id == actor.person_id,
            col(PhotoPart.stored_at).is_(None),
            PhotoPart.refused == "",
        )
        number, size = session.exec(statement).one()
    if number >= limits.UNFINISHED or size + chunk.length > limits.UNFINISHED_BYTES:
        raise QuotaReached


def _open(actor: Actor, chunk: Chunk, clock: Clock) -> None:
    with unit_of_work(actor, clock=clock) as uow:
        row = PhotoPart(
            sha256=chunk.sha256, person_id=actor.person_id, size=chunk.length, updated_at=uow.now
        )
        insert_missing(uow.session, [row])


def _write_down(actor: Actor, sha256: str, picture: Picture, clock: Clock) -> None:
    """From this commit on the photo is here; boards that show it look again."""
    with unit_of_work(actor, clock=clock) as uow:
        part = uow.session.get_one(PhotoPart, (sha256, actor.person_id))
        part.stored_at = part.updated_at = uow.now
        photo = Photo(
            sha256=sha256,
            size=part.size,
            format=picture.format,
            width=picture.width,
            height=picture.height,
            stored_at=uow.now,
        )
        insert_missing(uow.session, [photo])
        uses = select(PhotoUse.site_id, PhotoUse.person_id).where(PhotoUse.sha256 == sha256)
        named = set(uow.session.exec(uses))
        for site_id in {site_id for site_id, _ in named}:
            uow.ring(site_id)
        # By whom others named it does not make it theirs: only who brings it chains it.
        for site_id in sorted(site_id for site_id, who in named if who == actor.person_id):
            chain_photos(uow, site_id, [sha256])


def _write_down_refusal(actor: Actor, sha256: str, refusal: PropappError, clock: Clock) -> None:
    with unit_of_work(actor, clock=clock) as uow:
        part = uow.session.get_one(PhotoPart, (sha256, actor.person_id))
        part.refused, part.updated_at = refusal.code, uow.now
