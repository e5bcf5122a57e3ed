"""Servers are killed at every step and at any moment; what a phone was promised outlives them."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine, read_session
from propapp.features.rounds.models import Run, RunStatus
from tests.reliability import SOAK, record
from tests.sync.field import TROUBLE, Worker, signed_in
from tests.sync.ledger import check_promises, check_the_end
from tests.sync.mortal import POINTS
from tests.sync.nursery import Nursery
from tests.world import World, a_world, an_occurrence

KILLS = 200
PARTS = 2
PENDING = 12


@pytest.fixture
def garden(database: Path) -> World:
    """A site of this hour, for the server's own clock runs."""
    world = a_world()
    world.clock = FixedClock(datetime.now(UTC))
    return world


@pytest.fixture
def workers(garden: World, database: Path) -> list[Worker]:
    """Two people, each with a phone, who walk the same round; the port comes later."""
    occurrence = an_occurrence(garden)
    names = ("guard", "supervisor")
    return [
        Worker(garden, occurrence, signed_in(garden.actor(name)), 0, random.Random(name))
        for name in names
    ]


@contextmanager
def at_work(workers: list[Worker], port: int) -> Iterator[None]:
    """Let everybody walk and send in the background, whether a server is there or not."""
    over = threading.Event()
    broken: list[BaseException] = []

    def toil(worker: Worker) -> None:
        while not over.is_set():
            if len(worker.outbox) < PENDING and len(worker.photos) < PENDING:
                worker.walk(size=worker.chance.choice([0, 0, 400_000]))
            try:
                worker.sync()
            except TROUBLE:
                time.sleep(0.01)
            except BaseException as error:
                broken.append(error)
                raise

    threads = [threading.Thread(target=toil, args=(worker,)) for worker in workers]
    for worker, thread in zip(workers, threads, strict=True):
        worker.port = port
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not broken


def in_peace(nursery: Nursery, workers: list[Worker]) -> None:
    """With a server that lives, everything arrives without anybody's help."""
    nursery.start()
    for worker in workers:
        assert worker.drain(seconds=60), (worker.complaints, nursery.log)
    assert nursery.keeps_house(), nursery.log
    nursery.kill()
    check_the_end(*workers)


def kills(percent: int) -> int:
    """How many kills a test with this share makes; PROPAPP_KILLS is the number of all of them."""
    return int(os.environ.get("PROPAPP_KILLS", KILLS)) * percent // 100


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_moment(
    workers: list[Worker], database: Path, part: int, request: pytest.FixtureRequest
) -> None:
    chance, times = random.Random(part), kills(35)
    engine().dispose()
    with (
        record(request, "SIGKILL at a random moment", "I1 I2 I3 I6", "F35 F36 F37", times),
        Nursery(database) as nursery,
    ):
        with at_work(workers, nursery.port):
            for _ in range(times):
                nursery.start()
                time.sleep(chance.uniform(0, 0.4))
                nursery.kill()
                check_promises(workers[0])
        in_peace(nursery, workers)


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_a_named_point(
    workers: list[Worker], database: Path, part: int, request: pytest.FixtureRequest
) -> None:
    chance, times = random.Random(part), kills(15)
    points = POINTS[part::PARTS]
    engine().dispose()
    with (
        record(request, "SIGKILL at a named point", "I1 I2 I3 I6", "F35 F36 F37", times),
        Nursery(database) as nursery,
    ):
        with at_work(workers, nursery.port):
            for number in range(times):
                point = points[number % len(points)]
                nursery.start(point, chance.randint(1, 2), wait=False)
                assert nursery.is_dead_within(30), f"never came to {point!r}\n{nursery.log}"
                nursery.kill()
                check_promises(workers[1])
        in_peace(nursery, workers)


def test_a_seal_lost_with_its_process_needs_no_phone(
    workers: list[Worker], database: Path, request: pytest.FixtureRequest
) -> None:
    worker = workers[0]
    engine().dispose()
    what = "Killed between the last photo and the seal, and no phone comes again"
    with (
        record(request, what, "I1 I6", "F35 F36", 1, "seals"),
        Nursery(database) as nursery,
    ):
        worker.port = nursery.port
        worker.walk(photos=1)
        nursery.start("before seal")
        while worker.outbox:
            worker.send_operations()
        with pytest.raises(TROUBLE):
            worker.send_a_photo()
        nursery.kill()
        nursery.start()
        assert nursery.keeps_house(), nursery.log
        with read_session() as session:
            assert session.exec(select(Run.status)).all() == [RunStatus.SEALED]
        assert worker.drain(seconds=60), (worker.complaints, nursery.log)
        check_the_end(worker)
