"""A stored photo as a link in the chain of each site that it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.evidence.chain import append
from propapp.core.evidence.links import Thing
from propapp.core.evidence.models import EvidenceKind
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.photos.models import Photo


def photo_thing(sha256: str) -> Thing:
    """A photo is its own digest."""
    return Thing(EvidenceKind.PHOTO, sha256, sha256)


def chain_photos(uow: UnitOfWork, site_id: UUID, digests: Iterable[str]) -> None:
    """Chain these stored photos at the site, each once."""
    append(uow, site_id, [photo_thing(sha256) for sha256 in sorted(set(digests))])


def photo_digests(session: Session, ref_ids: Collection[str]) -> dict[str, str]:
    """The photos among these that the database still knows."""
    found = session.exec(select(Photo.sha256).where(col(Photo.sha256).in_(ref_ids)))
    return {sha256: sha256 for sha256 in found}
