"""The chain of the demo world, as the one door would have left it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from propapp.core.evidence.links import Thing, chained
from propapp.core.evidence.models import EvidenceEntry, EvidenceHead, EvidenceKind
from propapp.demo.cast import SITE_ID
from propapp.demo.rows import Row, Rows
from propapp.features.photos.evidence import photo_thing
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.models import Answer, Run, RunStatus, Visit
from propapp.features.rounds.sealed import run_digest
from propapp.features.schedules.models import RoundSeed
from propapp.features.schedules.seeds import seed_thing


def chain(rows: Rows) -> None:
    """Link photos as they were stored, runs as sealed and seeds as bound, in the order of time."""
    things = [*_photos(rows), *_runs(rows), *_seeds(rows)]
    things.sort(key=lambda one: (one[1], one[0].ref_id))
    links = list(chained(SITE_ID, things))
    for link in links:
        # Plain values: thousands of links are quicker so than as objects.
        rows.add(EvidenceEntry, **link.model_dump())
    if links:
        rows.add(EvidenceHead, site_id=SITE_ID, n=links[-1].n, hash=links[-1].hash)


def _photos(rows: Rows) -> list[tuple[Thing, datetime]]:
    return [(photo_thing(row["sha256"]), row["stored_at"]) for row in rows.of(Photo)]


def _runs(rows: Rows) -> list[tuple[Thing, datetime]]:
    visits, answers = _by(rows.of(Visit), "run_id"), _by(rows.of(Answer), "run_id")
    uses = _by(rows.of(PhotoUse), "parent_id")

    def thing(run: Row) -> Thing:
        key: Any = run["id"]
        content = run_digest(SimpleNamespace(**run), visits[key], answers[key], uses[key])
        return Thing(EvidenceKind.RUN_SEALED, str(key), content)

    sealed = [run for run in rows.of(Run) if run["status"] is RunStatus.SEALED]
    return [(thing(run), run["sealed_at"]) for run in sealed]


def _seeds(rows: Rows) -> list[tuple[Thing, datetime]]:
    return [(seed_thing(RoundSeed(**row)), row["committed_at"]) for row in rows.of(RoundSeed)]


def _by(found: list[Row], field: str) -> defaultdict[UUID, list[SimpleNamespace]]:
    grouped: defaultdict[UUID, list[SimpleNamespace]] = defaultdict(list)
    for row in found:
        grouped[row[field]].append(SimpleNamespace(**row))
    return grouped
