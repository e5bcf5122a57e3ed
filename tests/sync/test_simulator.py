"""Seeded storms over the production client core: nothing lost, doubled, stuck or falsely said."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from tests.reliability import SOAK, record
from tests.sync.node import node

# A soak says in the environment how many.
SCHEDULES = int(os.environ.get("PROPAPP_SCHEDULES", "20000"))
PARTS = 8
SEEDS_FOR_A_PLANT = 1000


def simulate(*arguments: str) -> dict[str, Any]:
    outcome = node("simulator/run.mjs", *arguments)
    assert outcome.stdout, outcome.stderr
    return json.loads(outcome.stdout)


def planted() -> list[str]:
    outcome = node("simulator/run.mjs", "--plants")
    return json.loads(outcome.stdout)


# In parts, so that workers share them.
@pytest.mark.soak
@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_storm_breaks_a_promise(part: int, request: pytest.FixtureRequest) -> None:
    count = SCHEDULES // PARTS
    what = "Seeded storms over the phone's own code"
    faults = "F01–F13 F15 F17 F19–F22 F25 F30–F32 F46 F55 F56 F67"
    with record(request, what, "I1–I4 I6–I8 I10", faults, count, "schedules"):
        survives(1 + part * count, count)


def survives(first: int, count: int) -> None:
    """None of these schedules breaks a promise; the first that does names its seed."""
    found = simulate("--from", str(first), "--count", str(count))
    assert found == {"problem": None, "schedules": count}, (
        f"seed {found.get('seed')}: {found['problem']}. Again: "
        f"node tests/sync/simulator/run.mjs --from {found.get('seed')} --count 1"
    )


def test_a_seed_tells_the_same_story_again() -> None:
    bug = ("--plant", "the entry goes before the answer came", "--count", "5")
    assert simulate(*bug) == simulate(*bug)


@pytest.mark.parametrize("bug", planted())
def test_a_planted_bug_is_caught(bug: str) -> None:
    found = simulate("--plant", bug, "--count", str(SEEDS_FOR_A_PLANT))
    assert found["problem"], f"{SEEDS_FOR_A_PLANT} schedules did not notice: {bug}"
    assert "stack" not in found, f"not caught but broken: {found}"
