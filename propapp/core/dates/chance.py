"""Rounds at random times that still reach every point often enough.

Between two visits to a point lies at most the time from the opening of one round to the closing of
the next. So openings are drawn at most ``every - minutes`` apart, and never closer than one round
takes. The same seed always gives the same times: who knows it afterwards can draw them again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from propapp.core.errors import CoverageImpossible
from propapp.core.evidence.links import canonical

GRAIN = 5
DAY = 24 * 60


@dataclass(frozen=True)
class Coverage:
    """Every point at least every so many minutes, by rounds of so many, between two times."""

    every: int
    minutes: int
    begins: int = 0
    ends: int = DAY
    grace: int = 10

    @property
    def never_stops(self) -> bool:
        """Whether one day's end is the next one's beginning."""
        return self.ends - self.begins == DAY

    @property
    def apart(self) -> int:
        """How far apart two openings may be at most."""
        return self.every - self.minutes

    def refuse_impossible(self) -> None:
        """Refuse what cannot be drawn: rounds as long as the promise leave nothing to chance."""
        numbers = (self.every, self.minutes, self.begins, self.ends, self.grace)
        on_grain = all(number % GRAIN == 0 and number >= 0 for number in numbers)
        span = self.ends - self.begins
        fits = self.minutes <= span <= DAY and self.begins < DAY
        if not on_grain or not fits or self.minutes < GRAIN or self.every < 2 * self.minutes:
            raise CoverageImpossible(every=self.every, minutes=self.minutes)


@dataclass(frozen=True)
class Draw:
    """All that the times of one schedule on one day depend on, besides the seed."""

    schedule_id: UUID
    coverage: Coverage
    # The last opening of the day before, in minutes of this day, where the rounds never stop.
    since: int | None = None

    def said(self) -> dict[str, Any]:
        """As it is committed to, in plain values."""
        return {"schedule_id": str(self.schedule_id), "since": self.since, **asdict(self.coverage)}

    @classmethod
    def of(cls, said: dict[str, Any]) -> Draw:
        """What was committed to."""
        values = dict(said)
        schedule_id, since = UUID(values.pop("schedule_id")), values.pop("since")
        return cls(schedule_id, Coverage(**values), since)


def openings(seed: str, day: date, draw: Draw) -> list[int]:
    """The openings of the day, in minutes after its midnight."""
    dice = _Dice(seed, f"{draw.schedule_id}/{day.isoformat()}")
    coverage = draw.coverage
    # Where rounds never stop, the last may close on the day after.
    latest = coverage.ends - (GRAIN if coverage.never_stops else coverage.minutes)
    needed = coverage.ends - (coverage.apart if coverage.never_stops else coverage.every)
    found = [dice.between(*_first(draw, latest))]
    while found[-1] + coverage.minutes <= latest:
        # Nobody can tell that a round was the last one.
        if found[-1] >= needed and dice.between(0, GRAIN):
            break
        following = min(found[-1] + coverage.apart, latest)
        found.append(dice.between(found[-1] + coverage.minutes, following))
    return found


def _first(draw: Draw, latest: int) -> tuple[int, int]:
    coverage = draw.coverage
    if draw.since is None:
        return coverage.begins, min(coverage.begins + coverage.apart, latest)
    return (
        max(coverage.begins, draw.since + coverage.minutes),
        min(draw.since + coverage.apart, latest),
    )


def commitment(
    seed: str,
    site_id: UUID,
    day: date,
    said: list[dict[str, Any]],
    challenges: dict[str, Any] | None = None,
) -> str:
    """The hash that is published before the day and binds the seed and all that is drawn by it."""
    bound: dict[str, Any] = {
        "seed": seed,
        "site_id": str(site_id),
        "day": day.isoformat(),
        "draws": said,
    }
    # Said only where there are any: days from before were committed to without them.
    if challenges:
        bound["challenges"] = challenges
    return hashlib.sha256(canonical(bound)).hexdigest()


class _Dice:
    """Numbers that follow from a seed and a name alone: HMAC-SHA256 over a counter."""

    def __init__(self, seed: str, name: str) -> None:
        self._bytes = self._stream(bytes.fromhex(seed), name)

    def between(self, low: int, high: int) -> int:
        """One of the five-minute steps from low to high, each as likely as the others."""
        steps = (high - low) // GRAIN + 1
        limit = 2**64 - 2**64 % steps
        thrown = next(number for number in self._bytes if number < limit)
        return low + GRAIN * (thrown % steps)

    @staticmethod
    def _stream(seed: bytes, name: str) -> Iterator[int]:
        for number in count():
            said = f"{name}/{number}".encode()
            yield int.from_bytes(hmac.digest(seed, said, "sha256")[:8])
