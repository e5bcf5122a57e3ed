"""Counting rounds as they stream by: each is judged as on its page, and then let go; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from propapp.features.boards import kept, rules
from propapp.features.boards.kept import Count, Kept
from propapp.features.boards.rows import Walk
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.models import Occurrence

_WALKED = timedelta(days=1)


@dataclass(frozen=True)
class Judged:
    """A round with how it came out.

    ``late`` is how many minutes after its window it was begun, None where it was not. ``delayed``
    says that it was begun in time and the house learnt of it only after its last call.
    """

    occurrence: Occurrence
    outcome: Kept
    walk: Walk | None
    late: int | None
    delayed: bool

    @property
    def is_lapse(self) -> bool:
        """Whether a report tells of it by itself."""
        return self.delayed or self.outcome in {Kept.LATE, Kept.MISSED}


def judge(occurrence: Occurrence, walks: Sequence[Walk], now: datetime) -> Judged:
    """The round by the run that stands for it."""
    outcome = kept.outcome(occurrence, [walk.run for walk in walks], now)
    run = rules.best_run([walk.run for walk in walks])
    walk = next((one for one in walks if one.run is run), None)
    is_late = run is not None and outcome is Kept.LATE
    return Judged(
        occurrence,
        outcome,
        walk,
        rules.minutes_between(occurrence.closes_at, run.started_at) if run and is_late else None,
        delayed=run is not None
        and run.in_window
        and outcome is Kept.DONE
        and run.started_received_at > occurrence.last_call,
    )


@dataclass
class Tally:
    """What came of many rounds; ``minutes`` is how long those who walked them were on the way."""

    outcomes: Counter[Kept] = field(default_factory=Counter[Kept])
    runs: int = 0
    sealed: int = 0
    delayed: int = 0
    minutes: int = 0
    most_late: int = 0

    def add(self, one: Judged, walks: Sequence[Walk]) -> None:
        """One more round."""
        self.outcomes[one.outcome] += 1
        self.runs += len(walks)
        self.sealed += sum(walk.run.status is RunStatus.SEALED for walk in walks)
        self.delayed += one.delayed
        self.most_late = max(self.most_late, one.late or 0)
        self.minutes += sum(_minutes(walk.run) for walk in walks)

    @property
    def count(self) -> Count:
        """The figures as a clause's page has them."""
        return kept.count_of(self.outcomes)


def _minutes(run: Run) -> int:
    """How long somebody was on the way; a clock that was set in between says nothing."""
    if run.finished_at is None or not run.started_at <= run.finished_at:
        return 0
    span = run.finished_at - run.started_at
    return 0 if span > _WALKED else rules.minutes_between(run.started_at, run.finished_at)


def total(tallies: Sequence[Tally]) -> Tally:
    """All of them together."""
    whole = Tally()
    for one in tallies:
        whole.outcomes.update(one.outcomes)
        for name in ("runs", "sealed", "delayed", "minutes"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.most_late = max(whole.most_late, one.most_late)
    return whole
