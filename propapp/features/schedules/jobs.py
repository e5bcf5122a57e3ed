"""What the house does by itself for schedules."""

from __future__ import annotations

from collections.abc import Callable

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import UnitOfWork, unit_of_work
from propapp.features.schedules import service
from propapp.features.schedules.horizon import AT_A_TIME
from propapp.features.schedules.service.following import AT_A_TIME as PLANS_AT_A_TIME


def keep_horizon(clock: Clock | None = None) -> int:
    """Make the occurrences of the next fourteen days; running it twice makes nothing twice."""

    def some(uow: UnitOfWork) -> tuple[int, int]:
        made = service.keep_horizon(uow)
        return made.schedules, made.occurrences

    return _by_portions(some, AT_A_TIME, clock)


def follow_plans(clock: Clock | None = None) -> int:
    """Keep the schedules in step with the plans in force; twice in a row changes nothing more."""

    def some(uow: UnitOfWork) -> tuple[int, int]:
        followed = service.follow_plans(uow)
        return followed.plans, followed.schedules

    return _by_portions(some, PLANS_AT_A_TIME, clock)


def follow_checklists(clock: Clock | None = None) -> int:
    """Let the stops of routes ask what their checklists ask now; twice changes nothing more."""
    with unit_of_work(house(), clock=clock) as uow:
        return service.follow_checklists(uow)


def draw_rounds(clock: Clock | None = None) -> int:
    """Commit to the random rounds ahead, let those exist that open now, tell what is over."""
    with unit_of_work(house(), clock=clock) as uow:
        service.commit_seeds(uow)
        released = service.release_rounds(uow)
        service.reveal_seeds(uow)
        return released


def _by_portions(
    some: Callable[[UnitOfWork], tuple[int, int]], portion: int, clock: Clock | None
) -> int:
    """Some at a time, so that nobody waits long for the database; what was done in all.

    ``some`` gives how many it looked at and how much it did.
    """
    total = 0
    while True:
        with unit_of_work(house(), clock=clock) as uow:
            looked_at, done = some(uow)
        total += done
        if looked_at < portion:
            return total
