"""How links are hashed: pure, and written down in docs/evidence.md for whoever checks them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from propapp.core.evidence.models import EvidenceEntry, EvidenceKind

GENESIS = "0" * 64


@dataclass(frozen=True)
class Thing:
    """Something to be chained: which it is and what its content hashes to."""

    kind: EvidenceKind
    ref_id: str
    digest: str


def canonical(value: Any) -> bytes:
    """The one way to write these values: keys in order, no blanks, plain ASCII."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain)
    return text.encode("ascii")


def digest(value: Any) -> str:
    """The SHA-256 of a value in its one way of writing."""
    return hashlib.sha256(canonical(value)).hexdigest()


def facts(row: object, fields: Iterable[str]) -> dict[str, Any]:
    """These fields of a row, or of whatever has the same fields."""
    return {name: getattr(row, name) for name in fields}


def link_hash(entry: EvidenceEntry, prev_hash: str) -> str:
    """SHA-256 over a zero byte, the hash before, and what this link says."""
    said = facts(entry, ("site_id", "n", "kind", "ref_id", "digest", "at"))
    return hashlib.sha256(b"\0" + bytes.fromhex(prev_hash) + canonical(said)).hexdigest()


def chained(
    site_id: UUID, things: Iterable[tuple[Thing, datetime]], *, n: int = 0, end: str = GENESIS
) -> Iterator[EvidenceEntry]:
    """Links for these things, each hanging on the one before it."""
    for number, (thing, at) in enumerate(things, start=n + 1):
        link = EvidenceEntry(
            site_id=site_id,
            n=number,
            kind=thing.kind.value,
            ref_id=thing.ref_id,
            digest=thing.digest,
            prev_hash=end,
            hash="",
            at=at,
        )
        link.hash = end = link_hash(link, end)
        yield link


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)
