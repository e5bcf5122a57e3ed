"""The best roster by CP-SAT: as few open turns as can be, then as even a load as can be.

``ortools`` is an optional extra (``pip install propapp[optimize]``); without it the greedy planner
answers in the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.util import find_spec
from itertools import combinations
from typing import Any
from uuid import UUID

from propapp.features.rosters.duty import Duty, Turn, Worker, is_on_leave, too_close
from propapp.features.rosters.rostering import Question, RosterAnswer, answer, greedy

_OPEN_TURN = 100_000
# Not seconds: the same question has the same answer on a slow machine.
_EFFORT = 2.0
_WEEK = 7


def propose(question: Question) -> RosterAnswer:
    """The best roster that is to be had here."""
    if find_spec("ortools") is None:
        return answer(question, greedy, name="greedy")
    return answer(question, optimal, name="cp-sat")


def optimal(question: Question) -> Sequence[Duty]:
    """Ask CP-SAT; should it come to nothing in its time, the greedy roster stands."""
    from ortools.sat.python import cp_model

    asked = _Asked(question, cp_model.CpModel())
    asked.state()
    # It begins with the quick roster and only ever betters it.
    quick = set(greedy(question))
    for duty, var in asked.chosen.items():
        asked.model.add_hint(var, duty in quick)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = _EFFORT
    status = solver.solve(asked.model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return greedy(question)
    chosen = [duty for duty, var in asked.chosen.items() if solver.value(var)]
    return [*question.fixed, *chosen]


@dataclass
class _Asked:
    """The question as variables: one for each person and turn that may come together."""

    question: Question
    model: Any
    chosen: dict[Duty, Any] = field(default_factory=dict[Duty, Any])

    def state(self) -> None:
        """Say all of it to the model."""
        for worker in self.question.workers:
            own = [duty for duty in self.question.fixed if duty.person_id == worker.person_id]
            self._worker(worker, [duty.turn for duty in own])
        self._objective()

    def _worker(self, worker: Worker, fixed: Sequence[Turn]) -> None:
        held = {(turn.shift_id, turn.day) for turn in fixed}
        options: dict[Turn, Any] = dict.fromkeys(fixed, 1)
        for turn in self.question.turns:
            if turn.role in worker.roles and (turn.shift_id, turn.day) not in held:
                if is_on_leave(worker, turn):
                    continue
                var = self.model.new_bool_var("")
                self.chosen[Duty(worker.person_id, turn)] = options[turn] = var
        self._apart(options)
        limits = self.question.limits
        self._in_row(options, limits.days_in_row)
        self._in_row(
            {turn: var for turn, var in options.items() if turn.is_night}, limits.nights_in_row
        )
        self._weeks(options)

    def _apart(self, options: dict[Turn, Any]) -> None:
        order = sorted(options, key=lambda turn: (turn.starts_at, turn.ends_at))
        for before, after in combinations(order, 2):
            if too_close(before, after, self.question.limits):
                self._at_most([options[before], options[after]], 1)

    def _in_row(self, options: dict[Turn, Any], most: int) -> None:
        by_day: dict[date, list[Any]] = {}
        for turn, var in options.items():
            by_day.setdefault(turn.day, []).append(var)
        worked = {day: self._any(terms) for day, terms in by_day.items()}
        for first in worked:
            days = [first + timedelta(days=count) for count in range(most + 1)]
            if len(days) <= len(worked) and all(day in worked for day in days):
                self._at_most([worked[day] for day in days], most)

    def _any(self, terms: list[Any]) -> Any:
        if any(isinstance(term, int) for term in terms):
            return 1
        if len(terms) == 1:
            return terms[0]
        var = self.model.new_bool_var("")
        self.model.add_max_equality(var, terms)
        return var

    def _weeks(self, options: dict[Turn, Any]) -> None:
        for last in {turn.day for turn in options}:
            first = last - timedelta(days=_WEEK - 1)
            week = [(turn, var) for turn, var in options.items() if first <= turn.day <= last]
            self._at_most([turn.minutes * var for turn, var in week], self.question.limits.week)

    def _at_most(self, terms: Sequence[Any], most: int) -> None:
        """A limit on what may still be chosen; what is fixed and too much already stays."""
        fixed = sum(term for term in terms if isinstance(term, int))
        free = [term for term in terms if not isinstance(term, int)]
        if free:
            self.model.add(sum(free) <= max(0, most - fixed))

    def _objective(self) -> None:
        lacking = [self._lacking(turn) for turn in self.question.turns]
        loads = [self._load(worker.person_id) for worker in self.question.workers]
        longest, shortest = (self.model.new_int_var(0, 10**6, "") for _ in range(2))
        for load in loads:
            self.model.add(longest >= load)
            self.model.add(shortest <= load)
        self.model.minimize(_OPEN_TURN * sum(lacking) + longest - shortest)

    def _lacking(self, turn: Turn) -> Any:
        manned = sum(_is(duty, turn) for duty in self.question.fixed)
        terms = [var for duty, var in self.chosen.items() if _is(duty, turn)]
        lacking = self.model.new_int_var(0, turn.people, "")
        self.model.add(sum(terms) + lacking == max(0, turn.people - manned))
        return lacking

    def _load(self, person_id: UUID) -> Any:
        fixed = sum(_minutes(self.question.fixed, person_id))
        terms = [
            duty.turn.minutes * var
            for duty, var in self.chosen.items()
            if duty.person_id == person_id
        ]
        return sum(terms) + fixed


def _is(duty: Duty, turn: Turn) -> bool:
    return duty.turn.shift_id == turn.shift_id and duty.turn.day == turn.day


def _minutes(duties: Iterable[Duty], person_id: UUID) -> Iterable[int]:
    return (duty.turn.minutes for duty in duties if duty.person_id == person_id)
