"""Occurrences and their runs as a phone keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from propapp.features.people.views import Names
from propapp.features.rounds.models import Run
from propapp.features.schedules import challenges
from propapp.features.schedules.models import Occurrence, RoundSeed


@dataclass(frozen=True)
class RunView:
    """Who walks or walked it, and how far."""

    id: UUID
    person_id: UUID
    person_name: str
    person_name_en: str
    status: str
    started_at: datetime
    finished_at: datetime | None
    points_done: int
    points_total: int


@dataclass(frozen=True)
class OccurrenceView:
    """A dated window of a route."""

    id: UUID
    site_id: UUID
    route_id: UUID
    opens_at: datetime
    closes_at: datetime
    grace: int
    missed_at: datetime | None
    run: RunView | None
    # What the challenges of this person's walk are drawn from, and by which day's seed.
    challenge_key: str
    challenge_day: str


def occurrence_view(
    occurrence: Occurrence,
    runs: Iterable[Run],
    names: Names,
    *,
    me: UUID,
    seed: RoundSeed | None = None,
) -> OccurrenceView:
    """The occurrence with one run: the person's own last one, else the first of anybody."""
    own = [run for run in runs if run.occurrence_id == occurrence.id]
    mine = [run for run in own if run.person_id == me]
    shown = mine[-1] if mine else own[0] if own else None
    key = challenges.key_of(seed, occurrence, me)
    return OccurrenceView(
        id=occurrence.id,
        site_id=occurrence.site_id,
        route_id=occurrence.route_id,
        opens_at=occurrence.opens_at,
        closes_at=occurrence.closes_at,
        grace=occurrence.grace,
        missed_at=occurrence.missed_at,
        run=run_view(shown, names) if shown else None,
        challenge_key=key,
        challenge_day=str(seed.id) if seed and key else "",
    )


def run_view(run: Run, names: Names) -> RunView:
    """The run with its walker's name."""
    name, name_en = names.of(run.person_id)
    return RunView(
        id=run.id,
        person_id=run.person_id,
        person_name=name,
        person_name_en=name_en,
        status=run.status.value,
        started_at=run.started_at,
        finished_at=run.finished_at,
        points_done=run.points_done,
        points_total=run.points_total,
    )
