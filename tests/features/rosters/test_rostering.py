"""Every proposed roster keeps every rule, whoever plans; and what cannot be says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propapp.core.ids import derived_id
from propapp.features.rosters.duty import (
    Duty,
    DutyLimits,
    DutyRule,
    Turn,
    Worker,
    faults,
    is_on_leave,
)
from propapp.features.rosters.optimal import optimal, propose
from propapp.features.rosters.rostering import Planner, Question, answer, greedy

MONDAY = date(2026, 3, 9)
EARLY, LATE, NIGHT = (derived_id("shift", name) for name in ("early", "late", "night"))
OFFICE, WATCH = derived_id("shift", "office"), derived_id("shift", "watch")
HOURS = {
    EARLY: (480, 480),
    LATE: (960, 480),
    NIGHT: (0, 480),
    OFFICE: (480, 540),
    WATCH: (480, 1440),
}
PLANNERS = pytest.mark.parametrize("planner", [greedy, optimal])


def a_turn(shift: object, day: int = 0, people: int = 1, role: str = "guard") -> Turn:
    begins, minutes = HOURS[shift]  # type: ignore[index]
    return Turn(shift, MONDAY + timedelta(days=day), begins, minutes, role, people)  # type: ignore[arg-type]


def a_week(*shifts: object, people: int = 1, days: int = 7) -> list[Turn]:
    return [a_turn(shift, day, people) for day in range(days) for shift in shifts]


def guards(count: int, **leave: Sequence[int]) -> list[Worker]:
    return [
        Worker(
            derived_id("guard", number),
            frozenset({"guard"}),
            frozenset(MONDAY + timedelta(days=day) for day in leave.get(f"g{number}", ())),
        )
        for number in range(count)
    ]


def kept_by_hand(duties: Sequence[Duty], limits: DutyLimits) -> bool:
    """The rules once more, written down another way, so that one mistake is not made twice."""
    for person in {duty.person_id for duty in duties}:
        turns = sorted(
            (duty.turn for duty in duties if duty.person_id == person),
            key=lambda turn: turn.starts_at,
        )
        for before, after in pairwise(turns):
            need = limits.long_rest if before.minutes >= limits.long_shift else limits.rest
            if after.starts_at - before.ends_at < timedelta(minutes=need):
                return False
        days = {turn.day for turn in turns}
        nights = {turn.day for turn in turns if turn.is_night}
        for first in days:
            row = [first + timedelta(days=count) for count in range(limits.days_in_row + 1)]
            if set(row) <= days or set(row[: limits.nights_in_row + 1]) <= nights:
                return False
            week = {first + timedelta(days=count) for count in range(7)}
            if sum(turn.minutes for turn in turns if turn.day in week) > limits.week:
                return False
    return True


@st.composite
def questions(draw: st.DrawFn) -> Question:
    shifts = draw(
        st.lists(st.sampled_from(sorted(HOURS, key=str)), min_size=1, max_size=3, unique=True)
    )
    turns = a_week(*shifts, people=draw(st.integers(1, 2)), days=draw(st.integers(1, 7)))
    leave = {f"g{number}": draw(st.lists(st.integers(0, 8), max_size=3)) for number in range(5)}
    workers = guards(draw(st.integers(1, 5)), **leave)
    limits = DutyLimits(
        rest=draw(st.sampled_from([480, 660, 720])),
        days_in_row=draw(st.integers(2, 6)),
        nights_in_row=draw(st.integers(1, 4)),
        week=draw(st.sampled_from([2400, 3360])),
    )
    return Question(turns, workers, limits)


@PLANNERS
@given(question=questions())
@settings(max_examples=20, deadline=None)
def test_every_roster_keeps_every_rule(planner: Planner, question: Question) -> None:
    duties = planner(question)
    assert faults(duties, question.by_id, question.limits) == []
    assert kept_by_hand(duties, question.limits)
    assert not any(is_on_leave(question.by_id[one.person_id], one.turn) for one in duties)
    manned = [(duty.turn.shift_id, duty.turn.day, duty.person_id) for duty in duties]
    assert len(manned) == len(set(manned))


@given(question=questions())
@settings(max_examples=12, deadline=None)
def test_the_best_roster_leaves_no_more_open_than_the_greedy_one(question: Question) -> None:
    best, quick = (question.still_open(planner(question)) for planner in (optimal, greedy))
    assert sum(count for _, count in best) <= sum(count for _, count in quick)


@PLANNERS
def test_a_post_around_the_clock_is_manned_by_five(planner: Planner) -> None:
    found = answer(Question(a_week(EARLY, LATE, NIGHT), guards(5)), planner, name="any")
    assert found.is_feasible
    assert found.obstacles == []
    assert sum(found.loads.values()) == 21 * 480


def test_the_load_is_spread_evenly() -> None:
    found = propose(Question(a_week(OFFICE, people=2, days=6), guards(4)))
    assert found.planner == "cp-sat"
    assert set(found.loads.values()) == {3 * 540}


@PLANNERS
def test_seven_days_for_one_person_cannot_be_and_the_day_of_rest_is_why(planner: Planner) -> None:
    found = answer(Question(a_week(OFFICE), guards(1)), planner, name="any")
    assert not found.is_feasible
    assert [count for _, count in found.lacking] == [1]
    obstacle = next(one for one in found.obstacles if one.rule is DutyRule.DAYS_IN_ROW)
    assert obstacle.overloaded == [guards(1)[0].person_id]
    # Seven days of nine hours are more than sixty hours as well.
    assert {one.rule for one in found.obstacles} == {DutyRule.DAYS_IN_ROW, DutyRule.WEEK_HOURS}


@PLANNERS
def test_a_24_hour_post_needs_rest_after_it(planner: Planner) -> None:
    found = answer(Question(a_week(WATCH, days=3), guards(1)), planner, name="any")
    assert [turn.day for turn, _ in found.lacking] == [MONDAY + timedelta(days=1)]
    assert DutyRule.LONG_REST in {one.rule for one in found.obstacles}


@PLANNERS
def test_who_is_on_leave_is_named(planner: Planner) -> None:
    found = answer(Question([a_turn(OFFICE)], guards(1, g0=[0])), planner, name="any")
    assert [(one.rule, list(one.overloaded)) for one in found.obstacles] == [
        (DutyRule.LEAVE, [guards(1)[0].person_id])
    ]


@PLANNERS
def test_where_nobody_holds_the_post_that_is_why(planner: Planner) -> None:
    found = answer(Question([a_turn(OFFICE, role="cleaner")], guards(3)), planner, name="any")
    assert [one.rule for one in found.obstacles] == [DutyRule.POST]


@PLANNERS
def test_what_is_fixed_stays_and_last_week_counts(planner: Planner) -> None:
    me = guards(1)[0]
    before = [Duty(me.person_id, a_turn(OFFICE, day)) for day in range(-6, 0)]
    found = answer(Question(a_week(OFFICE, days=2), [me], fixed=before), planner, name="any")
    assert [turn.day for turn, _ in found.lacking] == [MONDAY]
    assert set(before) <= set(found.duties)


@PLANNERS
def test_leave_covers_a_night_that_reaches_into_it(planner: Planner) -> None:
    long_night = Turn(derived_id("long"), MONDAY, 22 * 60, 480, "guard")
    assert answer(Question([long_night], guards(1, g0=[1])), planner, name="any").lacking
    until_midnight = Turn(derived_id("evening"), MONDAY, 22 * 60, 120, "guard")
    assert not answer(Question([until_midnight], guards(1, g0=[1])), planner, name="any").lacking
