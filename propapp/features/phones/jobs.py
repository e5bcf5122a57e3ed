"""What the house does by itself with work that arrived without effect."""

from __future__ import annotations

import logging

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.db.engine import read_session
from propapp.core.errors import UnknownOperation
from propapp.core.sync.upcast import known
from propapp.core.unit_of_work import unit_of_work
from propapp.features.phones import repository, service

log = logging.getLogger(__name__)

_AT_A_TIME = 200


def hold_back(clock: Clock | None = None) -> int:
    """Write down what is held back, and tell those who care."""
    with unit_of_work(house(), clock=clock) as uow:
        return service.hold_back(uow)


def perform_again(clock: Clock | None = None) -> int:
    """Perform what came before the house knew its kind, each in a transaction of its own.

    Tried once by itself: what is refused then waits for a person. How much took effect.
    """
    with read_session() as session:
        kinds = [one for one in repository.untried_kinds(session) if _is_known(*one)]
        waiting = repository.untried(session, kinds, limit=_AT_A_TIME)
    done = 0
    for held_id in waiting:
        try:
            with unit_of_work(house(), clock=clock) as uow:
                done += service.perform_again(uow, held_id)
        except Exception:
            # One that fails must not hold up the others.
            log.exception("held work %s failed and will be tried again", held_id)
    return done


def _is_known(kind: str, version: int) -> bool:
    try:
        known(kind, version)
    except UnknownOperation:
        return False
    return True
