"""Photos that look like another one that was used before at their site."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from propapp.core.stores.likeness import SIEVE, apart, distance
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.photos.repository import opening


class Echo(NamedTuple):
    """A photo's use, and an earlier use of another that looks like it."""

    use_id: UUID
    thing_id: UUID
    earlier_id: UUID
    earlier_thing_id: UUID
    sha256: str
    earlier_sha256: str


def apart_by(session: Session, found: Collection[Echo]) -> dict[Echo, int]:
    """How far each is from what it echoes, in parts of 10,000; 0 is the same picture."""
    named = {one.sha256 for one in found} | {one.earlier_sha256 for one in found}
    patches = _patches(session, named)
    pairs = {(one.sha256, one.earlier_sha256) for one in found}
    away = {pair: apart(*(patches[sha256] for sha256 in pair)) for pair in pairs}
    return {one: away[one.sha256, one.earlier_sha256] for one in found}


def _patches(session: Session, digests: Iterable[str]) -> dict[str, bytes]:
    statement = select(Photo.sha256, Photo.patches).where(col(Photo.sha256).in_(digests))
    return {sha256: patches or b"" for sha256, patches in session.exec(statement)}


def echoes(session: Session, parents: Collection[UUID]) -> set[Echo]:
    """For the photos of these runs: what at their site came before and may be the same picture.

    Only uses that show their photo to whoever may see their thing are looked at, and only those of
    the same site: beyond it nobody may be told even that there is such a photo.
    """
    asked = union_all(*(_sharing(number, parents) for number in (1, 2, 3, 4)))
    # Row by row: of what shares a band most is far off, and at a busy point there is much of it.
    return {
        Echo(*use) for *use, own, other in session.execute(asked) if distance(own, other) <= SIEVE
    }


def _sharing(number: int, parents: Collection[UUID]) -> Select[Any]:
    """Pairs of uses whose photos have this band in common."""
    photo, other, earlier = aliased(Photo), aliased(Photo), aliased(PhotoUse)
    band = f"band_{number}"
    return (
        select(  # type: ignore[call-overload]
            PhotoUse.id, PhotoUse.thing_id, earlier.id, earlier.thing_id,
            PhotoUse.sha256, earlier.sha256, photo.likeness, other.likeness,
        )
        .join(photo, col(photo.sha256) == PhotoUse.sha256)
        .join(other, getattr(other, band) == getattr(photo, band))
        .join(earlier, col(earlier.sha256) == other.sha256)
        .where(
            col(PhotoUse.parent_id).in_(parents),
            col(other.sha256) != photo.sha256,
            col(earlier.site_id) == PhotoUse.site_id,
            col(earlier.thing_id) != PhotoUse.thing_id,
            col(earlier.received_at) < PhotoUse.received_at,
            opening(earlier),
        )
    )  # fmt: skip
