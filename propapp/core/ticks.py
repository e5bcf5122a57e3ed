"""What the house does by itself every minute; each thing may run twice or be missed once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from propapp.core.clock import Clock, SystemClock

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Tick:
    """A sweep over durable rows: the rows are the truth, the tick only wakes us."""

    name: str
    run: Callable[[Clock], object]


class Ticker:
    """Runs the ticks one after the other, away from the event loop."""

    def __init__(
        self, ticks: Sequence[Tick], *, clock: Clock | None = None, every: timedelta = EVERY
    ) -> None:
        self.ticks = tuple(ticks)
        self.clock = clock or SystemClock()
        self.every = every

    def run_once(self) -> list[str]:
        """Run them all and give the names of those that failed; one that fails stops no other."""
        return [tick.name for tick in self.ticks if not self._run(tick)]

    async def run_for_ever(self) -> None:
        """Run them now and every minute, until cancelled."""
        while True:
            await asyncio.to_thread(self.run_once)
            await asyncio.sleep(self.every.total_seconds())

    def _run(self, tick: Tick) -> bool:
        try:
            tick.run(self.clock)
        except Exception:
            log.exception("the tick %s failed and runs again", tick.name)
            return False
        return True
