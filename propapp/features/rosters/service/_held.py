"""What every change of a roster is held against: the rules, for whoever it touches."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from propapp.core import text
from propapp.core.errors import RosterBroken
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people.models import Person
from propapp.features.rosters import repository
from propapp.features.rosters.duty import Duty, DutyRule, Fault, faults
from propapp.features.rosters.effects import AROUND
from propapp.features.rosters.views import hours


def duties_around(uow: UnitOfWork, site_id: UUID, first: date, last: date) -> list[Duty]:
    """The roster of these days and of those that matter to them, at other sites too."""
    return repository.duties_around(uow.session, site_id, first - AROUND, last + AROUND)


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
        raise _broken(uow, min(fresh, key=lambda fault: fault.day), after)


def _broken(uow: UnitOfWork, fault: Fault, after: Collection[Duty]) -> RosterBroken:
    person = uow.session.get(Person, fault.person_id)
    name, name_en = (person.name, person.name_en) if person else ("", "")
    elsewhere, elsewhere_en = _elsewhere(fault, after)
    return RosterBroken(
        rule=fault.rule.value,
        name=name,
        name_en=name_en or name,
        day=fault.day.isoformat(),
        elsewhere=elsewhere,
        elsewhere_en=elsewhere_en,
    )


def _elsewhere(fault: Fault, after: Collection[Duty]) -> tuple[str, str]:
    """The hours at another site next to the fault, which this site's roster does not show."""
    turns = [
        duty.turn
        for duty in after
        if duty.person_id == fault.person_id
        and duty.turn.elsewhere
        and abs(duty.turn.day - fault.day) < AROUND
    ]
    if not turns or fault.rule in {DutyRule.POST, DutyRule.LEAVE}:
        return "", ""
    near = min(turns, key=lambda turn: (abs(turn.day - fault.day), turn.starts_at))
    said = {"day": f"{near.day:%m-%d}", "hours": hours(near.begins, near.minutes)}
    first, second = (
        text.sentence("office.roster.elsewhere", locale, said) for locale in ("zh-CN", "en")
    )
    return first, second


def roster_event(uow: UnitOfWork, site_id: UUID, past: str, **facts: object) -> None:
    """One change of the site's roster."""
    record(uow, f"roster.{past}", site_id=site_id, thing_kind="roster", thing_id=site_id, **facts)
