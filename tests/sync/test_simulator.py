"""Seeded storms over the production client core: nothing lost, doubled, stuck or falsely said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sync.node import node

SCHEDULES = 500
SEEDS_FOR_A_PLANT = 1000


def simulate(*arguments: str) -> dict[str, Any]:
    outcome = node("simulator/run.mjs", *arguments)
    assert outcome.stdout, outcome.stderr
    return json.loads(outcome.stdout)


def planted() -> list[str]:
    outcome = node("simulator/run.mjs", "--plants")
    return json.loads(outcome.stdout)


# In parts, so that workers share them.
@pytest.mark.parametrize("part", range(4))
def test_no_storm_breaks_a_promise(part: int) -> None:
    first = 1 + part * SCHEDULES
    found = simulate("--from", str(first), "--count", str(SCHEDULES))
    assert found == {"problem": None, "schedules": SCHEDULES}, (
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
