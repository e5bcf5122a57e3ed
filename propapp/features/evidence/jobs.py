"""What the house does by itself for its evidence."""

from __future__ import annotations

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.evidence import service


def keep_evidence(clock: Clock | None = None) -> int:
    """Chain what was left behind, and write down the heads of the days that are over."""
    with unit_of_work(house(), clock=clock) as uow:
        return service.chain_left_behind(uow) + service.keep_heads(uow)
