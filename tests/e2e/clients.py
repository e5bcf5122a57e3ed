"""Clients of a test's own: the built one, changed in a place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.e2e.house import House


def own_client(house: House, shelf: Path, folder: Path) -> Path:
    """Let the house's server hand out a copy of the client; gives the copy."""
    own = Path(shutil.copytree(shelf, folder))
    house.server.stop()
    house.server.shelf = own
    house.server.start()
    return own


def change(own: Path, place: re.Pattern[str], new: str) -> None:
    """Put something else in the one place of the packed scripts that looks so."""
    scripts = {file: file.read_text(encoding="utf-8") for file in own.rglob("*.js")}
    [(script, text)] = [one for one in scripts.items() if place.search(one[1])]
    changed, count = place.subn(new, text)
    assert count == 1
    script.write_text(changed, encoding="utf-8")
    for packed in script.parent.glob(f"{script.name}.*"):
        packed.unlink()
