"""What an entry of a pack is as rows: a clause, its version, and what is asked at each level."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from propapp.core.ids import derived_id
from propapp.features.standards.library import Asked, ClauseEntry, Pack
from propapp.features.standards.models import Clause, ClauseLevel, ClauseVersion


def clause_of(pack: Pack, entry: ClauseEntry) -> Clause:
    """The clause, before anything else of it is known."""
    return Clause(
        id=derived_id("clause", pack.code, entry.number),
        standard_id=derived_id("standard", pack.code),
        number=entry.number,
        area=entry.area,
    )


def version_of(clause: Clause, entry: ClauseEntry, starts: date, now: datetime) -> ClauseVersion:
    """Its version from this day on."""
    return ClauseVersion(
        id=derived_id("clause_version", clause.id, starts.isoformat()),
        clause_id=clause.id,
        starts=starts,
        made_at=now,
        **words_of(entry),
    )


def levels_of(entry: ClauseEntry, version: ClauseVersion) -> list[ClauseLevel]:
    """What the version asks, level by level."""
    return [
        ClauseLevel(version_id=version.id, level=code, **asked_of(entry, cell))
        for code, cell in entry.cells().items()
    ]


def words_of(entry: ClauseEntry) -> dict[str, Any]:
    """What is the same at all levels."""
    return {
        "title": entry.title,
        "title_en": entry.title_en,
        "source": entry.source,
        "mark": entry.mark,
        "verified": entry.verified,
        "evidence": {
            "photos": int("photo" in entry.evidence),
            "scan": "scan" in entry.evidence,
            "document": "document" in entry.evidence,
        },
    }


def asked_of(entry: ClauseEntry, cell: Asked) -> dict[str, Any]:
    """What is asked at one level."""
    return {
        "text": cell.text,
        "text_en": cell.text_en,
        "often": cell.often,
        "limits": list(cell.limits),
        "demanded": cell.demanded,
        "mark": cell.mark or entry.mark,
        "verified": cell.verified,
    }
