"""What the house does by itself for schedules."""

from __future__ import annotations

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.schedules import service


def keep_horizon(clock: Clock | None = None) -> int:
    """Make the occurrences of the next two days; running it twice makes nothing twice."""
    with unit_of_work(house(), clock=clock) as uow:
        return service.keep_horizon(uow)
