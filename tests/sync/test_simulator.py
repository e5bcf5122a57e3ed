"""Seeded storms over the production cores of phone and server: nothing lost, doubled or stuck."""

from __future__ import annotations

import math
import os
import time
from typing import Any

import pytest

from tests.reliability import SOAK, record
from tests.sync.simulator.plants import PLANTS
from tests.sync.simulator.run import client_bugs, simulate
from tests.sync.simulator.soak import CROWDED, soak_of

# A soak says in the environment how many.
SCHEDULES = int(os.environ.get("PROPAPP_SCHEDULES", "20000"))
PARTS = 8
# Of crowds fewer are run: each has two to four phones, and an office that gives and cancels orders.
CROWD_PARTS = 5
SEEDS_FOR_A_PLANT = 1000
FAULTS = "F01–F13 F15 F17 F19–F22 F25 F30–F32 F35–F37 F41 F43–F46 F50 F55 F56"
BETWEEN = "F60 F61 F63 F64 F66–F68"


# In parts, so that workers share them.
@pytest.mark.soak
@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_storm_breaks_a_promise(part: int, request: pytest.FixtureRequest) -> None:
    count = SCHEDULES // PARTS
    what = "Seeded storms over the phone's and the server's own code"
    with record(request, what, "I1–I4 I6–I10", f"{FAULTS} F67", count, "schedules") as entry:
        entry["seconds"] = weathered(1 + part * count, count)


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("part", range(CROWD_PARTS))
def test_no_storm_over_several_phones_breaks_a_promise(
    part: int, request: pytest.FixtureRequest
) -> None:
    count = SCHEDULES // CROWDED // CROWD_PARTS
    what = "Seeded storms over two to four phones at one server, and the office"
    with record(request, what, "I1–I10", f"{FAULTS} {BETWEEN}", count, "schedules") as entry:
        entry["seconds"] = weathered(1 + part * count, count, crowd=True)


def weathered(first: int, count: int, *, crowd: bool = False) -> float:
    """How long the schedules took, of which none broke a promise."""
    if "PROPAPP_SOAK" in os.environ:
        return soaked(first, count, crowd=crowd)
    began = time.monotonic()
    found = simulate(first=first, count=count, crowd=crowd)
    survives(found, crowd=crowd)
    assert found["schedules"] == count
    return round(time.monotonic() - began, 1)


def soaked(first: int, count: int, *, crowd: bool) -> float:
    """What is missing of the soak is run; what was noted under the same rules counts as it is."""
    soak = soak_of(first, count, crowd=crowd)
    survives(soak.go_on(until=math.inf) or {"problem": None}, crowd=crowd)
    noted = soak.noted()
    assert sum(piece["count"] for piece in noted) == count
    return round(sum(piece["seconds"] for piece in noted), 1)


def survives(found: dict[str, Any], *, crowd: bool) -> None:
    """No schedule broke a promise; the first that did names its seed."""
    assert found["problem"] is None, (
        f"seed {found.get('seed')}: {found['problem']}. Again: "
        f"python -m tests.sync.simulator.run --from {found.get('seed')}{' --crowd' * crowd}"
    )


def test_a_seed_tells_the_same_story_again() -> None:
    bug = "the entry goes before the answer came"
    assert simulate(client_bug=bug, count=5) == simulate(client_bug=bug, count=5)


def test_a_seed_tells_alone_what_it_told_among_others() -> None:
    bug = "another offset condemns the photo"
    found = simulate(client_bug=bug, count=SEEDS_FOR_A_PLANT)
    assert simulate(client_bug=bug, first=found["seed"]) == found


@pytest.mark.parametrize("bug", client_bugs())
def test_a_bug_planted_in_the_phone_is_caught(bug: str) -> None:
    found = simulate(client_bug=bug, count=SEEDS_FOR_A_PLANT)
    assert found["problem"], f"{SEEDS_FOR_A_PLANT} schedules did not notice: {bug}"
    assert "stack" not in found, f"not caught but broken: {found}"


@pytest.mark.parametrize("bug", PLANTS)
def test_a_bug_planted_in_the_server_is_caught(bug: str) -> None:
    found = simulate(server_bug=bug, count=SEEDS_FOR_A_PLANT, crowd=PLANTS[bug].crowd)
    assert found["problem"], f"{SEEDS_FOR_A_PLANT} schedules did not notice: {bug}"
    assert "stack" not in found, f"not caught but broken: {found}"


def test_a_crowd_tells_the_same_story_again() -> None:
    bug = "an order takes any step"
    found = simulate(server_bug=bug, crowd=True, count=SEEDS_FOR_A_PLANT)
    assert simulate(server_bug=bug, crowd=True, first=found["seed"]) == found


def test_a_planted_bug_is_gone_after_it() -> None:
    assert simulate(server_bug="a bug is told as done", count=SEEDS_FOR_A_PLANT)["problem"]
    assert simulate() == {"problem": None, "schedules": 1}
