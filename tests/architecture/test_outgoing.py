"""The house calls nobody: what fails elsewhere fails nothing here, and no fault loop is wanted."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The command line asks its own server whether it is up; it is no part of what serves.
OWN = {"propapp/cli.py"}
CALLERS = {"httpx", "requests", "aiohttp", "http.client", "urllib.request", "smtplib", "websockets"}


def imported(file: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_nothing_in_the_house_calls_out() -> None:
    calling = {
        file.relative_to(ROOT).as_posix(): sorted(imported(file) & CALLERS)
        for file in (ROOT / "propapp").rglob("*.py")
        if imported(file) & CALLERS and file.relative_to(ROOT).as_posix() not in OWN
    }
    # Whoever adds the first call adds the loop that fails its n-th one (tests/faults).
    assert calling == {}
