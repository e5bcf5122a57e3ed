"""An accident is registered at once and told to whoever finds who answers for it."""

from __future__ import annotations

from datetime import timedelta

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput
from propapp.core.guards import needs_new, needs_words
from propapp.core.timeline import record as note
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.accidents.commands import FindAccident, RecordAccident, WithdrawAccident
from propapp.features.accidents.flow import ACCIDENT_FLOW
from propapp.features.accidents.models import Accident
from propapp.features.accidents.repository import AccidentRepository
from propapp.features.messages.service import About, holders_of, tell

ACCIDENT = "accident"
# A phone's clock may be ahead by this much.
_AHEAD = timedelta(minutes=5)


@use_case("accident.record", Permission.ACCIDENT_RECORD)
def record(uow: UnitOfWork, command: RecordAccident) -> Accident:
    """Register what has happened, and tell those who find who answers for it."""
    uow.allow_in(command.site_id)
    needs_new(uow.session, Accident, command.accident_id, ACCIDENT)
    needs_words(command.place, field="place")
    needs_words(command.text, field="text")
    if command.occurred_at > uow.now + _AHEAD:
        raise InvalidInput(field="occurred_at")
    accident = Accident(
        **command.model_dump(exclude={"accident_id"}),
        id=command.accident_id,
        recorded_by=uow.actor.person_id,
        recorded_at=uow.now,
    )
    uow.session.add(accident)
    uow.session.flush()
    _note(uow, "accident.recorded", accident, kind=accident.kind.value, text=accident.text)
    finders = holders_of(uow, Permission.ACCIDENT_FIND, {accident.site_id})[accident.site_id]
    about = About(accident.site_id, ACCIDENT, accident.id)
    tell(uow, finders, "accident.recorded", about=about, place=accident.place, text=accident.text)
    return accident


@use_case("accident.find", Permission.ACCIDENT_FIND)
def find(uow: UnitOfWork, command: FindAccident) -> Accident:
    """Say whether the company answers for it; a goal counts it from then on, or no more."""
    return _decide(
        uow, command, "find_liable" if command.liable else "find_not_liable", "accident.found"
    )


@use_case("accident.withdraw", Permission.ACCIDENT_FIND)
def withdraw(uow: UnitOfWork, command: WithdrawAccident) -> Accident:
    """Take it out of the count; it stays to be read, with the reason."""
    return _decide(uow, command, "withdraw", "accident.withdrawn")


def _decide(
    uow: UnitOfWork, command: FindAccident | WithdrawAccident, step: str, verb: str
) -> Accident:
    accident = AccidentRepository(uow).get(command.accident_id)
    needs_words(command.reason, field="reason")
    accident.status = ACCIDENT_FLOW.next_status(step, accident.status)
    accident.reason = command.reason
    accident.found_by, accident.found_at = uow.actor.person_id, uow.now
    uow.session.add(accident)
    uow.session.flush()
    _note(uow, verb, accident, status=accident.status.value, text=command.reason)
    return accident


def _note(uow: UnitOfWork, verb: str, accident: Accident, **facts: str) -> None:
    note(uow, verb, site_id=accident.site_id, thing_kind=ACCIDENT, thing_id=accident.id, **facts)
