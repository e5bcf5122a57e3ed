"""A chunk arrives; when it was the last one, the runs that waited for the photo are sealed."""

from __future__ import annotations

from propapp.core.access import Actor, house
from propapp.core.clock import Clock
from propapp.core.stores import PhotoStore
from propapp.core.unit_of_work import unit_of_work
from propapp.features.photos.deliveries import Chunk, Progress, take
from propapp.features.photos.register import intake_of
from propapp.features.rounds.service import seal_ready


def receive(actor: Actor, chunk: Chunk, store: PhotoStore, clock: Clock) -> Progress:
    """Keep the chunk and seal what it completes; a seal lost with its process comes with a tick."""
    taken = take(intake_of(store, clock), actor.person_id, chunk)
    if taken.complete:
        with unit_of_work(house(), clock=clock) as uow:
            seal_ready(uow, sha256=chunk.sha256)
    return taken
