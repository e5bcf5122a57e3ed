"""What a leave or a swap would do to the roster, before anybody decides it; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from propapp.features.rosters.duty import Duty, DutyLimits, DutyRule, Turn, Worker, faults
from propapp.features.rosters.models import Leave
from propapp.features.rosters.rostering import Obstacle, Question, answer, greedy
from propapp.features.schedules.rules import days

# A week before and after tells of rest, of days in a row and of hours in seven days.
AROUND = timedelta(days=8)


class EffectKind(StrEnum):
    """What a request would come to."""

    NONE = "none"  # no turn is touched
    FITS = "fits"  # others can take the turns, or the turns can change hands
    LACKS = "lacks"  # turns would stay open
    BREAKS = "breaks"  # a rule would be broken
    GONE = "gone"  # the turn is not theirs any more


@dataclass(frozen=True)
class Effect:
    """What it comes to: the turns it frees, who could take them, and which rules stand against."""

    kind: EffectKind
    freed: Sequence[Turn] = ()
    stand_ins: Sequence[UUID] = ()
    lacking: int = 0
    obstacles: Sequence[Obstacle] = ()


@dataclass(frozen=True)
class Roster:
    """The roster as it stands, those who may be on it, and the site's figures."""

    duties: Sequence[Duty]
    workers: Mapping[UUID, Worker]
    limits: DutyLimits

    def near(self, first: Turn, last: Turn) -> list[Duty]:
        """What of it matters to these days."""
        begin, end = first.day - AROUND, last.day + AROUND
        return [duty for duty in self.duties if begin <= duty.turn.day <= end]


def of_leave(leave: Leave, roster: Roster) -> Effect:
    """Whether others could take the turns that it frees, each keeping every rule."""
    freed = sorted(
        (
            duty.turn
            for duty in roster.duties
            if duty.person_id == leave.person_id
            and leave.first <= duty.turn.day <= leave.last
            and not duty.turn.elsewhere
        ),
        key=lambda turn: turn.starts_at,
    )
    if not freed:
        return Effect(EffectKind.NONE)
    gone = {(turn.shift_id, turn.day) for turn in freed}
    fixed = [
        duty
        for duty in roster.near(freed[0], freed[-1])
        if duty.person_id != leave.person_id or (duty.turn.shift_id, duty.turn.day) not in gone
    ]
    found = answer(_question(leave, freed, fixed, roster), greedy, name="greedy")
    taken = [duty.person_id for duty in found.duties[len(fixed) :]]
    lacking = sum(count for _, count in found.lacking)
    return Effect(
        EffectKind.LACKS if lacking else EffectKind.FITS,
        freed,
        list(dict.fromkeys(taken)),
        lacking,
        found.obstacles,
    )


def _question(
    leave: Leave, freed: Sequence[Turn], fixed: Sequence[Duty], roster: Roster
) -> Question:
    """One person each for what is freed; whoever is beside them stays there."""
    manned = Counter((duty.turn.shift_id, duty.turn.day) for duty in fixed)
    turns = [replace(turn, people=manned[turn.shift_id, turn.day] + 1) for turn in freed]
    away = frozenset(days(leave.first, leave.last))
    workers = [
        replace(one, leave=one.leave | away) if one.person_id == leave.person_id else one
        for one in roster.workers.values()
    ]
    return Question(turns, workers, roster.limits, fixed)


def of_swap(given: Sequence[tuple[UUID, UUID, Turn]], roster: Roster) -> Effect:
    """Whether the turns can change hands: each is given by the first to the second."""
    held = {(duty.person_id, duty.turn.shift_id, duty.turn.day) for duty in roster.duties}
    if any((giver, turn.shift_id, turn.day) not in held for giver, _, turn in given):
        return Effect(EffectKind.GONE)
    turns = sorted((turn for *_, turn in given), key=lambda turn: turn.day)
    before = roster.near(turns[0], turns[-1])
    known = set(faults(before, roster.workers, roster.limits))
    after = exchanged(before, given)
    fresh = [one for one in faults(after, roster.workers, roster.limits) if one not in known]
    if not fresh:
        return Effect(EffectKind.FITS)
    rules: dict[DutyRule, list[UUID]] = {}
    for fault in fresh:
        rules.setdefault(fault.rule, []).append(fault.person_id)
    broken = [Obstacle(rule, list(dict.fromkeys(people))) for rule, people in rules.items()]
    return Effect(EffectKind.BREAKS, obstacles=broken)


def exchanged(duties: Collection[Duty], given: Collection[tuple[UUID, UUID, Turn]]) -> list[Duty]:
    """The roster once these turns have changed hands."""
    gone = {(giver, turn.shift_id, turn.day) for giver, _, turn in given}
    kept = [
        duty for duty in duties if (duty.person_id, duty.turn.shift_id, duty.turn.day) not in gone
    ]
    return [*kept, *(Duty(taker, turn) for _, taker, turn in given)]
