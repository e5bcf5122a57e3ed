"""Holding what a visit says of its challenge against what the day's seed draws."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.photos.models import PhotoPurpose
from propapp.features.photos.service import Album
from propapp.features.rounds import challenging
from propapp.features.rounds.commands import GivenChallenge
from propapp.features.rounds.models import Run, Visit
from propapp.features.schedules import challenges
from propapp.features.schedules.models import Occurrence
from propapp.features.sites import repository as sites

VISIT = "visit"


def challenged(
    uow: UnitOfWork, run: Run, checkpoint_id: UUID, given: GivenChallenge | None
) -> dict[str, Any] | None:
    """What was asked at this checkpoint and what came of it, as the visit keeps it.

    Nothing in it is an error: a challenge never keeps a visit from being taken in.
    """
    occurrence = uow.session.get_one(Occurrence, run.occurrence_id)
    seed = challenges.seeds_of(uow.session, [occurrence]).get(occurrence.id)
    asked_id = challenges.drawn(seed, occurrence, run.person_id, checkpoint_id)
    asked = sites.challenges_by_id(uow.session, [asked_id]).get(asked_id) if asked_id else None
    came = challenging.outcome(
        asked,
        given,
        bound_by=seed.commitment if seed and challenges.draws_for(seed, occurrence) else "",
        known=seed is not None and challenges.is_known(seed, occurrence),
        dropped=bool(asked and asked.dropped_at and asked.dropped_at <= uow.occurred_at),
    )
    return challenging.kept(asked_id, given, came)


def album(run: Run, visit: Visit, given: GivenChallenge | None) -> list[Album]:
    """The photos of the detail that was asked for; they belong to the visit itself."""
    if given is None or not given.photos:
        return []
    return [
        Album(
            shots=given.photos,
            purpose=PhotoPurpose.EVIDENCE,
            site_id=run.site_id,
            thing_kind=VISIT,
            thing_id=visit.id,
            parent_kind="run",
            parent_id=run.id,
            owner_id=run.person_id,
        )
    ]
