"""Sites and what stands on them, as a phone keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from propapp.features.sites.models import (
    Building,
    Challenge,
    Checkpoint,
    CheckpointCode,
    Place,
    Site,
    Unit,
)
from propapp.features.sites.rules import code_digest


@dataclass(frozen=True)
class SiteView:
    """A property under service."""

    id: UUID
    name: str
    name_en: str
    zone: str


@dataclass(frozen=True)
class ChallengeView:
    """What may be asked at a checkpoint; which answer is right stays on the server."""

    id: UUID
    kind: str
    text: str
    text_en: str
    choices: list[dict[str, str]]


@dataclass(frozen=True)
class CheckpointView:
    """A spot to be reached; digests let the phone know a scanned code without holding it.

    ``code_sha256`` is that of the newest print, ``more_sha256`` are those that count beside it, and
    ``ended_sha256`` those that count no more.
    """

    id: UUID
    name: str
    name_en: str
    hint: str
    hint_en: str
    place_kind: str
    code_sha256: str
    more_sha256: list[str]
    ended_sha256: list[str]
    challenges: list[ChallengeView]


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


def checkpoint_view(
    checkpoint: Checkpoint,
    place: Place,
    prints: Sequence[CheckpointCode],
    asked: Iterable[Challenge] = (),
) -> CheckpointView:
    """The checkpoint without its secrets; its prints, the oldest first, and what may be asked."""
    counting = [code_digest(one.text) for one in prints if one.revoked_at is None]
    return CheckpointView(
        id=checkpoint.id,
        name=checkpoint.name,
        name_en=checkpoint.name_en,
        hint=checkpoint.hint,
        hint_en=checkpoint.hint_en,
        place_kind=place.kind.value,
        code_sha256=counting[-1] if counting else "",
        more_sha256=counting[:-1],
        ended_sha256=[code_digest(one.text) for one in prints if one.revoked_at is not None],
        challenges=[challenge_view(one) for one in asked if one.checkpoint_id == checkpoint.id],
    )


def challenge_view(challenge: Challenge) -> ChallengeView:
    """The challenge without its secret: its answers stand in the order of their texts."""
    return ChallengeView(
        id=challenge.id,
        kind=challenge.kind.value,
        text=challenge.text,
        text_en=challenge.text_en or challenge.text,
        choices=[
            {"text": one["text"], "text_en": one["text_en"] or one["text"]}
            for one in challenge.choices
        ],
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


def chosen(sites: Sequence[Site], wish: str) -> Site:
    """The site that is asked for, if it is one of these, else the first."""
    return next((site for site in sites if str(site.id) == wish), sites[0])


def to_choose_from(sites: Sequence[Site]) -> list[SiteChoice]:
    """The sites as a page offers them; of one alone there is nothing to choose."""
    return [SiteChoice.of(site) for site in sites] if len(sites) > 1 else []


@dataclass(frozen=True)
class CodeCard:
    """A print that counts, as the office sees it; what it says stays on the server."""

    id: str = ""
    number: int = 0
    printed_at: str = ""
    scanned_at: str = ""

    @classmethod
    def of(cls, code: CheckpointCode) -> CodeCard:
        """The print without its secret."""
        scanned = code.first_scanned_at.isoformat() if code.first_scanned_at else ""
        return cls(str(code.id), code.number, code.printed_at.isoformat(), scanned)


@dataclass(frozen=True)
class ChallengeCard:
    """A prepared challenge with its right answer, for who prepares them."""

    id: str = ""
    kind: str = ""
    text: str = ""
    text_en: str = ""
    right: str = ""
    others: str = ""

    @classmethod
    def of(cls, one: Challenge) -> ChallengeCard:
        """The challenge as the office sees it."""
        texts = [choice["text"] for choice in one.choices]
        right = texts.pop(one.right) if one.right is not None else ""
        shown = " / ".join(texts)
        return cls(str(one.id), one.kind.value, one.text, one.text_en or one.text, right, shown)


@dataclass(frozen=True)
class PointCard:
    """A checkpoint and the prints of its code; ``ended`` is how many count no more."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    where: str = ""
    state: str = ""
    codes: list[CodeCard] = field(default_factory=list[CodeCard])
    ended: int = 0
    challenges: list[ChallengeCard] = field(default_factory=list[ChallengeCard])
