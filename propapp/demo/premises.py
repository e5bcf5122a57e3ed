"""What the demo site has and what its hours cost, and the clauses that its plans are made under."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from uuid import UUID

from propapp.core.ids import derived_id
from propapp.demo.cast import SITE_ID, member
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.era import Era
from propapp.demo.rows import Rows
from propapp.demo.sheets import sheet
from propapp.features.sites.models import SiteProfile
from propapp.features.standards import library


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
    return _versions()[named]


@cache
def _versions() -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for volume in library.read_all():
        for entry in volume.pack.clause:
            clause_id = derived_id("clause", volume.pack.code, entry.number)
            starts = entry.starts or volume.pack.edition
            version_id = derived_id("clause_version", clause_id, starts.isoformat())
            found[f"{volume.pack.code} {entry.number}"] = version_id
    return found
