"""A site and what stands on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
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


class Has(StrEnum):
    """What a site has that work is done for; the site itself is there once."""

    SITE = "site"
    BUILDING = "building"
    LIFT = "lift"
    TANK = "tank"
    PUMP_ROOM = "pump_room"
    GREEN = "green"
    HALL = "hall"
    CAR_PARK = "car_park"


# What somebody counts at a site.
COUNTED = tuple(one for one in Has if one is not Has.SITE)


class SiteProfile(Table, table=True):
    """How much of each thing a site has, and what an hour of a post costs there.

    ``has`` is ``{thing: count}``, ``hourly`` is ``{post: fen}``; ``version`` counts its changes,
    each of which stands on the timeline.
    """

    site_id: UUID = Field(foreign_key="site.id", primary_key=True)
    # As the library names it; empty where nobody has said.
    city: str = Field(default="", max_length=24)
    has: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    hourly: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # How many hours of work one person gives in a year; by the calendar where nobody has said.
    person_hours: int | None = None
    version: int = 0
    changed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


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
    """A spot to be reached, with a QR code hung up there: its ``CheckpointCode``."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    place_id: UUID = Field(foreign_key="place.id")
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    hint: str = Field(default="", max_length=160)
    hint_en: str = Field(default="", max_length=160)
    # Where it hangs, when somebody measured it.
    latitude: float | None = None
    longitude: float | None = None
    # Nothing hangs where single jobs are done.
    coded: bool = True


class CheckpointCode(Table, table=True):
    """One print of a checkpoint's code; ``text`` is what it says, and a secret.

    Print 0 is from before codes were signed. A print ends when somebody says so, or when its
    successor was scanned for the first time; a visit before that stays what it was.
    """

    __table_args__ = (UniqueConstraint("checkpoint_id", "number"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    checkpoint_id: UUID = Field(foreign_key="checkpoint.id")
    number: int
    text: str = Field(unique=True, max_length=64)
    printed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    printed_by: UUID | None = Field(default=None, foreign_key="person.id")
    first_scanned_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # Nobody where the next print took its place.
    revoked_by: UUID | None = Field(default=None, foreign_key="person.id")
    revoked_why: str = Field(default="", max_length=400)

    @property
    def is_signed(self) -> bool:
        """Whether the house's own key stands behind it."""
        return self.number > 0


class ChallengeKind(StrEnum):
    """What a challenge asks for."""

    QUESTION = "question"
    DETAIL = "detail"


class Challenge(Table, table=True):
    """Something that only who stands at the checkpoint can answer or photograph.

    Its words never change, for what was asked must stay what it was: it is dropped and another is
    kept. ``choices`` are ``{"text", "text_en"}`` in the order of their texts, and ``right`` is the
    place of the right one among them; it is a secret of the server and of whoever prepares it.
    """

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    checkpoint_id: UUID = Field(foreign_key="checkpoint.id", index=True)
    kind: ChallengeKind
    text: str = Field(max_length=120)
    text_en: str = Field(default="", max_length=120)
    choices: list[dict[str, str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    right: int | None = None
    kept_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    kept_by: UUID | None = Field(default=None, foreign_key="person.id")
    dropped_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    dropped_by: UUID | None = Field(default=None, foreign_key="person.id")
