"""Runs the field client's own JavaScript in node."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.reliability import SOAK

HERE = Path(__file__).parent
# The sources are modules without a package of their own; node says so each time.
QUIET = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"


def node(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The outcome of one script under ``tests/sync``."""
    command = node_command(script, *arguments)
    return subprocess.run(command, capture_output=True, text=True, cwd=HERE, timeout=SOAK)


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
