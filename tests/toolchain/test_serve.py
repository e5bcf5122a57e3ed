"""Starting and ending the server, as a person does it at a terminal."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving import ROOT, ServerProcess

Serve = Callable[..., ServerProcess]


def until_said(server: ServerProcess, words: str) -> None:
    deadline = time.monotonic() + 10
    while words not in server.log:
        assert time.monotonic() < deadline, server.log
        time.sleep(0.05)


def until_gone(group: int) -> None:
    # Python's own helper process notices a moment later that its parent has ended.
    deadline = time.monotonic() + 5
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, "A process was left behind."
        time.sleep(0.05)


@pytest.mark.parametrize("fresh", [True, False])
def test_ctrl_c_leaves_no_process_behind(serve: Serve, *, fresh: bool) -> None:
    server = serve(fresh=fresh)
    group = server.group
    server.stop()
    until_gone(group)
    assert server.log.rstrip().endswith("Stopped.")


def test_it_starts_again_on_the_same_data(serve: Serve) -> None:
    server = serve(fresh=True)
    server.kill()
    server.start()
    until_said(server, "PropApp is ready")


def test_a_taken_port_is_said_plainly(shelf: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {**os.environ, "PORT": str(port), "PROPAPP_DATA": str(tmp_path)}
        env["PROPAPP_FRONTEND"] = str(shelf)
        command = [sys.executable, "-m", "propapp.cli", "serve"]
        answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert answer.returncode == 1
    assert f"Port {port} cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_start_loads_no_calendar_of_the_world() -> None:
    # It would cost every start, of two processes each, the better part of half a second.
    asked = "import sys, propapp.propapp; print(sorted({'holidays', 'ortools'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True)
    assert said.stdout.decode().split("\n")[-2] == "[]"


GARBAGE = """
import gc, os, sys
from pathlib import Path
from propapp import cli
os.environ.update(cli.server_environment(cli.settings(), Path(sys.argv[1])))
looked = []
gc.callbacks.append(lambda phase, info: looked.append(info["generation"]))
assert cli._load("propapp.propapp:app")
print(gc.isenabled(), len(looked) < 10)
"""


def test_a_start_looks_for_no_garbage(shelf: Path, tmp_path: Path) -> None:
    # Some hundred times while it imports, which was a quarter of the start.
    env = {**os.environ, "PROPAPP_DATA": str(tmp_path)}
    command = [sys.executable, "-c", GARBAGE, str(shelf)]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)
    assert said.stdout.decode().split("\n")[-2] == "True True"
