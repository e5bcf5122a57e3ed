"""What the house does by itself for plans."""

from __future__ import annotations

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.plans import service
from propapp.features.plans.service.ending import AT_A_TIME


def end_plans(clock: Clock | None = None) -> int:
    """Close the plans whose last day is over; how many."""
    total = 0
    while True:
        with unit_of_work(house(), clock=clock) as uow:
            ended = service.end_plans(uow)
        total += ended
        if ended < AT_A_TIME:
            return total
