"""Asking for leave and for a swap: who asks, who answers, who decides, who enters it for others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import DaysBackwards, InvalidInput, NotFound, NotYours
from propapp.core.guards import needs_new
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.messages.service import About, supervisors, tell
from propapp.features.people import repository as people
from propapp.features.rosters import repository
from propapp.features.rosters.commands import (
    AskLeave,
    AskSwap,
    DecideLeave,
    DecideSwap,
    EnterLeave,
    LeaveStep,
    SwapStep,
)
from propapp.features.rosters.effects import exchanged
from propapp.features.rosters.flow import LEAVE_FLOW, SWAP_FLOW
from propapp.features.rosters.models import Leave, RosterDay, Shift, Swap
from propapp.features.rosters.repository import LeaveRepository, ShiftRepository, SwapRepository
from propapp.features.rosters.service._held import duties_around, refuse_broken

_LONGEST_LEAVE = 366
_DECIDED = {"approved", "refused"}


@use_case("leave.ask", Permission.ROSTER_ASK)
def ask_leave(uow: UnitOfWork, command: AskLeave) -> Leave:
    """Ask to be away; it counts once approved."""
    uow.allow_in(command.site_id)
    leave = _begun(uow, command, uow.actor.person_id)
    _leave_event(uow, leave, "asked")
    return leave


@use_case("leave.enter", Permission.ROSTER_WRITE)
def enter_leave(uow: UnitOfWork, command: EnterLeave) -> Leave:
    """Write down leave that was asked for elsewhere; whoever enters it has approved it."""
    uow.allow_in(command.site_id)
    asks = Permission.ROSTER_ASK
    if people.holder_at(uow.session, command.site_id, command.person_id, asks) is None:
        raise NotFound(kind="person")
    leave = _begun(uow, command, command.person_id)
    leave.status = LEAVE_FLOW.next_status("approve", leave.status)
    freed = repository.free_leave(uow.session, leave)
    _leave_event(uow, leave, "entered", freed=freed, to_person_id=str(leave.person_id))
    return leave


def _begun(uow: UnitOfWork, command: AskLeave, person_id: UUID) -> Leave:
    needs_new(uow.session, Leave, command.leave_id, "leave")
    if command.last < command.first:
        raise DaysBackwards
    if (command.last - command.first).days > _LONGEST_LEAVE:
        raise InvalidInput(field="last")
    leave = Leave(
        id=command.leave_id,
        site_id=command.site_id,
        person_id=person_id,
        first=command.first,
        last=command.last,
        reason=command.reason,
        asked_at=uow.occurred_at,
    )
    uow.session.add(leave)
    uow.session.flush()
    return leave


@use_case("leave.approve", Permission.ROSTER_WRITE)
def approve_leave(uow: UnitOfWork, command: DecideLeave) -> Leave:
    """Let them be away; their turns in these days are open again."""
    leave = LeaveRepository(uow).get(command.leave_id)
    leave.status = LEAVE_FLOW.next_status("approve", leave.status)
    leave.answer = command.answer
    freed = repository.free_leave(uow.session, leave)
    _leave_event(uow, leave, "approved", freed=freed)
    return leave


@use_case("leave.refuse", Permission.ROSTER_WRITE)
def refuse_leave(uow: UnitOfWork, command: DecideLeave) -> Leave:
    """They are needed."""
    leave = LeaveRepository(uow).get(command.leave_id)
    leave.status = LEAVE_FLOW.next_status("refuse", leave.status)
    leave.answer = command.answer
    _leave_event(uow, leave, "refused")
    return leave


@use_case("leave.withdraw", Permission.ROSTER_ASK)
def withdraw_leave(uow: UnitOfWork, command: LeaveStep) -> Leave:
    """Not needed any more; whoever asked takes it back."""
    leave = LeaveRepository(uow).get(command.leave_id)
    if leave.person_id != uow.actor.person_id:
        raise NotYours(kind="leave")
    leave.status = LEAVE_FLOW.next_status("withdraw", leave.status)
    _leave_event(uow, leave, "withdrawn")
    return leave


def _leave_event(uow: UnitOfWork, leave: Leave, past: str, **facts: Any) -> None:
    uow.session.add(leave)
    if past != "withdrawn":
        asked = past == "asked"
        told = supervisors(uow, leave.site_id) if asked else {leave.person_id}
        about = About(leave.site_id, "leave", leave.id)
        tell(
            uow,
            told,
            f"leave.{past}",
            about=about,
            first=f"{leave.first:%m-%d}",
            last=f"{leave.last:%m-%d}",
        )
    record(
        uow,
        f"leave.{past}",
        site_id=leave.site_id,
        thing_kind="leave",
        thing_id=leave.id,
        first=leave.first.isoformat(),
        last=leave.last.isoformat(),
        text=leave.answer if past in _DECIDED else leave.reason,
        **facts,
    )


@use_case("swap.ask", Permission.ROSTER_ASK)
def ask_swap(uow: UnitOfWork, command: AskSwap) -> Swap:
    """Ask a colleague to take one's turn."""
    shift = ShiftRepository(uow).get(command.shift_id)
    needs_new(uow.session, Swap, command.swap_id, "swap")
    swap = Swap(
        id=command.swap_id,
        site_id=shift.site_id,
        asker_id=uow.actor.person_id,
        other_id=command.other_id,
        shift_id=shift.id,
        day=command.day,
        other_shift_id=command.other_shift_id,
        other_day=command.other_day,
        reason=command.reason,
        asked_at=uow.occurred_at,
    )
    _refuse_empty(swap)
    _turns(uow, swap)
    uow.session.add(swap)
    uow.session.flush()
    _swap_event(uow, swap, "asked")
    return swap


