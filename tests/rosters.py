"""Shifts, turns, leave and swaps for tests of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from propapp.core.access import Role
from propapp.core.ids import derived_id, uuid7
from propapp.features.rosters.models import AskStatus, Leave, RosterDay, Shift, Swap
from tests.world import NOON, World, save

TUESDAY = date(2026, 3, 10)


@dataclass
class Turn:
    """A person's shift on a day, as commands name it."""

    shift_id: UUID
    person_id: UUID
    day: date


def a_shift(world: World, **values: Any) -> Shift:
    """A day shift of the guards, for one."""
    made: dict[str, Any] = {"role": Role.GUARD, "name": "Day", "begins": 480, "minutes": 540}
    shift = Shift(id=uuid7(), site_id=world.site.id, **made | values)
    save(shift)
    return shift


def a_turn(
    world: World,
    person_id: UUID,
    *,
    shift: Shift | None = None,
    day: date = TUESDAY,
    put: bool = True,
) -> Turn:
    """This person has a shift of their own, unless it is only to be put on the roster."""
    held = shift or a_shift(world)
    if put:
        name = derived_id("roster_day", held.id, person_id, day.isoformat())
        save(
            RosterDay(
                id=name, site_id=world.site.id, shift_id=held.id, person_id=person_id, day=day
            )
        )
    return Turn(held.id, person_id, day)


def a_leave(world: World, person_id: UUID, **values: Any) -> Leave:
    """Somebody asked to be away from Tuesday to Thursday."""
    made: dict[str, Any] = {"first": TUESDAY, "last": TUESDAY + timedelta(days=2)}
    leave = Leave(
        id=uuid7(), site_id=world.site.id, person_id=person_id, asked_at=NOON, **made | values
    )
    save(leave)
    return leave


def a_swap(
    world: World, asker: UUID, other: UUID, *, status: AskStatus = AskStatus.ASKED, **values: Any
) -> Swap:
    """The asker has a turn on Tuesday and asked the other to take it."""
    turn = a_turn(world, asker, day=values.pop("day", TUESDAY))
    swap = Swap(
        id=uuid7(),
        site_id=world.site.id,
        asker_id=asker,
        other_id=other,
        shift_id=turn.shift_id,
        day=turn.day,
        status=status,
        asked_at=NOON,
        **values,
    )
    save(swap)
    return swap
