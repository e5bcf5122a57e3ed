"""A real server process for tests: started, stopped and killed like a real one."""

import os
import secrets
import signal
import socket
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from propapp.build import ROOT
from tests import forked
from tests.forked import lives

__all__ = ["ROOT", "ServerProcess", "free_port"]

STARTS_WITHIN = 60.0
ENDS_WITHIN = 15.0


# Below the ports that the kernel gives to clients: while a server is down, a client that knocks
# at such a port may be given this very port as its own, and the server cannot come back.
PORTS = range(15_000, 32_000)


def free_port() -> int:
    """A port that nobody listens on, and that no client will be given."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@dataclass
class ServerProcess:
    """PropApp in a process group of its own, with a data folder of its own.

    Where the start itself is what is looked at, it is `fresh`: an interpreter imports it all anew.
    """

    data: Path
    shelf: Path
    port: int = field(default_factory=free_port)
    env: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    fresh: bool = False
    _process: forked.Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def group(self) -> int:
        """The process group of the server and its workers."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text(errors="replace")

    def start(self) -> "ServerProcess":
        """Start, on the same port and data as before, and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        env = {**os.environ, "PROPAPP_DATA": str(self.data), "PORT": str(self.port), **self.env}
        env["PROPAPP_FRONTEND"] = str(self.shelf)
        self._process = forked.bear(
            lives.fresh_command_line if self.fresh else lives.command_line,
            {"options": ["serve", *self.options]},
            env=env,
            log=self.data / "server.log",
        )
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def terminate(self) -> None:
        """End it as a system that puts a new version in its place; refused when it takes long."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does: nothing is finished, nothing is flushed."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it hang: connections stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._process is not None:
            self._process.signal(number)

    def _end(self, number: int) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.signal(number)
        if not process.has_ended_within(ENDS_WITHIN):
            process.signal(signal.SIGKILL)
            raise TimeoutError(f"The server did not end in {ENDS_WITHIN} s:\n{self.log}")
        self._wait_until_nobody_listens()

    def _wait_until_nobody_listens(self) -> None:
        """The worker holds the port too, and may outlive its parent by some thousandths."""
        deadline = time.monotonic() + ENDS_WITHIN
        while not self._can_be_listened_on():
            if time.monotonic() > deadline:
                raise TimeoutError(f"Somebody still listens on port {self.port}:\n{self.log}")
            time.sleep(0.002)

    def _can_be_listened_on(self) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return False
        return True

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            if self._process.has_ended_within(0):
                raise RuntimeError(f"The server ended by itself:\n{self.log}")
            if self._answers():
                return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"The server was not ready in {STARTS_WITHIN} s:\n{self.log}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/ping", timeout=2):
                return True
        except OSError:
            return False
