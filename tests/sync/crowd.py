"""Many people who do the same thing in the same moment, round after round."""

from __future__ import annotations

import multiprocessing
import os
import queue
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from propapp.core.db.engine import engine, engine_for

START = multiprocessing.get_context("fork")
# So long nobody says anything only if somebody will never say anything.
PATIENCE = 120


@dataclass(frozen=True)
class Said:
    """What one of them got in one round, and after how long."""

    round: int
    member: int
    answer: Any
    seconds: float


def all_at_once(
    size: int, rounds: int, act: Callable[[int, int], Any], *, processes: int | None = None
) -> list[Said]:
    """Let each member act in each round, all of them released by one barrier.

    The members live in as many processes as there are members, or in fewer, as threads of theirs.
    """
    engine().dispose()
    houses = processes or size
    barrier, heard = START.Barrier(size), START.Queue()

    def live(member: int) -> None:
        for number in range(rounds):
            barrier.wait(PATIENCE)
            began = time.monotonic()
            answer = act(member, number)
            heard.put(Said(number, member, answer, time.monotonic() - began))

    def house(first: int) -> None:
        # Connections must not be shared with the process that this one was copied from.
        engine_for.cache_clear()
        broken = _together([_kept(live, member) for member in range(first, size, houses)])
        heard.close()
        heard.join_thread()
        # What else was copied, threads and browsers of the tests, is not this one's to end.
        os._exit(1 if broken else 0)

    built = [START.Process(target=house, args=(first,), daemon=True) for first in range(houses)]
    for one in built:
        one.start()
    try:
        said = _listen(heard, size * rounds, built)
        for one in built:
            one.join(PATIENCE)
        assert {one.exitcode for one in built} == {0}
    finally:
        for one in built:
            one.kill()
    return said


def _kept(live: Callable[[int], None], member: int) -> Callable[[list[str]], None]:
    def run(broken: list[str]) -> None:
        try:
            live(member)
        except BaseException:  # noqa: BLE001 - told on the terminal, and by the process's end
            broken.append(traceback.format_exc())
            traceback.print_exc()

    return run


def _together(lives: list[Callable[[list[str]], None]]) -> list[str]:
    broken: list[str] = []
    threads = [threading.Thread(target=life, args=(broken,)) for life in lives]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


def _listen(heard: Any, count: int, built: list[Any]) -> list[Said]:
    said: list[Said] = []
    last = time.monotonic()
    while len(said) < count:
        try:
            said.append(heard.get(timeout=1))
            last = time.monotonic()
        except queue.Empty:
            dead = [one.exitcode for one in built if one.exitcode]
            assert not dead, f"somebody died before all had spoken: {dead}"
            assert time.monotonic() - last < PATIENCE, f"silence after {len(said)} of {count}"
    return said
