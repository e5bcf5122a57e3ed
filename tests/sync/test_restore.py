"""An old backup is restored while phones hold newer work: what it lacks comes back, once."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from propapp.backup import back_up, restore
from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine
from propapp.core.sync.devices import epoch
from tests.reliability import record
from tests.sync.field import Worker, signed_in
from tests.sync.ledger import check_the_end
from tests.sync.nursery import Nursery
from tests.world import a_world, an_occurrence

BEFORE, AFTER = 2, 3


def sent(nursery: Nursery, worker: Worker, rounds: int) -> None:
    """Some rounds, all of them acknowledged, on a server that lives for that long."""
    worker.port = nursery.port
    nursery.start()
    for _ in range(rounds):
        worker.walk(photos=1)
    assert worker.drain(seconds=60), (worker.complaints, nursery.log)
    nursery.kill()


def forget_the_receipts(worker: Worker) -> None:
    """What the field client does when the server's epoch is another: all is unsent again."""
    worker.outbox = list(worker.history)
    worker.photos = dict(worker.promises.shots)
    worker.promises.operations.clear()
    worker.promises.photos.clear()


def test_what_an_old_backup_lacks_comes_back_once(
    database: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    garden = a_world()
    garden.clock = FixedClock(datetime.now(UTC))
    headers = signed_in(garden.actor("guard"))
    worker = Worker(garden, an_occurrence(garden), headers, 0, random.Random(3))
    what = "Restore of an old backup while a phone holds newer work"
    with record(request, what, "I1 I2 I3", "F46 F47", AFTER, "rounds") as entry:
        with Nursery(database) as nursery:
            sent(nursery, worker, BEFORE)
            before = epoch()
            back_up(tmp_path / "backup")
            sent(nursery, worker, AFTER)
            engine().dispose()
            shutil.rmtree(database)
            restore(tmp_path / "backup")
            assert epoch() != before
            engine().dispose()
            forget_the_receipts(worker)
            sent(nursery, worker, 1)
        check_the_end(worker)
        entry["note"] = f"the backup lacked {AFTER * 5} operations and {AFTER} photos"
