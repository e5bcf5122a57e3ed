"""A file that stands under its name only when all of it is on the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from propapp.core.ids import uuid7

PART = ".part"


class Digest(NamedTuple):
    """How many bytes a file has, and their SHA-256."""

    size: int
    sha256: str


@contextmanager
def whole(target: Path) -> Generator[Path]:
    """Give the place to write to; what is there at the end gets its name in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # Under a name of its own, for another process may be making the same.
    draft = target.with_suffix(f".{uuid7().hex}{PART}")
    try:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def digest_of(file: Path) -> Digest:
    """The size and SHA-256 of a file, read piece by piece."""
    with file.open("rb") as source:
        return Digest(file.stat().st_size, hashlib.file_digest(source, "sha256").hexdigest())
