"""The process that opens pictures, as the server and the terminal treat it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from propapp.core.stores import picture_worker


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    """The process, alone."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "propapp.core.stores.picture_worker"]
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("mode", ["I;16", "LA", "P", "CMYK"])
def test_a_picture_that_is_coloured_in_bands_has_no_seam(mode: str, tmp_path: Path) -> None:
    rows = 4 * picture_worker.BAND + 7
    rising = Image.linear_gradient("L").resize((60, rows))
    odd = (
        rising.convert("I").point(lambda value: value * 256).convert(mode)
        if mode == "I;16"
        else rising
    )
    odd = odd.convert(mode)
    clear = {"transparency": 255} if mode == "P" else {}
    odd.save(tmp_path / "odd", "JPEG" if mode == "CMYK" else "PNG", **clear)
    shown = str(tmp_path / "shown")
    said = picture_worker.look(str(tmp_path / "odd"), {"display": shown})
    assert (said["width"], said["height"]) == (60, rows)
    with Image.open(shown) as display:
        line = display.convert("L").resize((1, display.height)).tobytes()[:-20]
        ramp = [at * 255 / display.height for at in range(len(line))]
    assert max(abs(one - other) for one, other in zip(line, ramp, strict=True)) < 9


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
