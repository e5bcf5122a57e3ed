"""Writing down what a photo belongs to, often before its bytes have arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from propapp.core.db.insert import insert_missing
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.photos import repository
from propapp.features.photos.commands import Shot
from propapp.features.photos.evidence import chain_photos
from propapp.features.photos.models import PhotoPurpose, PhotoUse


@dataclass(frozen=True)
class Album:
    """Shots given together, the thing they were given with, and the run or order above it."""

    shots: Sequence[Shot]
    purpose: PhotoPurpose
    site_id: UUID
    thing_kind: str
    thing_id: UUID
    parent_kind: str
    parent_id: UUID
    owner_id: UUID


@internal
def attach(uow: UnitOfWork, *albums: Album) -> None:
    """Keep what each photo belongs to; the same use again changes nothing."""
    uow.session.flush()
    named = {shot.sha256 for album in albums for shot in album.shots}
    seen, brought = repository.known_to(uow.session, uow.actor, named)
    insert_missing(uow.session, [use for album in albums for use in _uses(uow, album, seen)])
    for site_id in sorted({album.site_id for album in albums}):
        chain_photos(uow, site_id, _named_at(site_id, albums) & (seen | brought))


def _named_at(site_id: UUID, albums: Sequence[Album]) -> frozenset[str]:
    shots = [shot for album in albums if album.site_id == site_id for shot in album.shots]
    return frozenset(shot.sha256 for shot in shots)


def _uses(uow: UnitOfWork, album: Album, seen: Collection[str]) -> Iterator[PhotoUse]:
    for position, shot in enumerate(album.shots, start=1):
        yield PhotoUse(
            sha256=shot.sha256,
            site_id=album.site_id,
            thing_kind=album.thing_kind,
            thing_id=album.thing_id,
            parent_kind=album.parent_kind,
            parent_id=album.parent_id,
            owner_id=album.owner_id,
            purpose=album.purpose,
            position=position,
            person_id=uow.actor.person_id,
            taken_at=shot.taken_at,
            received_at=uow.now,
            latitude=shot.latitude,
            longitude=shot.longitude,
            accuracy=shot.accuracy,
            live=shot.live,
            seen_before=shot.sha256 in seen,
        )
