"""The n-th HTTP call fails, for every n, once and for ever: nothing is lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from propapp.core.clock import SystemClock
from tests.faults.field import House
from tests.reliability import SOAK, record
from tests.sync.node import converse
from tests.world import a_world, an_occurrence

# Hello, operations, have, and the two chunks of the photo.
CALLS = 5


@pytest.mark.timeout(SOAK)
def test_every_call_of_a_phone_may_fail(
    database: Path,
    tmp_path: Path,
    new_client: Callable[[], TestClient],
    request: pytest.FixtureRequest,
) -> None:
    what = "The n-th HTTP call of a phone fails, for every n, once and for ever"
    world = a_world()
    world.clock = SystemClock()  # type: ignore[assignment]
    an_occurrence(world)
    with (
        record(request, what, "I1 I2 I3 I6 I7", "F01 F02 F10 F11 F15", 0, "faults") as entry,
        new_client() as client,
    ):
        house = House(world, client, database, tmp_path / "before")
        found = converse("../faults/field.mjs", house.serve)
        assert found["problem"] is None, found["problem"]
        assert min(found["results"].values()) >= CALLS
        entry["runs"] = sum(found["results"].values())
        entry["note"] = f"{len(found['results'])} ways to fail, each at every call"
