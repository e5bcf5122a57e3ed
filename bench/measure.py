"""Taking the time of something, more than once."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


def best_of(times: int, act: Callable[[], object]) -> float:
    """Seconds of the quickest try: what the work takes when nothing else disturbs it."""
    return min(_once(act) for _ in range(times))


def _once(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun
