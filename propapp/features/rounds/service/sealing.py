"""Sealed is only what is finished and complete to the last byte."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.photos import repository as photos
from propapp.features.rounds import repository
from propapp.features.rounds.flow import RUN_FLOW
from propapp.features.rounds.models import Run
from propapp.features.rounds.sealed import chain_sealed
from propapp.features.rounds.service._runs import run_event


@internal
def seal_ready(
    uow: UnitOfWork, run_ids: Collection[UUID] = (), *, sha256: str | None = None
) -> list[Run]:
    """Seal those of these runs, or of the runs naming this photo, that nothing is missing of."""
    named = photos.parents_of(uow.session, sha256, photos.RUN) if sha256 else frozenset[UUID]()
    ready = list(repository.ready_to_seal(uow.session, {*run_ids, *named}))
    for run in ready:
        run.status = RUN_FLOW.next_status("seal", run.status)
        run.sealed_at = uow.now
        run_event(uow, run, "sealed")
    chain_sealed(uow, ready)
    return ready
