"""The six ways in which field systems lose or double what they were given: planted and caught.

They are the six that the protocol begins with. What a storm in the simulator can show is planted
there; two processes that look before they write need processes, and a client that wipes its own
storage needs a browser.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.e2e import test_wiping_clients
from tests.sync import test_crowds, test_simulator
from tests.sync.simulator import house
from tests.sync.simulator.plants import PLANTS, Plant
from tests.sync.simulator.run import simulate

EXPIRES = "a key expires before the phone comes back"
# Half an hour of a storm stands for the weeks of a phone: its keys live for three minutes.
LIVES = timedelta(minutes=3)
BEFORE = "kept, device_id = self.house.kept, self.device.id"
# On the same line, so that everything behind it stays where it is.
FORGETS = "; from tests.sync.test_six_ways import forget; forget(self.house, envelope.id)"
EXPIRING = Plant(house, f"{BEFORE}\n        numbers", f"{BEFORE}{FORGETS}\n        numbers")


def forget(of: house.House, operation_id: UUID) -> None:
    """Nothing of it is a key any more once it has been here for so long; what it did stays."""
    kept, old = of.kept, of.kept.ops.get(operation_id)
    if old and of.clock.now() - old.received_at > LIVES:
        del kept.ops[old.id], kept.seqs[old.device_id, old.seq]
        del kept.threads[old.device_id, old.thread_id][old.n]


# Each way, and the planted bugs that stand for it.
SIX = {
    "the entry goes before the durable answer, or any answer counts as success": (
        "the entry goes before the answer came",
        "any answer counts as done",
        "any answer to the last piece counts",
        "it is told before it is committed",
    ),
    "a photo that cannot be read is left out and its copy removed": (
        "an unreadable photo is left out",
        "a refused photo is forgotten",
    ),
    "a 4xx drops the entry": ("a 4xx drops the entry", "a 4xx condemns the whole batch"),
    "the second is looked for and then written, or its key expires": (
        test_crowds.LOOKS_FIRST,
        EXPIRES,
    ),
    "storage is wiped by signing out, by an update or by the browser": (
        "signing out deletes",
        "an update begins anew",
        "nobody looks whether the storage is still there",
    ),
    "the queue wedges and never sends": (
        "one bad item stops everything",
        "only the next deed tries again",
        "a flight that never comes back is waited for",
        "a session that ended is never asked for again",
    ),
}


def test_a_key_that_expires_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLANTS, EXPIRES, EXPIRING)
    found = simulate(server_bug=EXPIRES, count=test_simulator.SEEDS_FOR_A_PLANT)
    assert found["problem"], "a key that expired made nothing double"
    assert "stack" not in found, f"not caught but broken: {found}"


def planted_for(test: Any) -> set[str]:
    """The bugs that a test asserts to be caught, one run for each."""
    (mark,) = [mark for mark in test.pytestmark if mark.name == "parametrize"]
    return set(mark.args[1])


def test_each_of_the_six_is_planted_and_there_are_more_than_enough() -> None:
    phone = planted_for(test_simulator.test_a_bug_planted_in_the_phone_is_caught)
    server = planted_for(test_simulator.test_a_bug_planted_in_the_server_is_caught)
    wiping = planted_for(test_wiping_clients.test_a_client_that_wipes_its_storage_is_caught)
    caught = phone | server | wiping | {test_crowds.LOOKS_FIRST, EXPIRES}
    assert len(SIX) == 6
    for way, bugs in SIX.items():
        assert set(bugs) <= caught, way
    assert len(phone | server) >= 25
