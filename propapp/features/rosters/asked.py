"""What waits to be decided at a site, each with what it would do to the roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.people.views import named
from propapp.features.rosters import repository, views
from propapp.features.rosters.duty import Turn
from propapp.features.rosters.effects import AROUND, Effect, Roster, of_leave, of_swap
from propapp.features.rosters.models import Leave, Shift, Swap
from propapp.features.rosters.repository import (
    LeaveRepository,
    ShiftRepository,
    SwapRepository,
)
from propapp.features.sites.models import Site


@dataclass(frozen=True)
class AskCard:
    """A leave or a swap that waits; ``effect`` is a word of ``EffectKind``."""

    id: str = ""
    kind: str = ""  # leave · swap
    who: str = ""
    who_en: str = ""
    other: str = ""
    other_en: str = ""
    when: str = ""
    reason: str = ""
    accepted: bool = False
    effect: str = ""
    turns: list[views.Lack] = field(default_factory=list[views.Lack])
    stand_ins: str = ""
    stand_ins_en: str = ""
    lacking: int = 0
    hurdles: list[views.Hurdle] = field(default_factory=list[views.Hurdle])


def cards(uow: UnitOfWork, site: Site) -> list[AskCard]:
    """Swaps first, then leave, each by day: a fixed number of questions."""
    swaps = SwapRepository(uow).waiting_at(site.id)
    leaves = LeaveRepository(uow).open_at(site.id)
    days = [day for swap, *_ in swaps for day in (swap.day, swap.other_day) if day]
    days += [day for leave in leaves for day in (leave.first, leave.last)]
    if not days:
        return []
    roster, shifts = _roster(uow, site, min(days), max(days))
    shifts |= {shift.id: shift for _, *both in swaps for shift in both if shift}
    asking = {who for swap, *_ in swaps for who in (swap.asker_id, swap.other_id)}
    asking |= {leave.person_id for leave in leaves}
    book = _Book(people.by_ids(uow.session, asking | set(roster.workers)), shifts)
    return [
        *(book.swap(swap, of_swap(given(swap, shifts), roster)) for swap, *_ in swaps),
        *(book.leave(leave, of_leave(leave, roster)) for leave in leaves),
    ]


def _roster(
    uow: UnitOfWork, site: Site, first: date, last: date
) -> tuple[Roster, dict[UUID, Shift]]:
    begin, end = first - AROUND, last + AROUND
    workers = repository.workers_at(uow.session, site.id, begin, end)
    limits = repository.rules_of(uow.session, [site.id])[site.id].limits()
    duties = repository.duties_around(uow.session, site.id, begin, end)
    by_id = {worker.person_id: worker for worker in workers}
    shifts = ShiftRepository(uow).every(site.id)
    return Roster(duties, by_id, limits), {shift.id: shift for shift in shifts}


def given(swap: Swap, shifts: Mapping[UUID, Shift]) -> list[tuple[UUID, UUID, Turn]]:
    """Who gives which turn to whom."""
    found = [(swap.asker_id, swap.other_id, shifts[swap.shift_id].on(swap.day))]
    if swap.other_shift_id and swap.other_day:
        taken = shifts[swap.other_shift_id].on(swap.other_day)
        found.append((swap.other_id, swap.asker_id, taken))
    return found


@dataclass(frozen=True)
class _Book:
    """Names of people and shifts."""

    people: Mapping[UUID, Person]
    shifts: Mapping[UUID, Shift]

    def leave(self, leave: Leave, effect: Effect) -> AskCard:
        who = named(leave.person_id, self.people)
        one_day = leave.first == leave.last
        span = f"{leave.first:%m-%d}" if one_day else f"{leave.first:%m-%d} – {leave.last:%m-%d}"
        stand_ins, stand_ins_en = self._names(effect.stand_ins)
        return AskCard(
            id=str(leave.id),
            kind="leave",
            who=who.name,
            who_en=who.name_en,
            when=span,
            reason=leave.reason,
            effect=effect.kind.value,
            turns=views.turns_of([(turn, 1) for turn in effect.freed], self.shifts),
            stand_ins=stand_ins,
            stand_ins_en=stand_ins_en,
            lacking=effect.lacking,
            hurdles=views.hurdles(effect.obstacles, self.people),
        )

    def swap(self, swap: Swap, effect: Effect) -> AskCard:
        who, other = named(swap.asker_id, self.people), named(swap.other_id, self.people)
        turns = [(turn, 1) for *_, turn in given(swap, self.shifts)]
        return AskCard(
            id=str(swap.id),
            kind="swap",
            who=who.name,
            who_en=who.name_en,
            other=other.name,
            other_en=other.name_en,
            reason=swap.reason,
            accepted=swap.status.value == "accepted",
            effect=effect.kind.value,
            turns=views.turns_of(turns, self.shifts),
            hurdles=views.hurdles(effect.obstacles, self.people),
        )

    def _names(self, who: Iterable[UUID]) -> tuple[str, str]:
        found: Sequence[Person] = [self.people[one] for one in who if one in self.people]
        english = ", ".join(person.name_en or person.name for person in found)
        return " · ".join(person.name for person in found), english
