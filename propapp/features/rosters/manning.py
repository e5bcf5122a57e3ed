"""Whether a post can be manned with the people and shifts it has, and how many it would take; pure.

Two weeks from a Monday are tried, without leave: what cannot be then, can never be.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from propapp.core.dates.workdays import Calendar
from propapp.core.ids import derived_id
from propapp.features.rosters.duty import DutyLimits, Turn, Worker
from propapp.features.rosters.models import Shift
from propapp.features.rosters.rostering import Obstacle, Question, answer, greedy
from propapp.features.schedules.rules import days

WEEKS = 2
# So many more people are tried, one after another, until it can be.
_MORE = 12


@dataclass(frozen=True)
class Manning:
    """A post's week: hours that are wanted, who is there, and what stands in the way.

    ``minutes`` are those of a week, ``lacking`` turns of two weeks; ``least`` is how many people it
    takes, 0 where even a dozen more would not do.
    """

    minutes: int
    people: int
    lacking: int
    least: int
    obstacles: Sequence[Obstacle]


def manning(
    shifts: Collection[Shift],
    holders: Collection[UUID],
    limits: DutyLimits,
    calendar: Calendar,
    monday: date,
) -> Manning:
    """Try the shifts of one post with those who hold it."""
    turns = [
        shift.on(day)
        for shift in shifts
        if shift.active
        for day in days(monday, monday + timedelta(days=7 * WEEKS - 1))
        if calendar.keeps(shift.day_rule, day)
    ]
    roles = frozenset(turn.role for turn in turns)
    workers = [Worker(person, roles) for person in sorted(holders)]
    question = Question(turns, workers, limits)
    found = answer(question, greedy, name="greedy")
    lacking = sum(count for _, count in found.lacking)
    return Manning(
        minutes=sum(turn.minutes * turn.people for turn in turns) // WEEKS,
        people=len(workers),
        lacking=lacking,
        least=_least(question) if lacking else len(workers),
        obstacles=found.obstacles,
    )


def _least(question: Question) -> int:
    """The number of people with whom no turn stays open."""
    roles = frozenset(turn.role for turn in question.turns)
    wanted = sum(turn.minutes * turn.people for turn in question.turns)
    fewest = -(-wanted // (question.limits.week * WEEKS))
    for count in range(
        max(fewest, len(question.workers) + 1), fewest + len(question.workers) + _MORE
    ):
        more = [Worker(derived_id("nobody", str(number)), roles) for number in range(count)]
        if not _open(replace(question, workers=more)):
            return count
    return 0


def _open(question: Question) -> list[tuple[Turn, int]]:
    return question.still_open(greedy(question))
