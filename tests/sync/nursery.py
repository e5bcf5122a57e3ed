"""Servers of the API alone, with points at which they die; one after another on the same data."""

from __future__ import annotations

import os
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests import forked
from tests.serving import free_port
from tests.sync import mortal


@dataclass
class Nursery:
    """One data folder, one port, and one server after another on it."""

    data: Path
    port: int = field(default_factory=free_port)
    _child: forked.Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The server's process, and the group of it and its helpers."""
        assert self._child is not None
        return self._child.pid

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text(errors="replace")

    @property
    def _kept(self) -> Path:
        return self.data / "house-kept"

    def start(self, point: str = "", passes: int = 1, *, wait: bool = True) -> None:
        """Begin a server; with a point it dies there by itself."""
        self._child = forked.bear(
            mortal.serve,
            {"port": self.port, "point": point, "passes": passes, "kept": str(self._kept)},
            env={**os.environ, "PROPAPP_DATA": str(self.data)},
            log=self.data / "server.log",
        )
        if wait:
            self._wait_until_it_listens()

    def keeps_house(self, *, seconds: float = 60) -> bool:
        """Whether it puts in order what the one before it left half done, in this time.

        It does so beside serving: a phone can have nothing left to send before a seal is made
        that was lost with the last server.
        """
        deadline = time.monotonic() + seconds
        while self.alive() and time.monotonic() < deadline:
            if self._kept.exists() and self._kept.read_text() == str(self.pid):
                return True
            time.sleep(0.005)
        return False

    def alive(self) -> bool:
        """Whether the server's process is there."""
        return not self.is_dead_within(0)

    def kill(self) -> None:
        """End server and helpers as a power cut does, and wait until they are gone."""
        if self._child is None:
            return
        self._child.signal(signal.SIGKILL)
        assert self.is_dead_within(10)
        self._child = None

    def is_dead_within(self, seconds: float) -> bool:
        """Whether the server ends by itself in this time."""
        assert self._child is not None
        return self._child.has_ended_within(seconds)

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert time.monotonic() < deadline, self.log
            assert self.alive(), self.log
            time.sleep(0.005)
