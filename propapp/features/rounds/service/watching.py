"""Noticing that a round was not walked."""

from __future__ import annotations

from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.messages.service import About, supervisors_of, tell
from propapp.features.rounds import repository
from propapp.features.schedules.models import Occurrence, Route

_AT_A_TIME = 500


@internal
def mark_missed(uow: UnitOfWork) -> list[Occurrence]:
    """Mark what closed without a run, and tell the supervisors; twice makes nothing twice."""
    closed = repository.without_a_run(uow.session, uow.now, limit=_AT_A_TIME)
    missed = [(one, route) for one, route in closed if uow.now > one.last_call]
    leads = supervisors_of(uow, {one.site_id for one, _ in missed})
    for occurrence, route in missed:
        _mark(uow, occurrence)
        tell(
            uow,
            leads[occurrence.site_id],
            "round.missed",
            about=About(occurrence.site_id, "occurrence", occurrence.id),
            **_facts(occurrence, route),
        )
    return [occurrence for occurrence, _ in missed]


def _mark(uow: UnitOfWork, occurrence: Occurrence) -> None:
    occurrence.missed_at = uow.now
    uow.session.add(occurrence)
    record(
        uow,
        "occurrence.missed",
        site_id=occurrence.site_id,
        thing_kind="occurrence",
        thing_id=occurrence.id,
    )


def _facts(occurrence: Occurrence, route: Route) -> dict[str, str]:
    return {
        "route": route.name,
        "route_en": route.name_en or route.name,
        "opens_at": occurrence.opens_at.isoformat(),
        "closes_at": occurrence.closes_at.isoformat(),
    }