def _refuse_empty(swap: Swap) -> None:
    if swap.other_id == swap.asker_id:
        raise InvalidInput(field="other_id")
    if (swap.other_shift_id is None) is not (swap.other_day is None):
        raise InvalidInput(field="other_day")


@use_case("swap.accept", Permission.ROSTER_ASK)
def accept_swap(uow: UnitOfWork, command: SwapStep) -> Swap:
    """The colleague agrees; a supervisor has the last word."""
    return _answer(uow, command, "accept", "accepted")


@use_case("swap.decline", Permission.ROSTER_ASK)
def decline_swap(uow: UnitOfWork, command: SwapStep) -> Swap:
    """The colleague would rather not."""
    return _answer(uow, command, "decline", "declined")


@use_case("swap.withdraw", Permission.ROSTER_ASK)
def withdraw_swap(uow: UnitOfWork, command: SwapStep) -> Swap:
    """Whoever asked takes it back."""
    swap = SwapRepository(uow).get(command.swap_id)
    if swap.asker_id != uow.actor.person_id:
        raise NotYours(kind="swap")
    return _step(uow, swap, "withdraw", "withdrawn")


@use_case("swap.approve", Permission.ROSTER_WRITE)
def approve_swap(uow: UnitOfWork, command: DecideSwap) -> Swap:
    """The turns change hands, if no rule is broken by it; else nothing is changed."""
    swap = SwapRepository(uow).get(command.swap_id)
    swap.answer = command.answer
    _step(uow, swap, "approve", "approved")
    turns = _turns(uow, swap)
    before = duties_around(uow, swap.site_id, *_span(swap))
    given = [(turn.person_id, _other(swap, turn), shift.on(turn.day)) for turn, shift in turns]
    refuse_broken(uow, swap.site_id, before, exchanged(before, given))
    for turn, _ in turns:
        turn.person_id = _other(swap, turn)
        uow.session.add(turn)
    return swap


@use_case("swap.refuse", Permission.ROSTER_WRITE)
def refuse_swap(uow: UnitOfWork, command: DecideSwap) -> Swap:
    """It cannot be."""
    swap = SwapRepository(uow).get(command.swap_id)
    swap.answer = command.answer
    return _step(uow, swap, "refuse", "refused")


def _answer(uow: UnitOfWork, command: SwapStep, verb: str, past: str) -> Swap:
    swap = SwapRepository(uow).get(command.swap_id)
    if swap.other_id != uow.actor.person_id:
        raise NotYours(kind="swap")
    return _step(uow, swap, verb, past)


def _step(uow: UnitOfWork, swap: Swap, verb: str, past: str) -> Swap:
    swap.status = SWAP_FLOW.next_status(verb, swap.status)
    _swap_event(uow, swap, past)
    return swap


def _turns(uow: UnitOfWork, swap: Swap) -> list[tuple[RosterDay, Shift]]:
    """The turns that change hands; a turn that is not theirs does not exist."""
    named = [(swap.shift_id, swap.asker_id, swap.day)]
    if swap.other_shift_id and swap.other_day:
        named.append((swap.other_shift_id, swap.other_id, swap.other_day))
    found: list[tuple[RosterDay, Shift]] = []
    for shift_id, person_id, day in named:
        turn = repository.turn_of(uow.session, shift_id, person_id, day)
        if turn is None or turn.site_id != swap.site_id:
            raise NotFound(kind="roster_day")
        found.append((turn, uow.session.get_one(Shift, shift_id)))
    return found


def _other(swap: Swap, turn: RosterDay) -> Any:
    return swap.other_id if turn.person_id == swap.asker_id else swap.asker_id


def _span(swap: Swap) -> tuple[Any, Any]:
    days = [day for day in (swap.day, swap.other_day) if day is not None]
    return min(days), max(days)


def _told(uow: UnitOfWork, swap: Swap, past: str) -> set[UUID]:
    """Whose turn it is to know: the colleague, the supervisors, or both who swap."""
    if past == "asked":
        return {swap.other_id}
    if past == "accepted":
        return set(supervisors(uow, swap.site_id))
    return {swap.asker_id} if past == "declined" else {swap.asker_id, swap.other_id}


def _swap_event(uow: UnitOfWork, swap: Swap, past: str) -> None:
    uow.session.add(swap)
    about = About(swap.site_id, "swap", swap.id)
    tell(uow, _told(uow, swap, past), f"swap.{past}", about=about, day=f"{swap.day:%m-%d}")
    record(
        uow,
        f"swap.{past}",
        site_id=swap.site_id,
        thing_kind="swap",
        thing_id=swap.id,
        day=swap.day.isoformat(),
        other_day=swap.other_day.isoformat() if swap.other_day else "",
        asker_id=str(swap.asker_id),
        other_id=str(swap.other_id),
        text=swap.answer if past in _DECIDED else swap.reason,
    )
