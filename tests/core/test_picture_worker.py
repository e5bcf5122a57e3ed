"""The process that opens pictures, as the server and the terminal treat it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    """The process, alone."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "propapp.core.stores.picture_worker"]
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    yield process
    process.kill()
    process.communicate()


def test_ctrl_c_leaves_the_end_to_the_server(worker: subprocess.Popen[str], tmp_path: Path) -> None:
    no_picture = tmp_path / "words"
    no_picture.write_text("words")
    question = json.dumps({"path": str(no_picture), "copies": {}}) + "\n"
    assert worker.stdin
    assert worker.stdout
    for _ in range(2):
        worker.stdin.write(question)
        worker.stdin.flush()
        assert json.loads(worker.stdout.readline()) == {"error": "photo_format"}
        worker.send_signal(signal.SIGINT)
    _, complaints = worker.communicate()
    assert (worker.returncode, complaints) == (0, "")
