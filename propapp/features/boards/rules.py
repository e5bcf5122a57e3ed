"""What counts as late, soon and quick: pure rules of the board."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from propapp.features.orders.models import Priority
from propapp.features.orders.rules import PROMISES
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.models import Occurrence
from propapp.features.schedules.rules import OccurrenceState, state_of

SOON = timedelta(hours=2)
BUCKETS = ("overdue", "soon", "today", "later")
RANK: Mapping[Priority, int] = {priority: rank for rank, priority in enumerate(Priority)}
PERIODS = (14, 30)


def midnight(day: date, zone: str) -> datetime:
    """The instant at which this day begins at the site."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def best_run(runs: Sequence[Run]) -> Run | None:
    """The run that stands for a round: begun in time, then finished, then the first."""
    order = sorted(runs, key=lambda run: (not run.in_window, is_running(run), run.started_at))
    return order[0] if order else None


def is_running(run: Run) -> bool:
    """Whether the person is still on the way."""
    return run.status is RunStatus.RUNNING


def round_state(occurrence: Occurrence, run: Run | None, now: datetime) -> OccurrenceState:
    """What the round is now, judged by the run that stands for it."""
    counts = run is not None and run.in_window
    return state_of(
        occurrence,
        now=now,
        begun=counts,
        finished=counts and run is not None and not is_running(run),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def promised_minutes(priority: Priority) -> tuple[int, int]:
    """Within how many minutes an order of this priority is taken, and done."""
    promise = PROMISES[priority]
    return _minutes(promise.respond), _minutes(promise.done)


def minutes_between(first: datetime, last: datetime) -> int:
    """Whole minutes from one instant to a later one; never less than none."""
    return max(0, _minutes(last - first))


def stamp(at: datetime | None) -> str:
    """The instant to the minute; seconds would only travel."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
