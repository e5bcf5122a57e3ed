"""How quick and how regular the work was: what the charts draw, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from propapp.features.boards import rules
from propapp.features.boards.rows import DayCount, Span
from propapp.features.orders.models import Priority

# A bar ends at twice the promise; what is longer is marked as going on, its label tells how far.
_FULL = 200
_HALF, _NINE_TENTHS = 0.5, 0.9
_HOUR, _DAY = 60, 1440


@dataclass(frozen=True)
class Speed:
    """How long orders of one priority took: half of them at most ``median``, nine of ten ``p90``.

    Spans are minutes; shares are per cent of the promised time, cut at twice the promise.
    """

    priority: str
    count: int
    median: int
    p90: int
    promised: int
    median_share: int
    p90_share: int
    beyond: bool


@dataclass(frozen=True)
class RoundsDay:
    """How the rounds of one day ended."""

    day: str
    total: int
    done: int
    missed: int
    share: int


@dataclass(frozen=True)
class Totals:
    """What the charts say in one sentence each."""

    answered: int = 0
    answered_in_time: int = 0
    finished: int = 0
    finished_in_time: int = 0
    rounds: int = 0
    rounds_done: int = 0
    rounds_missed: int = 0
    rounds_share: int = 0


@dataclass(frozen=True)
class Figures:
    """The charts of one period."""

    totals: Totals
    responses: list[Speed]
    completions: list[Speed]
    rounds: list[RoundsDay]


def figures(spans: Sequence[Span], counts: Sequence[DayCount]) -> Figures:
    """Everything the charts show."""
    responses = _taken(spans, lambda span: span.responded_at)
    completions = _taken(spans, lambda span: span.completed_at)
    total, done = sum(one.total for one in counts), sum(one.done for one in counts)
    return Figures(
        totals=Totals(
            answered=len(responses),
            answered_in_time=_in_time(responses, promise=0),
            finished=len(completions),
            finished_in_time=_in_time(completions, promise=1),
            rounds=total,
            rounds_done=done,
            rounds_missed=sum(one.missed for one in counts),
            rounds_share=_percent(done, total),
        ),
        responses=_speeds(responses, promise=0),
        completions=_speeds(completions, promise=1),
        rounds=[_day(one) for one in counts],
    )


Taken = list[tuple[Priority, int]]


def _taken(spans: Sequence[Span], end: Callable[[Span], datetime | None]) -> Taken:
    return [
        (span.priority, rules.minutes_between(span.reported_at, at))
        for span in spans
        if (at := end(span)) is not None
    ]


def _in_time(taken: Taken, *, promise: int) -> int:
    return sum(minutes <= rules.promised_minutes(priority)[promise] for priority, minutes in taken)


def _speeds(taken: Taken, *, promise: int) -> list[Speed]:
    by_priority = {
        priority: [minutes for one, minutes in taken if one is priority] for priority in Priority
    }
    return [
        _speed(priority, minutes, rules.promised_minutes(priority)[promise])
        for priority, minutes in by_priority.items()
        if minutes
    ]


def _speed(priority: Priority, minutes: Sequence[int], promised: int) -> Speed:
    median = int(rules.percentile(minutes, _HALF))
    p90 = int(rules.percentile(minutes, _NINE_TENTHS))
    return Speed(
        priority=priority.value,
        count=len(minutes),
        median=_said(median),
        p90=_said(p90),
        promised=promised,
        median_share=min(_FULL, round(100 * median / promised)),
        p90_share=min(_FULL, round(100 * p90 / promised)),
        beyond=p90 > promised * _FULL / 100,
    )


def _said(minutes: int) -> int:
    """Rounded up to what is said of it, whole hours or days, so that "within" stays true."""
    unit = _DAY if minutes > _DAY else _HOUR if minutes > _HOUR else 1
    return -(-minutes // unit) * unit


def _day(one: DayCount) -> RoundsDay:
    return RoundsDay(
        one.day.isoformat(), one.total, one.done, one.missed, _percent(one.done, one.total)
    )


def _percent(part: int, whole: int) -> int:
    """Rounded down, so that a hundred means all."""
    return 100 * part // whole if whole else 0
