"""What the house does by itself for schedules."""

from __future__ import annotations

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.schedules import service
from propapp.features.schedules.horizon import AT_A_TIME
from propapp.features.schedules.service.following import AT_A_TIME as PLANS_AT_A_TIME


def keep_horizon(clock: Clock | None = None) -> int:
    """Make the occurrences of the next fourteen days; running it twice makes nothing twice."""
    made = 0
    while True:
        # Some at a time, so that nobody waits long for the database.
        with unit_of_work(house(), clock=clock) as uow:
            done = service.keep_horizon(uow)
        made += done.occurrences
        if done.schedules < AT_A_TIME:
            return made


def follow_plans(clock: Clock | None = None) -> int:
    """Keep the schedules in step with the plans in force; twice in a row changes nothing more."""
    count = 0
    while True:
        with unit_of_work(house(), clock=clock) as uow:
            done = service.follow_plans(uow)
        count += done.schedules
        if done.plans < PLANS_AT_A_TIME:
            return count


def draw_rounds(clock: Clock | None = None) -> int:
    """Commit to the random rounds ahead, let those exist that open now, tell what is over."""
    with unit_of_work(house(), clock=clock) as uow:
        service.commit_seeds(uow)
        released = service.release_rounds(uow)
        service.reveal_seeds(uow)
        return released
