"""Sites and what stands on them, as a phone keeps it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from propapp.features.sites.models import Building, Checkpoint, Place, Site, Unit


@dataclass(frozen=True)
class SiteView:
    """A property under service."""

    id: UUID
    name: str
    name_en: str
    zone: str


@dataclass(frozen=True)
class CheckpointView:
    """A spot to be reached; the digest lets the phone check a scanned code without knowing it."""

    id: UUID
    name: str
    name_en: str
    hint: str
    hint_en: str
    place_kind: str
    code_sha256: str


@dataclass(frozen=True)
class UnitView:
    """A dwelling."""

    id: UUID
    site_id: UUID
    building: str
    building_en: str
    number: str


@dataclass(frozen=True)
class PlaceView:
    """A public place."""

    id: UUID
    site_id: UUID
    kind: str
    name: str
    name_en: str


def site_view(site: Site) -> SiteView:
    """The site as a phone keeps it."""
    return SiteView(site.id, site.name, site.name_en, site.zone)


def checkpoint_view(checkpoint: Checkpoint, place: Place) -> CheckpointView:
    """The checkpoint without its secret."""
    return CheckpointView(
        id=checkpoint.id,
        name=checkpoint.name,
        name_en=checkpoint.name_en,
        hint=checkpoint.hint,
        hint_en=checkpoint.hint_en,
        place_kind=place.kind.value,
        code_sha256=hashlib.sha256(checkpoint.code.encode()).hexdigest(),
    )


def unit_view(unit: Unit, building: Building) -> UnitView:
    """The unit with its building's name."""
    return UnitView(unit.id, unit.site_id, building.name, building.name_en, unit.number)


def place_view(place: Place) -> PlaceView:
    """The place as a phone keeps it."""
    return PlaceView(place.id, place.site_id, place.kind.value, place.name, place.name_en)


@dataclass(frozen=True)
class SiteChoice:
    """A site whose board may be opened."""

    id: str = ""
    name: str = ""
    name_en: str = ""

    @classmethod
    def of(cls, site: Site) -> SiteChoice:
        """The site as the browser knows it."""
        return cls(str(site.id), site.name, site.name_en)
