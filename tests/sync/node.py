"""Runs the field client's own JavaScript in node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.reliability import SOAK

HERE = Path(__file__).parent
# The sources are modules without a package of their own; node says so each time.
QUIET = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"


def node(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The outcome of one script under ``tests/sync``."""
    command = node_command(script, *arguments)
    return subprocess.run(command, capture_output=True, text=True, cwd=HERE, timeout=SOAK)


def converse(script: str, serve: Callable[[int, int], None], *arguments: str) -> Any:
    """What a script prints as JSON that asks ``serve`` at the other end of two pipes."""
    asks, asked = os.pipe()
    answered, answers = os.pipe()
    pipe = ("--reading", str(answered), "--writing", str(asked))
    process = subprocess.Popen(
        node_command(script, *arguments, *pipe),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(answered, asked),
    )
    os.close(answered)
    os.close(asked)
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.extend(process.communicate()))
    reader.start()
    try:
        serve(asks, answers)
    finally:
        reader.join()
    said, trouble = told
    if not said:
        raise RuntimeError(trouble.decode())
    return json.loads(said)


def node_command(script: str, *arguments: str) -> list[str]:
    """How node is called for one script under ``tests/sync``."""
    if script == "--test":
        return [_node(), QUIET, *arguments]
    return [_node(), QUIET, str(HERE / script), *arguments]


def _node() -> str:
    beside = Path(sys.executable).parent / "node"
    found = str(beside) if beside.is_file() else shutil.which("node")
    if not found:
        raise RuntimeError("node is missing: install the requirements")
    return found
