"""What every change of a roster is held against: the rules, for whoever it touches."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from propapp.core.errors import RosterBroken
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people.models import Person
from propapp.features.rosters import repository
from propapp.features.rosters.duty import Duty, Fault, faults
from propapp.features.rosters.effects import AROUND


def duties_around(uow: UnitOfWork, site_id: UUID, first: date, last: date) -> list[Duty]:
    """The roster of these days and of those that matter to them."""
    found = repository.roster(uow.session, [site_id], first - AROUND, last + AROUND)
    return [Duty(one.roster_day.person_id, one.shift.on(one.roster_day.day)) for one in found]


def refuse_broken(
    uow: UnitOfWork, site_id: UUID, before: Collection[Duty], after: Collection[Duty]
) -> None:
    """Refuse what breaks a rule that was not broken already."""
    touched = [duty.turn.day for duty in set(before) ^ set(after)]
    if not touched:
        return
    first, last = min(touched) - AROUND, max(touched) + AROUND
    workers = repository.workers_at(uow.session, site_id, first, last)
    by_id = {worker.person_id: worker for worker in workers}
    limits = repository.rules_of(uow.session, [site_id])[site_id].limits()
    known = set(faults(before, by_id, limits))
    fresh = [fault for fault in faults(after, by_id, limits) if fault not in known]
    if fresh:
        raise _broken(uow, min(fresh, key=lambda fault: fault.day))


def _broken(uow: UnitOfWork, fault: Fault) -> RosterBroken:
    person = uow.session.get(Person, fault.person_id)
    name, name_en = (person.name, person.name_en) if person else ("", "")
    day = fault.day.isoformat()
    return RosterBroken(rule=fault.rule.value, name=name, name_en=name_en or name, day=day)


def roster_event(uow: UnitOfWork, site_id: UUID, past: str, **facts: object) -> None:
    """One change of the site's roster."""
    record(uow, f"roster.{past}", site_id=site_id, thing_kind="roster", thing_id=site_id, **facts)
