"""Servers that start in an instant: forked from one that has imported everything."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.serving import ROOT, free_port


@dataclass
class Nursery:
    """One data folder, one port, and one server after another on it."""

    data: Path
    port: int = field(default_factory=free_port)
    pid: int = 0
    _mother: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        with (self.data / "server.log").open("ab") as log:
            self._mother = subprocess.Popen(
                [sys.executable, "-m", "tests.sync.mortal"],
                cwd=ROOT,
                env={**os.environ, "PROPAPP_DATA": str(self.data)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        assert self._mother is not None
        self._mother.communicate()

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text(errors="replace")

    def start(self, point: str = "", passes: int = 1, *, wait: bool = True) -> None:
        """Fork a server; with a point it dies there by itself."""
        assert self._mother is not None
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        order = {"port": self.port, "point": point, "passes": passes}
        print(json.dumps(order), file=self._mother.stdin, flush=True)
        self.pid = int(self._mother.stdout.readline())
        if wait:
            self._wait_until_it_listens()

    def alive(self) -> bool:
        """Whether the server's process is there."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """End server and helpers as a power cut does, and wait until they are gone."""
        if not self.pid:
            return
        for end in (os.killpg, os.kill):
            with suppress(ProcessLookupError):
                end(self.pid, signal.SIGKILL)
        assert self.is_dead_within(10)
        self.pid = 0

    def is_dead_within(self, seconds: float) -> bool:
        """Whether the server ends by itself in this time."""
        deadline = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert time.monotonic() < deadline, self.log
            assert self.alive(), self.log
            time.sleep(0.005)
