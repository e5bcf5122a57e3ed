"""What the demo site has and what its hours cost, and the clauses that its plans are made under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from uuid import UUID

from propapp.demo.cast import SITE_ID, member
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.era import Era
from propapp.demo.rows import Rows
from propapp.demo.sheets import sheet
from propapp.features.sites.models import SiteProfile
from propapp.features.standards import entries, library
from propapp.features.standards.checklists import Asked, at_level
from propapp.features.standards.library import ClauseEntry, Pack
from propapp.features.standards.models import Clause, ClauseLevel, ClauseVersion


def write_profile(rows: Rows, era: Era) -> None:
    """Said by the manager, a week before the site was taken over."""
    said = sheet("site")["profile"]
    at = era.opening - timedelta(days=8)
    when = Moment(member("zhou"), at, at)
    rows.keep(
        SiteProfile(
            site_id=SITE_ID,
            city=said["city"],
            has=said["has"],
            hourly=said["hourly"],
            version=2,
            changed_at=at,
        )
    )
    chronicle, thing = Chronicle(era, rows), {"thing_kind": "site", "thing_id": SITE_ID}
    chronicle.record("site.described", when, **thing, version=1, city=said["city"], has=said["has"])
    chronicle.record(
        "site.priced", when, **thing, version=2, hourly=said["hourly"], person_hours=None
    )


def clause_version(named: str) -> UUID:
    """The version of a clause by its paper and number, as the library has it: ``national L13``."""
    return clause_versions()[named].version.id


def clause_words(version_id: UUID, level: str) -> Asked:
    """What a version of a clause asks at a level."""
    (found,) = (one for one in clause_versions().values() if one.version.id == version_id)
    return Asked(found.clause, found.version, at_level(found.levels, level))


@dataclass(frozen=True)
class Written:
    """A clause as the library's files have it."""

    clause: Clause
    version: ClauseVersion
    levels: list[ClauseLevel]


@cache
def clause_versions() -> dict[str, Written]:
    """All clauses of the library, by paper and number."""
    return {
        f"{volume.pack.code} {entry.number}": _written(volume.pack, entry)
        for volume in library.read_all()
        for entry in volume.pack.clause
    }


def _written(pack: Pack, entry: ClauseEntry) -> Written:
    clause = entries.clause_of(pack, entry)
    starts = entry.starts or pack.edition
    version = entries.version_of(clause, entry, starts, datetime.combine(starts, time(), UTC))
    # In the order in which the database gives them.
    levels = sorted(entries.levels_of(entry, version), key=lambda one: one.level)
    return Written(clause, version, levels)
