"""Noticing that a round was not walked; who is told of it, and when, is the alarm's matter."""

from __future__ import annotations

from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.rounds import repository
from propapp.features.schedules.models import Occurrence

_AT_A_TIME = 500


@internal
def mark_missed(uow: UnitOfWork) -> list[Occurrence]:
    """Mark what closed without a run; twice marks nothing twice."""
    closed = repository.without_a_run(uow.session, uow.now, limit=_AT_A_TIME)
    missed = [one for one in closed if uow.now > one.last_call]
    for occurrence in missed:
        _mark(uow, occurrence)
    return missed


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
