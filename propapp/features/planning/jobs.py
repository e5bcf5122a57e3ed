"""What the house does by itself: it tells of plans."""

from __future__ import annotations

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.planning import service


def tell_of_plans(clock: Clock | None = None) -> int:
    """Tell everybody whom it concerns, once; how many versions were looked at."""
    total = 0
    while True:
        with unit_of_work(house(), clock=clock) as uow:
            looked_at = service.tell_of_plans(uow)
        total += looked_at
        if looked_at < service.AT_A_TIME:
            return total
