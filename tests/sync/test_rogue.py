"""A hostile network between phones and server: photos arrive whole, the queue drains."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine
from tests.reliability import SOAK, record
from tests.sync.field import TROUBLE, Worker, signed_in
from tests.sync.ledger import check_the_end
from tests.sync.nursery import Nursery
from tests.sync.rogue import WAYS, Rogue
from tests.world import World, a_world, an_occurrence

ROUNDS = 2
CUTS = 6
LARGE = 1_300_000


@pytest.fixture
def worker(database: Path) -> Worker:
    """A guard with a phone whose patience is short, for the test's own is."""
    garden: World = a_world()
    garden.clock = FixedClock(datetime.now(UTC))
    chance, headers = random.Random(1), signed_in(garden.actor("guard"))
    made = Worker(garden, an_occurrence(garden), headers, 0, chance, timeout=2)
    engine().dispose()
    return made


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
def test_everything_arrives_through_a_hostile_network(
    worker: Worker, database: Path, request: pytest.FixtureRequest
) -> None:
    rounds = int(os.environ.get("PROPAPP_ROGUE_ROUNDS", ROUNDS))
    what = "Proxy that delays, cuts, resets, doubles, slows, hangs"
    with record(request, what, "I1 I2 I3 I7", "F01 F02 F03 F06 F07 F08", rounds, "rounds") as entry:
        with Nursery(database) as nursery, Rogue(0, seed=7) as rogue:
            nursery.start()
            rogue.target, worker.port = nursery.port, rogue.port
            for _ in range(rounds):
                worker.walk(size=worker.chance.choice([0, 600_000]))
            while worker.outbox or worker.photos or len(rogue.done) < len(WAYS):
                if not worker.outbox:
                    worker.walk(photos=0)
                try:
                    worker.sync()
                except TROUBLE:
                    continue
            rogue.honest = True
            assert worker.drain(seconds=60)
        check_the_end(worker)
        entry["note"] = ", ".join(f"{way} {rogue.done[way]}" for way in WAYS)


def test_after_cuts_between_chunks_little_is_sent_again(
    worker: Worker, database: Path, request: pytest.FixtureRequest
) -> None:
    what = "Killed between chunks: bytes sent again"
    with record(request, what, "I3 I7", "F06 F09", CUTS, "cuts") as entry:
        with Nursery(database) as nursery:
            worker.port = nursery.port
            for _ in range(4):
                worker.walk(photos=2, size=LARGE)
            # Every third chunk is durably here, and its answer never comes.
            for _ in range(CUTS):
                nursery.start("after chunk", 3, wait=False)
                while nursery.alive():
                    try:
                        worker.sync()
                    except TROUBLE:
                        continue
                nursery.kill()
            nursery.start()
            assert worker.drain(seconds=60)
            assert nursery.keeps_house(), nursery.log
        check_the_end(worker)
        needed = sum(map(len, worker.promises.shots.values()))
        again = worker.bytes_sent / needed - 1
        assert again <= 0.10
        entry["note"] = f"{again:.1%} of {needed / 1e6:.1f} MB sent again"
