"""Seeded storms over the production cores of phone and server: nothing lost, doubled or stuck."""

from __future__ import annotations

import math
import os
from typing import Any

import pytest

from tests.reliability import SOAK, record
from tests.sync.simulator.plants import PLANTS
from tests.sync.simulator.run import client_bugs, simulate
from tests.sync.simulator.soak import NOTES, Soak, deciding

# A soak says in the environment how many.
SCHEDULES = int(os.environ.get("PROPAPP_SCHEDULES", "20000"))
PARTS = 8
SEEDS_FOR_A_PLANT = 1000


# In parts, so that workers share them.
@pytest.mark.soak
@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_storm_breaks_a_promise(part: int, request: pytest.FixtureRequest) -> None:
    count = SCHEDULES // PARTS
    what = "Seeded storms over the phone's and the server's own code"
    faults = "F01–F13 F15 F17 F19–F22 F25 F30–F32 F35–F37 F41 F43–F46 F50 F55 F56 F67"
    with record(request, what, "I1–I4 I6–I8 I10", faults, count, "schedules") as entry:
        if "PROPAPP_SOAK" in os.environ:
            entry["seconds"] = soaked(1 + part * count, count)
        else:
            found = simulate(first=1 + part * count, count=count)
            survives(found)
            assert found["schedules"] == count


def soaked(first: int, count: int) -> float:
    """What is missing of the soak is run; what was noted under the same rules counts as it is."""
    soak = Soak(NOTES, deciding(), first, count)
    survives(soak.go_on(until=math.inf) or {"problem": None})
    noted = soak.noted()
    assert sum(piece["count"] for piece in noted) == count
    return round(sum(piece["seconds"] for piece in noted), 1)


def survives(found: dict[str, Any]) -> None:
    """No schedule broke a promise; the first that did names its seed."""
    assert found["problem"] is None, (
        f"seed {found.get('seed')}: {found['problem']}. Again: "
        f"python -m tests.sync.simulator.run --from {found.get('seed')}"
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
    found = simulate(server_bug=bug, count=SEEDS_FOR_A_PLANT)
    assert found["problem"], f"{SEEDS_FOR_A_PLANT} schedules did not notice: {bug}"
    assert "stack" not in found, f"not caught but broken: {found}"


def test_a_planted_bug_is_gone_after_it() -> None:
    assert simulate(server_bug="a bug is told as done", count=SEEDS_FOR_A_PLANT)["problem"]
    assert simulate() == {"problem": None, "schedules": 1}
