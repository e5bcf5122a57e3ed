"""What may be asked about a site: its codes and challenges, what it has, what an hour costs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from propapp.core.access import Role
from propapp.core.fields import Hint, Latitude, Line, Longitude, Name, Reason, Short, Tag
from propapp.core.use_case import Command
from propapp.features.sites.models import ChallengeKind, Has, PlaceKind

# More cards than this nobody puts up in a day.
MOST_CODES = 500
# More of anything no site has, and an hour of nobody costs more (fen).
MOST_OF_A_THING, DEAREST = 2000, 100_000
HIGHEST = 200


def _on_the_map(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError("no time zone")
    return zone


class KeepSite(Command):
    """There is this property to serve; an id that is known changes what it is called.

    ``zone`` is the IANA name in which its days begin. It stays as it was at the beginning, and so
    does the code, which stands in every number that was ever given out.
    """

    site_id: UUID
    code: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,15}$")]
    name: Annotated[Name, Field(min_length=1)]
    name_en: Name = ""
    zone: Annotated[str, Field(max_length=40), AfterValidator(_on_the_map)] = "Asia/Shanghai"


class KeepBuilding(Command):
    """There is this building with so many floors; an id that is known changes it."""

    building_id: UUID
    site_id: UUID
    name: Annotated[Short, Field(min_length=1)]
    name_en: Short = ""
    floors: Annotated[int, Field(ge=1, le=HIGHEST)]


class KeepUnit(Command):
    """There is this dwelling in the building; an id that is known changes it."""

    unit_id: UUID
    site_id: UUID
    building_id: UUID
    number: Annotated[Tag, Field(min_length=1)]


class KeepPlace(Command):
    """There is this public place, in a building or outside; an id that is known changes it."""

    place_id: UUID
    site_id: UUID
    building_id: UUID | None = None
    kind: PlaceKind = PlaceKind.OTHER
    name: Annotated[Name, Field(min_length=1)]
    name_en: Name = ""


class KeepCheckpoint(Command):
    """This spot is to be reached; an id that is known changes it.

    Latitude and longitude are in degrees of WGS 84, both or neither.
    """

    checkpoint_id: UUID
    site_id: UUID
    place_id: UUID
    name: Annotated[Name, Field(min_length=1)]
    name_en: Name = ""
    hint: Hint = ""
    hint_en: Hint = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class PrintCodes(Command):
    """New codes for these checkpoints; the old ones hold until the new ones are scanned."""

    site_id: UUID
    checkpoint_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_CODES)]


class RevokeCode(Command):
    """This print counts no more: it was photographed, or torn down, or is not where it was."""

    code_id: UUID
    why: Reason


class ProfileCommand(Command):
    """Something about what a site is; ``version`` is the one that was looked at."""

    site_id: UUID
    version: Annotated[int, Field(ge=0)] | None = None


class DescribeSite(ProfileCommand):
    """Which city it lies in, and how much of each thing it has."""

    city: Annotated[str, Field(pattern=r"^[a-z_]{0,24}$")] = ""
    has: dict[Has, Annotated[int, Field(ge=0, le=MOST_OF_A_THING)]]


class PriceSite(ProfileCommand):
    """What an hour of each post costs in whole fen, and how many hours a person has in a year."""

    hourly: dict[Role, Annotated[int, Field(ge=0, le=DEAREST)]]
    person_hours: Annotated[int, Field(ge=100, le=4000)] | None = None


# A phone shows several answers beside each other.
LONGEST_ANSWER = 40


class OfferedChoice(Command):
    """An answer that is offered; without English the same words in both languages."""

    text: Annotated[Line, Field(min_length=1, max_length=LONGEST_ANSWER)]
    text_en: Annotated[Line, Field(max_length=LONGEST_ANSWER)] = ""


class KeepChallenge(Command):
    """Prepare this for a checkpoint: a question with one right answer, or a detail to photograph.

    ``others`` are the wrong answers that are offered beside the right one.
    """

    challenge_id: UUID
    checkpoint_id: UUID
    kind: ChallengeKind
    text: Annotated[Line, Field(min_length=1)]
    text_en: Line = ""
    right: OfferedChoice | None = None
    others: Annotated[tuple[OfferedChoice, ...], Field(max_length=4)] = ()


class DropChallenge(Command):
    """Ask this no more."""

    challenge_id: UUID
