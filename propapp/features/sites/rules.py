"""What of a site stays; how codes are signed and challenges hashed; where single jobs are done."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from uuid import UUID

from propapp.core import text
from propapp.core.evidence.links import digest, facts
from propapp.core.ids import derived_id
from propapp.features.sites.models import Challenge, Checkpoint, Place, PlaceKind

# What a site is from its first day on: its code stands in numbers, its days were counted so.
FIXED = ("code", "zone")
_FORM = "PA1"
_WRITTEN = re.compile(r"PA1-[A-Z2-7]{26}-([1-9][0-9]{0,5})-[A-Z2-7]{16}")
# 80 bits: nobody guesses one while standing at a server that counts refusals.
_MARK = 10


def signed_text(key: bytes, checkpoint_id: UUID, number: int) -> str:
    """What print ``number`` of the checkpoint says, in the signs that QR codes keep shortest."""
    point = _base32(checkpoint_id.bytes)
    said = f"{_FORM}-{point}-{number}"
    mark = hmac.digest(key, said.encode(), hashlib.sha256)
    return f"{said}-{_base32(mark[:_MARK])}"


def number_of(key: bytes, checkpoint_id: UUID, text: str) -> int | None:
    """The number of the print that says this, if this house signed it for this checkpoint."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    number = int(written[1])
    genuine = hmac.compare_digest(text, signed_text(key, checkpoint_id, number))
    return number if genuine else None


def code_digest(text: str) -> str:
    """What a phone is given, to know a code when it sees one."""
    return hashlib.sha256(text.encode()).hexdigest()


# All that was asked and what was right; not when it was dropped, which comes later.
CHALLENGE = ("id", "site_id", "checkpoint_id", "kind", "text", "text_en", "choices", "right")


def challenge_digest(challenge: Challenge) -> str:
    """What is committed to of a challenge: its words, its answers and which of them is right."""
    return digest(facts(challenge, CHALLENGE))


def _base32(some: bytes) -> str:
    return b32encode(some).decode().rstrip("=")


def spot_of(site_id: UUID) -> tuple[Place, Checkpoint]:
    """The spot, and the place that it is at; the same ones each time."""
    name, name_en = (text.sentence("plan.job.spot", locale) for locale in text.LOCALES)
    named = {"site_id": site_id, "name": name, "name_en": name_en}
    place = Place(id=derived_id("job_place", site_id), kind=PlaceKind.OTHER, **named)
    spot_id = derived_id("job_spot", site_id)
    return place, Checkpoint(id=spot_id, place_id=place.id, coded=False, **named)
