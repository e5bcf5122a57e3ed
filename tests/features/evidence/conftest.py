"""A site at which a round was walked, photographed and sealed, through the real doors."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from propapp.core.ids import uuid7
from propapp.core.stores import photo_store
from propapp.core.sync.apply import apply
from propapp.core.sync.settle import Answer
from propapp.core.use_case import load_use_cases
from propapp.features.evidence.jobs import keep_evidence
from propapp.features.photos.deliveries import Chunk, take
from propapp.features.photos.register import intake_of
from propapp.features.rounds.jobs import seal_complete
from tests.api.pictures import a_picture, digest
from tests.sync.phones import Phone
from tests.world import NOON, World, an_occurrence, well


def send(world: World, who: str, phone: Phone, kind: str, thread: UUID, **body: Any) -> Answer:
    """Let the person's phone send this, and see that it was applied."""
    load_use_cases()
    answer = apply(world.actor(who), phone.id, phone.does(kind, thread=thread, **body), world.clock)
    assert answer.status == "applied", answer
    return answer


def bring(world: World, who: str, data: bytes) -> str:
    """Let the person bring the bytes of a photo."""
    sha256 = digest(data)
    intake = intake_of(photo_store(), world.clock)
    take(intake, world.actor(who).person_id, Chunk(sha256, 0, len(data), data))
    return sha256


def shot(sha256: str, size: int) -> dict[str, Any]:
    """A photo as a phone names it."""
    return {"sha256": sha256, "size": size, "width": 8, "height": 8, "taken_at": NOON.isoformat()}


def walk(world: World, photos: list[bytes]) -> UUID:
    """A round with a photo at each stop, all brought after they were named, finished and sealed."""
    run_id, phone = uuid7(), Phone()
    occurrence = an_occurrence(world)
    start = {"run_id": str(run_id), "occurrence_id": str(occurrence.id)}
    send(world, "guard", phone, "round.start", run_id, **start)
    for stop, data in zip(world.points, photos, strict=False):
        answer = well(world, item_id=str(world.items[0].id), photos=[shot(digest(data), len(data))])
        visit = {
            "visit_id": str(uuid7()),
            "run_id": str(run_id),
            "point_id": str(stop.id),
            "method": "hand",
            "hand_reason": "dirty",
            "arrived_at": NOON.isoformat(),
            "answers": [answer],
        }
        send(world, "guard", phone, "round.visit", run_id, **visit)
    send(world, "guard", phone, "round.finish", run_id, run_id=str(run_id), note="Rain")
    for data in photos:
        bring(world, "guard", data)
    seal_complete(world.clock)
    return run_id


@pytest.fixture
def walked(garden: World, database: Path) -> World:
    """The small world after a sealed round, and one day later."""
    walk(garden, [a_picture(40, 30), a_picture(30, 40)])
    garden.clock.set(garden.clock.now().replace(day=11))
    keep_evidence(garden.clock)
    return garden
