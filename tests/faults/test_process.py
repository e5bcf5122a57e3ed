"""Real server processes that stand still, are replaced, migrated, or besieged by many phones."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from propapp.core.access import Role
from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine
from tests.reliability import SOAK, record
from tests.serving import ServerProcess
from tests.sync.field import TROUBLE, Worker, signed_in
from tests.sync.ledger import check_promises, check_the_end
from tests.sync.nursery import Nursery
from tests.world import World, a_world, an_occurrence

PHONES = 200 if "PROPAPP_SOAK" in os.environ else 40
UPLOADS = 50


@pytest.fixture
def garden(database: Path) -> World:
    """A site of this hour."""
    world = a_world()
    world.clock = FixedClock(datetime.now(UTC))
    return world


def phones(garden: World, count: int, port: int = 0) -> list[Worker]:
    """So many people with a phone each, all on the same round."""
    occurrence = an_occurrence(garden)
    people = [garden.person(f"guard{number}", Role.GUARD) for number in range(count)]
    made = [
        Worker(garden, occurrence, signed_in(person), port, random.Random(number))
        for number, person in enumerate(people)
    ]
    engine().dispose()
    return made


def all_together(workers: list[Worker], act: Callable[[Worker], object]) -> list[threading.Thread]:
    """Let each do this in a thread of its own, begun in the same moment."""
    barrier = threading.Barrier(len(workers))

    def live(worker: Worker) -> None:
        barrier.wait()
        act(worker)

    threads = [threading.Thread(target=live, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    return threads


def test_a_server_that_stands_still_is_waited_for(
    garden: World, database: Path, request: pytest.FixtureRequest
) -> None:
    (worker,) = phones(garden, 1)
    worker.timeout = 0.5
    what = "A server that stands still for a while"
    with record(request, what, "I1 I2 I7", "F39", 4, "times"):
        with Nursery(database) as nursery:
            nursery.start()
            worker.port = nursery.port
            for _ in range(4):
                worker.walk(photos=1)
                os.killpg(nursery.pid, signal.SIGSTOP)
                with pytest.raises(TROUBLE):
                    worker.sync()
                os.killpg(nursery.pid, signal.SIGCONT)
            worker.timeout = 15
            assert worker.drain(seconds=60)
        check_the_end(worker)


def test_phones_come_while_the_tables_are_changed(
    garden: World, database: Path, request: pytest.FixtureRequest
) -> None:
    workers = phones(garden, 4)
    what = "The tables are changed in one long transaction while phones send"
    with record(request, what, "I1 I2 I7", "F48", len(workers), "phones"):
        with (
            Nursery(database) as nursery,
            closing(sqlite3.connect(database / "propapp.db", isolation_level=None)) as migration,
        ):
            nursery.start()
            for worker in workers:
                worker.port = nursery.port
                worker.walk(photos=1)
            migration.execute("BEGIN IMMEDIATE")
            migration.execute("ALTER TABLE operation ADD COLUMN later TEXT")
            sending = all_together(workers, lambda worker: worker.drain(seconds=60))
            time.sleep(0.5)
            assert not any(worker.promises.operations for worker in workers)
            migration.execute("UPDATE operation SET later = 'x'")
            migration.execute("COMMIT")
            for thread in sending:
                thread.join()
        check_the_end(*workers)


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
def test_many_phones_come_back_at_once(
    garden: World, database: Path, request: pytest.FixtureRequest
) -> None:
    workers = phones(garden, PHONES)
    waited: list[float] = []

    def send(worker: Worker) -> None:
        began = time.monotonic()
        assert worker.drain(seconds=SOAK)
        waited.append(time.monotonic() - began)

    what = "All phones of a shift come back in one moment"
    with record(request, what, "I1 I2 I7", "F62", PHONES, "phones") as entry:
        with Nursery(database) as nursery:
            nursery.start()
            for worker in workers:
                worker.port, worker.timeout = nursery.port, 60
                worker.walk(photos=1)
            for thread in all_together(workers, send):
                thread.join()
        assert len(waited) == PHONES
        # An answer of the server's own failure would be among the complaints.
        check_the_end(*workers)
        slow = statistics.quantiles(waited, n=20)[-1]
        entry["note"] = f"5 operations and a photo each; 19 of 20 phones done within {slow:.1f} s"


@pytest.mark.browser
def test_a_server_that_is_replaced_loses_no_upload(
    garden: World,
    database: Path,
    serve: Callable[..., ServerProcess],
    request: pytest.FixtureRequest,
) -> None:
    workers = phones(garden, UPLOADS)
    over = threading.Event()

    def send(worker: Worker) -> None:
        worker.walk(photos=1, size=600_000)
        while not over.is_set() and (worker.outbox or worker.photos):
            try:
                worker.sync()
            except TROUBLE:
                time.sleep(0.05)

    what = "SIGTERM and a new server in its place during uploads"
    with record(request, what, "I1 I2 I3", "F38", UPLOADS, "uploads") as entry:
        server = serve(data=database)
        for worker in workers:
            worker.port = server.port
        threads = all_together(workers, send)
        while not any(worker.promises.operations for worker in workers):
            time.sleep(0.01)
        began = time.monotonic()
        server.terminate()
        entry["note"] = f"gone after {time.monotonic() - began:.1f} s"
        left = sum(len(worker.photos) for worker in workers)
        for worker in workers:
            check_promises(worker)
        server.start()
        over.set()
        for thread in threads:
            thread.join()
        assert all(worker.drain(seconds=120) for worker in workers)
        server.terminate()
        assert left > 0
        check_the_end(*workers)
