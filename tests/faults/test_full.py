"""The disk under the database is really full: it is said, nothing is half, and it heals."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine
from tests.disks import fill, small_disk
from tests.reliability import record
from tests.sync.field import TROUBLE, Worker, signed_in
from tests.sync.ledger import check_promises, check_the_end
from tests.sync.nursery import Nursery
from tests.world import World, a_world, an_occurrence

MEGABYTE = 1024 * 1024
TRIES = 8


@pytest.fixture
def garden(database: Path, tmp_path: Path) -> Iterator[World]:
    """A site whose whole data folder lies on a disk of a few megabytes."""
    engine().dispose()
    kept = Path(shutil.move(database / "propapp.db", tmp_path / "kept.db"))
    with small_disk(database, kept.stat().st_size + 8 * MEGABYTE):
        shutil.copy(kept, database / "propapp.db")
        world = a_world()
        world.clock = FixedClock(datetime.now(UTC))
        yield world
        engine().dispose()


def test_a_full_disk_under_the_database_is_said_and_heals(
    garden: World, database: Path, request: pytest.FixtureRequest
) -> None:
    worker = Worker(garden, an_occurrence(garden), signed_in(garden.actor("guard")), 0, dice())
    engine().dispose()
    what = "The whole data folder on a file system that is really full"
    with record(request, what, "I1 I2 I3 I6 I7", "F50", TRIES, "answers") as entry:
        with Nursery(database) as nursery:
            nursery.start()
            worker.port = nursery.port
            worker.walk(photos=1)
            assert worker.drain(seconds=60)
            filler = fill(database)
            worker.walk(photos=1)
            said = [refused(worker) for _ in range(TRIES)]
            assert {code for _, code in said} <= {"no_space", "busy"}, said
            assert (507, "no_space") in said
            sent = set(worker.promises.operations)
            # What waits goes on waiting, and nobody is told otherwise.
            assert not worker.drain(seconds=2)
            assert set(worker.promises.operations) == sent
            assert not [said for said in worker.complaints if said.startswith("500")]
            check_promises(worker)
            filler.unlink()
            worker.complaints.clear()
            assert worker.drain(seconds=60)
        check_the_end(worker)
        entry["note"] = "a tmpfs of a few megabytes"


def dice() -> random.Random:
    """The same every time."""
    return random.Random(7)


def refused(worker: Worker) -> tuple[int, str]:
    """What a greeting is answered with: the status and the code."""
    hello = json.dumps({"device_id": str(worker.phone.id)}).encode()
    try:
        status, said = worker.ask("POST", "/api/v1/hello", hello)
    except TROUBLE as trouble:
        pytest.fail(f"no answer: {trouble}")
    return status, said.get("error", {}).get("code", "")
