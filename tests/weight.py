"""What the processes of a server weigh while it is treated badly."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1024 * 1024
# What a server may weigh more than before, at its heaviest moment, all of its processes together.
MOST = 256 * MEGABYTE


@dataclass
class Weight:
    """Bytes of all processes of one group: at the beginning, and at the heaviest moment since."""

    group: int
    base: int
    heaviest: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def grown(self) -> int:
        """How much heavier it has been than at the beginning."""
        return max(self.heaviest, weigh(self.group, "VmHWM")) - self.base

    def watch(self) -> None:
        """Look again and again: a helper that ended takes its own mark with it."""
        while not self.over.wait(0.1):
            self.heaviest = max(self.heaviest, weigh(self.group, "VmRSS"))


@contextmanager
def weighed(group: int) -> Iterator[Weight]:
    """The weight of this process group from here on."""
    weight = Weight(group, weigh(group, "VmRSS"))
    watching = threading.Thread(target=weight.watch)
    watching.start()
    try:
        yield weight
    finally:
        weight.over.set()
        watching.join()


def members(group: int) -> Iterator[int]:
    """The processes of a group."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == group:
                    yield int(entry.name)
            except ProcessLookupError:
                continue


def weigh(group: int, what: str) -> int:
    """Bytes of all processes of the group: ``VmRSS`` now, ``VmHWM`` at the heaviest."""
    return sum(_kilobytes(process, what) * 1024 for process in members(group))


def spent(group: int) -> float:
    """Seconds of a processor that the group has used so far, with those of its that have ended."""
    ticks = sum(sum(map(int, _stat(process)[11:15])) for process in members(group))
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """The fields behind the name of a process: its state is the first of them."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _kilobytes(process: int, what: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)
