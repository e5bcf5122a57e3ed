"""A site and what stands on it."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.ids import uuid7


class Site(Table, table=True):
    """A property under service; ``zone`` is the IANA name in which its days begin."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    zone: str = Field(default="Asia/Shanghai", max_length=40)


class Building(Table, table=True):
    """A building of the site."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    name: str = Field(max_length=40)
    name_en: str = Field(default="", max_length=40)
    floors: int


class Unit(Table, table=True):
    """A dwelling that somebody owns."""

    __table_args__ = (UniqueConstraint("building_id", "number"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    building_id: UUID = Field(foreign_key="building.id", index=True)
    number: str = Field(max_length=16)


class UnitOwner(Table, table=True):
    """A person owns a unit."""

    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)


class PlaceKind(StrEnum):
    """What sort of public place it is; picks its icon."""

    LOBBY = "lobby"
    CORRIDOR = "corridor"
    STAIRS = "stairs"
    LIFT = "lift"
    GARAGE = "garage"
    GARDEN = "garden"
    GATE = "gate"
    ROOF = "roof"
    PLANT_ROOM = "plant_room"
    PLAYGROUND = "playground"
    OTHER = "other"


class Place(Table, table=True):
    """A public place of the site, in a building or outside."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    building_id: UUID | None = Field(default=None, foreign_key="building.id")
    kind: PlaceKind
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)


class Equipment(Table, table=True):
    """A lift, a pump, a distribution box: something with a number plate."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    place_id: UUID | None = Field(default=None, foreign_key="place.id")
    kind: str = Field(max_length=24)
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)


class Checkpoint(Table, table=True):
    """A spot with a QR code of its own; ``code`` is what the code says, and a secret."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    place_id: UUID = Field(foreign_key="place.id")
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    hint: str = Field(default="", max_length=160)
    hint_en: str = Field(default="", max_length=160)
    code: str = Field(unique=True, max_length=64)
    # Where it hangs, when somebody measured it.
    latitude: float | None = None
    longitude: float | None = None
