"""What a person's phone keeps of the roster, to ask for leave and swaps without a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.rosters.models import Leave, OnDuty, Shift, Swap
from propapp.features.rosters.repository import LeaveRepository, SwapRepository

# So far ahead one may see who has which turn, and so long ago one may see what was answered.
AHEAD, SINCE = timedelta(days=20), timedelta(days=7)


@dataclass(frozen=True)
class ShiftView:
    """A post's hours, in local minutes after midnight."""

    id: UUID
    site_id: UUID
    name: str
    name_en: str
    begins: int
    minutes: int


@dataclass(frozen=True)
class TurnView:
    """Who has a shift on a day."""

    shift_id: UUID
    day: str
    people: list[UUID]


@dataclass(frozen=True)
class LeaveView:
    """Leave that one asked for oneself."""

    id: UUID
    first: str
    last: str
    reason: str
    answer: str
    status: str
    asked_at: datetime


@dataclass(frozen=True)
class SwapView:
    """A swap that one asked for or is asked about; without ``other_day`` nothing is returned."""

    id: UUID
    asker_id: UUID
    other_id: UUID
    shift_id: UUID
    day: str
    other_shift_id: UUID | None
    other_day: str
    reason: str
    answer: str
    status: str
    asked_at: datetime


@dataclass(frozen=True)
class DutyView:
    """The turns of one's own post, and what one has asked or is asked."""

    today: str
    shifts: list[ShiftView]
    turns: list[TurnView]
    leaves: list[LeaveView]
    swaps: list[SwapView]


def duty_of(uow: UnitOfWork, duties: Sequence[OnDuty], today: date) -> DutyView | None:
    """From what ``repository.roster_around`` found; nothing for whoever is on no roster."""
    if not uow.actor.may(Permission.ROSTER_ASK):
        return None
    swaps = SwapRepository(uow).mine(since=today - SINCE)
    named = [one.shift for one in duties]
    named += [shift for _, *both in swaps for shift in both if shift is not None]
    return DutyView(
        today=today.isoformat(),
        shifts=[_shift(one) for one in {shift.id: shift for shift in named}.values()],
        turns=_turns(duties),
        leaves=[_leave(one) for one in LeaveRepository(uow).mine(since=today - SINCE)],
        swaps=[_swap(one) for one, *_ in swaps],
    )


def _turns(duties: Iterable[OnDuty]) -> list[TurnView]:
    found: dict[tuple[UUID, date], list[UUID]] = {}
    for one in duties:
        found.setdefault((one.shift.id, one.roster_day.day), []).append(one.roster_day.person_id)
    return [TurnView(shift, day.isoformat(), people) for (shift, day), people in found.items()]


def _shift(shift: Shift) -> ShiftView:
    name_en = shift.name_en or shift.name
    return ShiftView(shift.id, shift.site_id, shift.name, name_en, shift.begins, shift.minutes)


def _leave(leave: Leave) -> LeaveView:
    return LeaveView(
        id=leave.id,
        first=leave.first.isoformat(),
        last=leave.last.isoformat(),
        reason=leave.reason,
        answer=leave.answer,
        status=leave.status.value,
        asked_at=leave.asked_at,
    )


def _swap(swap: Swap) -> SwapView:
    return SwapView(
        id=swap.id,
        asker_id=swap.asker_id,
        other_id=swap.other_id,
        shift_id=swap.shift_id,
        day=swap.day.isoformat(),
        other_shift_id=swap.other_shift_id,
        other_day=swap.other_day.isoformat() if swap.other_day else "",
        reason=swap.reason,
        answer=swap.answer,
        status=swap.status.value,
        asked_at=swap.asked_at,
    )
