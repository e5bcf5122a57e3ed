"""Photos that look like another one that was used before at their site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from propapp.core.stores.likeness import distance
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.photos.repository import opening


class Echo(NamedTuple):
    """A photo's use, an earlier use of another that looks like it, and how many bits are off."""

    use_id: UUID
    thing_id: UUID
    earlier_id: UUID
    earlier_thing_id: UUID
    earlier_sha256: str
    off: int


def echoes(session: Session, parents: Collection[UUID], *, within: int) -> Iterator[Echo]:
    """For the photos of these runs: what at their site came before and is so few bits off.

    Only uses that show their photo to whoever may see their thing are looked at, and only those of
    the same site: beyond it nobody may be told even that there is such a photo.
    """
    asked = union_all(*(_sharing(number, parents) for number in (1, 2, 3, 4)))
    found: set[tuple[UUID, UUID]] = set()
    # Row by row: of what shares a band most is far off, and at a busy point there is much of it.
    for *use, own, other in session.execute(asked):
        echo = Echo(*use, off=distance(own, other))
        if echo.off <= within and (echo.use_id, echo.earlier_id) not in found:
            found.add((echo.use_id, echo.earlier_id))
            yield echo


def _sharing(number: int, parents: Collection[UUID]) -> Select[Any]:
    """Pairs of uses whose photos have this band in common."""
    photo, other, earlier = aliased(Photo), aliased(Photo), aliased(PhotoUse)
    band = f"band_{number}"
    return (
        select(  # type: ignore[call-overload]
            PhotoUse.id, PhotoUse.thing_id, earlier.id, earlier.thing_id, earlier.sha256,
            photo.likeness, other.likeness,
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
