"""Which pictures the story needs, and who used them when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zlib import crc32

from propapp.core.stores import Likeness
from propapp.demo.cast import SITE_ID, demo_id
from propapp.demo.era import Era
from propapp.demo.pictures import Scene
from propapp.demo.rows import Row, Rows
from propapp.features.photos.models import (
    Photo,
    PhotoPart,
    PhotoPurpose,
    PhotoUse,
    likeness_columns,
)

_VARIANTS = 2
# A photo that was seen before speaks against a visit, and visits of a week are looked at again.
FRESH = timedelta(days=8)


@dataclass(frozen=True)
class Picture:
    """One drawing: what it shows, where, and when it was taken at the site."""

    key: str
    scene: Scene
    seed: int
    place: int
    taken_at: datetime


@dataclass(frozen=True)
class Kept:
    """What the store made of a drawing."""

    sha256: str
    size: int
    format: str
    width: int
    height: int
    likeness: Likeness | None


@dataclass(frozen=True)
class Capture:
    """One pressing of the shutter."""

    picture: Picture
    taken_at: datetime


@dataclass(frozen=True)
class Belonging:
    """The thing that photos are given with, the run or order above it, and whose that is."""

    thing_kind: str
    thing_id: UUID
    parent_kind: str
    parent_id: UUID
    owner_id: UUID
    purpose: PhotoPurpose


@dataclass
class Album:
    """Collects captures; a drawing each for the last days, older ones share a few."""

    era: Era
    rows: Rows
    pictures: dict[str, Picture] = field(default_factory=dict)
    _uses: list[tuple[Row, str]] = field(default_factory=list)

    def capture(self, scene: Scene, *, at: datetime, place: str) -> Capture:
        """A photo of this scene; the same place looks the same before and after."""
        is_fresh = self.era.now - at < FRESH
        spot = crc32(place.encode())
        variant = f"{place} {at.isoformat()}" if is_fresh else f"old {spot % _VARIANTS}"
        key = f"{scene.value} {variant}"
        seed = crc32(key.encode())
        return Capture(Picture(key, scene, seed, spot % 1000, self.era.local(at)), at)

    def attach(
        self, captures: Sequence[Capture], to: Belonging, *, by: UUID, received_at: datetime
    ) -> None:
        """Write down what these photos belong to."""
        for position, capture in enumerate(captures, start=1):
            row = self.rows.add(
                PhotoUse,
                id=demo_id("use", to.thing_id, position),
                sha256="",
                site_id=SITE_ID,
                thing_kind=to.thing_kind,
                thing_id=to.thing_id,
                parent_kind=to.parent_kind,
                parent_id=to.parent_id,
                owner_id=to.owner_id,
                purpose=to.purpose,
                position=position,
                person_id=by,
                taken_at=capture.taken_at,
                received_at=received_at,
            )
            self.pictures.setdefault(capture.picture.key, capture.picture)
            self._uses.append((row, capture.picture.key))

    def stick_in(self, kept: dict[str, Kept]) -> None:
        """Name the stored bytes in every use, and write down when they first arrived."""
        first: dict[str, datetime] = {}
        parts: dict[tuple[str, UUID], datetime] = {}
        for row, key in self._uses:
            sha256 = row["sha256"] = kept[key].sha256
            first[sha256] = min(row["received_at"], first.get(sha256, row["received_at"]))
            brought = sha256, row["person_id"]
            parts[brought] = min(row["received_at"], parts.get(brought, row["received_at"]))
        stored = {one.sha256: one for one in kept.values()}
        for sha256, at in first.items():
            self._write_photo(stored[sha256], at)
        for (sha256, person), at in parts.items():
            self.rows.add(
                PhotoPart,
                sha256=sha256,
                person_id=person,
                size=stored[sha256].size,
                updated_at=at,
                stored_at=at,
            )

    def _write_photo(self, kept: Kept, at: datetime) -> None:
        self.rows.add(
            Photo,
            sha256=kept.sha256,
            size=kept.size,
            format=kept.format,
            width=kept.width,
            height=kept.height,
            stored_at=at,
            **likeness_columns(kept.likeness),
        )
