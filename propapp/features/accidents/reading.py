"""The accidents of a site in a year: a fixed number of questions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.accidents.flow import ACCIDENT_FLOW
from propapp.features.accidents.repository import AccidentRepository, AccidentRow
from propapp.features.accidents.views import AccidentCard
from propapp.features.schedules.rules import start_of
from propapp.features.sites.models import Site

FIRST_YEAR, LAST_YEAR = 2000, 2099


def of_year(uow: UnitOfWork, site: Site, year: int) -> list[AccidentCard]:
    """Those that happened in the year of the site's clock, newest first."""
    first = start_of(date(year, 1, 1), site.zone)
    last = start_of(date(year + 1, 1, 1), site.zone)
    finds_at = uow.actor.sites_where(Permission.ACCIDENT_FIND)
    rows = AccidentRepository(uow).between(site.id, first, last)
    return [_card(row, finds_at) for row in rows]


def _card(row: AccidentRow, finds_at: Collection[UUID]) -> AccidentCard:
    one, finder = row.accident, row.finder
    return AccidentCard(
        id=str(one.id),
        kind=one.kind.value,
        status=one.status.value,
        at=one.occurred_at.isoformat(),
        place=one.place,
        text=one.text,
        injured=one.injured,
        who=row.recorder.name,
        who_en=row.recorder.name_en or row.recorder.name,
        reason=one.reason,
        finder=finder.name if finder else "",
        finder_en=(finder.name_en or finder.name) if finder else "",
        found_at=one.found_at.isoformat() if one.found_at else "",
        finds=one.site_id in finds_at and bool(ACCIDENT_FLOW.verbs_from(one.status)),
    )
