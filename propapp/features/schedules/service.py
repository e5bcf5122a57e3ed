"""Making dated occurrences from daily windows."""

from __future__ import annotations

from datetime import datetime, timedelta

from propapp.core.db.insert import insert_missing
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.schedules import repository, rules
from propapp.features.schedules.models import Occurrence, Route, RouteWindow
from propapp.features.sites.models import Site

HORIZON = timedelta(days=2)


@internal
def keep_horizon(uow: UnitOfWork) -> int:
    """Have every window of the next two days as an occurrence; what is past is never made up."""
    return make_occurrences(uow, uow.now, uow.now + HORIZON)


@internal
def make_occurrences(uow: UnitOfWork, first: datetime, last: datetime) -> int:
    """Make the occurrences that close after the first and open before the last of two instants."""
    made = [
        occurrence
        for window, route, site in repository.active_windows(uow.session)
        for occurrence in _occurrences(window, route, site, first, last)
    ]
    insert_missing(uow.session, made)
    return len(made)


def _occurrences(
    window: RouteWindow, route: Route, site: Site, first: datetime, last: datetime
) -> list[Occurrence]:
    # One day early, for a window may reach over midnight into the first day.
    begin = rules.local_day(first, site.zone) - timedelta(days=1)
    found: list[Occurrence] = []
    for day in rules.days(begin, rules.local_day(last, site.zone)):
        dated = rules.dated(day, opens=window.opens, minutes=window.minutes, zone=site.zone)
        if dated.closes_at > first and dated.opens_at <= last:
            found.append(_occurrence(route, window, dated))
    return found


def _occurrence(route: Route, window: RouteWindow, dated: rules.DatedWindow) -> Occurrence:
    return Occurrence(
        id=derived_id("occurrence", route.id, dated.opens_at.isoformat()),
        site_id=route.site_id,
        route_id=route.id,
        local_date=dated.day,
        opens_at=dated.opens_at,
        closes_at=dated.closes_at,
        grace=window.grace,
    )
