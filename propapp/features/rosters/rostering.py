"""Proposing who is on duty when: the answer's form, a greedy planner, and why it cannot be.

Whatever is proposed keeps every rule. Where turns stay open, the planner asks once more without
each rule: the rule that stood in the way is named, and with it whoever would have been overloaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from propapp.features.rosters.duty import (
    Duty,
    DutyLimits,
    DutyRule,
    Turn,
    Worker,
    faults,
    is_on_leave,
)


@dataclass(frozen=True)
class Question:
    """What has to be manned by whom; ``fixed`` stays as it is, days before the first too."""

    turns: Sequence[Turn]
    workers: Sequence[Worker]
    limits: DutyLimits = field(default_factory=DutyLimits)
    fixed: Sequence[Duty] = ()

    @property
    def by_id(self) -> Mapping[UUID, Worker]:
        """The workers by their ids."""
        return {worker.person_id: worker for worker in self.workers}

    def still_open(self, duties: Sequence[Duty]) -> list[tuple[Turn, int]]:
        """The turns that lack somebody, and how many."""
        manned = Counter((duty.turn.shift_id, duty.turn.day) for duty in duties)
        lacking = [(turn, turn.people - manned[turn.shift_id, turn.day]) for turn in self.turns]
        return [(turn, count) for turn, count in lacking if count > 0]


@dataclass(frozen=True)
class Obstacle:
    """A rule that keeps turns open, and who would have to break it."""

    rule: DutyRule
    overloaded: Sequence[UUID]


@dataclass(frozen=True)
class RosterAnswer:
    """A roster that keeps every rule, and what it could not fill and why."""

    duties: Sequence[Duty]
    lacking: Sequence[tuple[Turn, int]]
    obstacles: Sequence[Obstacle]
    loads: Mapping[UUID, int]
    planner: str

    @property
    def is_feasible(self) -> bool:
        """Whether every turn is manned."""
        return not self.lacking


# Fills what it can, breaking nothing.
Planner = Callable[[Question], Sequence[Duty]]
# Each rule with the figures at which it forbids nothing any more, the hardest to bend first.
_BENT: Mapping[DutyRule, Mapping[str, int]] = {
    DutyRule.LEAVE: {},
    DutyRule.REST: {"rest": 0},
    DutyRule.LONG_REST: {"long_rest": 0},
    DutyRule.DAYS_IN_ROW: {"days_in_row": 10_000},
    DutyRule.NIGHTS_IN_ROW: {"nights_in_row": 10_000},
    DutyRule.WEEK_HOURS: {"week": 10_000_000},
}


def answer(question: Question, planner: Planner, *, name: str) -> RosterAnswer:
    """Ask the planner, and where it leaves turns open, find out what stands in the way."""
    duties = planner(question)
    lacking = question.still_open(duties)
    loads = Counter({worker.person_id: 0 for worker in question.workers})
    first = min((turn.day for turn in question.turns), default=None)
    for duty in duties:
        if first is not None and duty.turn.day >= first:
            loads[duty.person_id] += duty.turn.minutes
    obstacles = _obstacles(question, planner, lacking) if lacking else []
    return RosterAnswer(duties, lacking, obstacles, dict(loads), name)


def _obstacles(
    question: Question, planner: Planner, lacking: Sequence[tuple[Turn, int]]
) -> list[Obstacle]:
    """Bend all rules, then straighten each that changes nothing: what stays bent is in the way."""
    bent = set(_BENT)
    best = _missing(question, planner(_without(question, bent)))
    if best >= sum(count for _, count in lacking):
        # No rule stands in the way: there are not enough people in the post.
        return [Obstacle(DutyRule.POST, [])]
    for rule in _BENT:
        if _missing(question, planner(_without(question, bent - {rule}))) <= best:
            bent.remove(rule)
    broken = faults(planner(_without(question, bent)), question.by_id, question.limits)
    return [
        Obstacle(rule, list(dict.fromkeys(one.person_id for one in broken if one.rule is rule)))
        for rule in _BENT
        if rule in bent
    ]


def _missing(question: Question, duties: Sequence[Duty]) -> int:
    return sum(count for _, count in question.still_open(duties))


def _without(question: Question, rules: Collection[DutyRule]) -> Question:
    """The same question to people whom these rules do not protect."""
    bent = {name: figure for rule in rules for name, figure in _BENT[rule].items()}
    workers = question.workers
    if DutyRule.LEAVE in rules:
        workers = [replace(worker, leave=frozenset()) for worker in workers]
    return replace(question, workers=workers, limits=replace(question.limits, **bent))


def greedy(question: Question) -> list[Duty]:
    """Turn by turn to whoever has least and may; quick, and a fallback where nothing else is."""
    duties = list(question.fixed)
    order = sorted(question.turns, key=lambda turn: (turn.starts_at, str(turn.shift_id)))
    load = Counter({worker.person_id: 0 for worker in question.workers})
    own: dict[UUID, list[Duty]] = {worker.person_id: [] for worker in question.workers}
    for duty in duties:
        load[duty.person_id] += duty.turn.minutes
        own.setdefault(duty.person_id, []).append(duty)
    for turn in order:
        manned = sum(_is_of(duty, turn) for duty in duties)
        for worker in sorted(question.workers, key=lambda one: (load[one.person_id],)):
            if manned >= turn.people:
                break
            made = Duty(worker.person_id, turn)
            if _may(question, worker, own[worker.person_id], made):
                own[worker.person_id].append(made)
                duties.append(made)
                load[worker.person_id] += turn.minutes
                manned += 1
    return duties


def _is_of(duty: Duty, turn: Turn) -> bool:
    return duty.turn.shift_id == turn.shift_id and duty.turn.day == turn.day


def _may(question: Question, worker: Worker, own: Sequence[Duty], made: Duty) -> bool:
    if made.turn.role not in worker.roles or is_on_leave(worker, made.turn):
        return False
    if any(_is_of(duty, made.turn) for duty in own):
        return False
    workers = {worker.person_id: worker}
    # What was fixed may break a rule already; only what is worse than before counts.
    before = len(faults(own, workers, question.limits))
    return len(faults([*own, made], workers, question.limits)) <= before
