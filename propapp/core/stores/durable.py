"""File writes that survive a power cut, or did not happen."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from propapp.core.errors import NoSpace

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def no_space_is_said() -> Generator[None]:
    """Turn a full disk into its own refusal."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace from error
        raise


@contextmanager
def locked(path: Path) -> Generator[BinaryIO]:
    """The file, open to read and append, with nobody else at it; also across processes."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Closed whatever happens: a handle that an error keeps alive would keep the lock for ever.
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Whoever had the lock before may have moved the file away under its name.
            if _is_still(path, file):
                yield file
                return


def append(file: BinaryIO, chunk: bytes, *, at: int) -> None:
    """Add bytes and do not come back before the disk has them; on failure none of them stay."""
    try:
        file.seek(at)
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    except OSError:
        _cut(file, at)
        raise


def move(source: Path, target: Path, *, within: Path) -> None:
    """Give a finished file its name, in one step, for good.

    Every folder up to ``within`` may be new as well, and a name in none of them would be kept.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    for folder in target.parents:
        fsync_folder(folder)
        if folder == within:
            return


def fsync_file(path: Path) -> None:
    """Have the disk take the file's bytes."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def fsync_folder(folder: Path) -> None:
    """Have the disk take the folder's names."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cut(file: BinaryIO, length: int) -> None:
    # The buffer may hold bytes that would be written on close: go below it.
    os.ftruncate(file.fileno(), length)


def _is_still(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
