"""Many processes that do the same thing in the same moment, round after round."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from propapp.core.db.engine import engine, engine_for

START = multiprocessing.get_context("fork")
PATIENCE = 600


@dataclass(frozen=True)
class Said:
    """What one of them got in one round, and after how long."""

    round: int
    member: int
    answer: Any
    seconds: float


def all_at_once(size: int, rounds: int, act: Callable[[int, int], Any]) -> list[Said]:
    """Let each member act in each round, all of them released by one barrier."""
    engine().dispose()
    barrier, heard = START.Barrier(size), START.Queue()

    def live(member: int) -> None:
        # Connections must not be shared with the process that this one was copied from.
        engine_for.cache_clear()
        for number in range(rounds):
            barrier.wait(PATIENCE)
            began = time.monotonic()
            answer = act(member, number)
            heard.put(Said(number, member, answer, time.monotonic() - began))

    members = [START.Process(target=live, args=(member,)) for member in range(size)]
    for member in members:
        member.start()
    said = [heard.get(timeout=PATIENCE) for _ in range(size * rounds)]
    for member in members:
        member.join()
    assert {member.exitcode for member in members} == {0}
    return said
