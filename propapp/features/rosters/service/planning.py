"""Shifts, a site's rules, and who is put on duty."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, LadderNotRising, NotFound
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.rosters import repository
from propapp.features.rosters.commands import (
    AdoptRoster,
    KeepShift,
    PutOnDuty,
    SetDutyRules,
    TakeOffDuty,
)
from propapp.features.rosters.duty import Duty
from propapp.features.rosters.effects import AROUND
from propapp.features.rosters.models import DutyRules, RosterDay, Shift
from propapp.features.rosters.repository import ShiftRepository
from propapp.features.rosters.rostering import Question
from propapp.features.rosters.service._held import (
    duties_around,
    refuse_broken,
    roster_event,
)
from propapp.features.schedules.repository import calendar
from propapp.features.schedules.rules import days

_LONGEST = 62


@use_case("shift.keep", Permission.ROSTER_WRITE)
def keep_shift(uow: UnitOfWork, command: KeepShift) -> Shift:
    """Make or change a shift; a roster that has it keeps it."""
    uow.allow_in(command.site_id)
    shift = ShiftRepository(uow).known_at(command.shift_id, command.site_id)
    made = {"id": command.shift_id, "site_id": command.site_id, "role": command.role}
    shift = shift or Shift(**made, name=command.label, begins=0, minutes=0)
    shift.name, shift.name_en = command.label, command.label_en
    for name in ("role", "begins", "minutes", "people", "day_rule", "active"):
        setattr(shift, name, getattr(command, name))
    uow.session.add(shift)
    uow.session.flush()
    roster_event(uow, shift.site_id, "shift_kept", shift=shift.name, shift_id=str(shift.id))
    return shift


@use_case("duty_rules.set", Permission.ROSTER_WRITE)
def set_rules(uow: UnitOfWork, command: SetDutyRules) -> DutyRules:
    """The site's own figures; what stands on the roster already stays."""
    uow.allow_in(command.site_id)
    if list(command.ladder) != sorted(set(command.ladder)):
        raise LadderNotRising
    rules = repository.rules_of(uow.session, [command.site_id])[command.site_id]
    for name in ("rest", "long_rest", "days_in_row", "nights_in_row", "week"):
        setattr(rules, name, getattr(command, name))
    rules.ladder = list(command.ladder)
    uow.session.add(rules)
    roster_event(uow, command.site_id, "rules_set", **command.model_dump(exclude={"site_id"}))
    return rules


@use_case("roster.put_on_duty", Permission.ROSTER_WRITE)
def put_on_duty(uow: UnitOfWork, command: PutOnDuty) -> RosterDay:
    """Give a person a turn; a rule that it would break is named, and nothing is changed."""
    shift = ShiftRepository(uow).get(command.shift_id)
    known = repository.turn_of(uow.session, shift.id, command.person_id, command.day)
    if known is not None:
        return known
    before = duties_around(uow, shift.site_id, command.day, command.day)
    duty = Duty(command.person_id, shift.on(command.day))
    refuse_broken(uow, shift.site_id, before, [*before, duty])
    made = _row(shift, command.person_id, command.day)
    uow.session.add(made)
    _one_changed(uow, shift, command, "put_on_duty")
    return made


@use_case("roster.take_off_duty", Permission.ROSTER_WRITE)
def take_off_duty(uow: UnitOfWork, command: TakeOffDuty) -> None:
    """Take a person's turn away."""
    shift = ShiftRepository(uow).get(command.shift_id)
    turn = repository.turn_of(uow.session, shift.id, command.person_id, command.day)
    if turn is None:
        raise NotFound(kind="roster_day")
    uow.session.delete(turn)
    _one_changed(uow, shift, command, "taken_off_duty")


def _one_changed(
    uow: UnitOfWork, shift: Shift, command: PutOnDuty | TakeOffDuty, past: str
) -> None:
    roster_event(
        uow,
        shift.site_id,
        past,
        shift=shift.name,
        day=command.day.isoformat(),
        to_person_id=str(command.person_id),
    )


@use_case("roster.adopt", Permission.ROSTER_WRITE)
def adopt(uow: UnitOfWork, command: AdoptRoster) -> list[RosterDay]:
    """Let this be the roster of these days; it keeps every rule, or nothing is changed."""
    uow.allow_in(command.site_id)
    _refuse_strange_days(command)
    shifts = {shift.id: shift for shift in ShiftRepository(uow).at(command.site_id)}
    if any(one.shift_id not in shifts for one in command.duties):
        raise NotFound(kind="shift")
    around = duties_around(uow, command.site_id, command.first, command.last)
    kept = [
        duty
        for duty in around
        if duty.turn.elsewhere or not command.first <= duty.turn.day <= command.last
    ]
    wanted = [Duty(one.person_id, shifts[one.shift_id].on(one.day)) for one in command.duties]
    refuse_broken(uow, command.site_id, kept, [*kept, *wanted])
    repository.forget_roster(uow.session, command.site_id, command.first, command.last)
    made = [_row(shifts[one.shift_id], one.person_id, one.day) for one in command.duties]
    uow.session.add_all(made)
    roster_event(
        uow,
        command.site_id,
        "adopted",
        first=command.first.isoformat(),
        last=command.last.isoformat(),
        turns=len(made),
    )
    return made


def _refuse_strange_days(command: AdoptRoster) -> None:
    span = (command.last - command.first).days
    inside = all(command.first <= one.day <= command.last for one in command.duties)
    if not 0 <= span <= _LONGEST or not inside or len(set(command.duties)) < len(command.duties):
        raise InvalidInput(field="duties")


def _row(shift: Shift, person_id: UUID, day: date) -> RosterDay:
    return RosterDay(
        id=derived_id("roster_day", shift.id, person_id, day.isoformat()),
        site_id=shift.site_id,
        shift_id=shift.id,
        person_id=person_id,
        day=day,
    )


@internal
def question(uow: UnitOfWork, site_id: UUID, first: date, last: date) -> Question:
    """What has to be manned on these days and by whom; what stands there stays."""
    known = calendar(uow.session)
    turns = [
        shift.on(day)
        for shift in ShiftRepository(uow).at(site_id)
        for day in days(first, last)
        if known.keeps(shift.day_rule, day)
    ]
    workers = repository.workers_at(uow.session, site_id, first - AROUND, last + AROUND)
    limits = repository.rules_of(uow.session, [site_id])[site_id].limits()
    fixed = duties_around(uow, site_id, first, last)
    return Question(turns, workers, limits, fixed)
