"""What the house does by itself for rounds."""

from __future__ import annotations

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.rounds import repository, service


def mark_missed(clock: Clock | None = None) -> int:
    """Mark the rounds that nobody began in time."""
    with unit_of_work(house(), clock=clock) as uow:
        return len(service.mark_missed(uow))


def raise_alarms(clock: Clock | None = None) -> int:
    """Tell of rounds that nobody begins, each person of each step once."""
    with unit_of_work(house(), clock=clock) as uow:
        return len(service.raise_alarms(uow))


def seal_complete(clock: Clock | None = None) -> int:
    """Seal finished rounds that lack nothing any more; a seal lost with its process comes here."""
    with unit_of_work(house(), clock=clock) as uow:
        return len(service.seal_ready(uow, repository.unsealed(uow.session)))


def score_sealed(clock: Clock | None = None) -> int:
    """Score the visits of sealed runs; apart from the seal, for a phone need not wait for it."""
    with unit_of_work(house(), clock=clock) as uow:
        return len(service.score_sealed(uow))
