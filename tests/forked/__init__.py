"""Processes for tests, forked from one mother that has imported all that a server imports.

Importing is two seconds of processor time for each start of a server; here a worker of the tests
pays them once. Everything else is what a process started by itself does too.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from propapp.build import ROOT
from propapp.cli import server_environment
from propapp.core.settings import Settings


class Child:
    """A process in a session of its own, known without being ours; who bore it reaps it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._handle: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle = None

    def __del__(self) -> None:
        if self._handle is not None:
            os.close(self._handle)

    def has_ended_within(self, seconds: float) -> bool:
        """Whether it ends in this time, or has ended before."""
        if self._handle is None:
            return True
        ends = select.poll()
        ends.register(self._handle, select.POLLIN)
        return bool(ends.poll(seconds * 1000))

    def signal(self, number: int) -> None:
        """Send this to all processes of its group, if there are any."""
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return


def bear(
    life: Callable[..., None], given: dict[str, Any], *, env: dict[str, str], log: Path
) -> Child:
    """A child that runs this function of a module with what is given; it writes to the log."""
    mother = _mother()
    assert mother.stdin is not None
    assert mother.stdout is not None
    order = {"module": life.__module__, "name": life.__name__, "given": given, "env": env}
    order["log"] = str(log.absolute())
    print(json.dumps(order), file=mother.stdin, flush=True)
    return Child(int(mother.stdout.readline()))


@cache
def _mother() -> subprocess.Popen[str]:
    """The one of this process; she ends with it, for then her orders end."""
    # What is imported depends on some of a server's environment; what lies where, it must not.
    served = server_environment(Settings(), Path())
    mother = subprocess.Popen(
        [sys.executable, "-m", "tests.forked.mother"],
        cwd=ROOT,
        env={**os.environ, **served},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    atexit.register(mother.communicate)
    return mother
