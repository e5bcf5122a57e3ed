"""File systems of a test's own, small enough to be full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Room for so many bytes over this folder, which must be there and is covered meanwhile."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    said = subprocess.run(mount, capture_output=True, text=True)
    if said.returncode != 0:
        # Writes that fail by themselves are tried elsewhere, for every n: this is the real thing.
        pytest.skip(f"no file system can be mounted here: {said.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """A file that takes all the room there is, to the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            os.fsync(file.fileno())
    return filler
