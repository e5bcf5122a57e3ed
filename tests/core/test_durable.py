"""Locks on parts of photos: an error must not leave one locked."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from propapp.core.stores import durable


def test_a_lock_ends_with_the_error_that_came_while_it_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tmp_path / "person" / "part"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", _fails)
        # The error is kept, as a log or a test keeps it, and with it every frame it passed.
        with pytest.raises(OSError, match="Input/output error") as kept, durable.locked(part):
            pytest.fail("the file could not be looked at")
    with part.open("a+b") as again:
        fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert kept.value.errno == errno.EIO


def _fails(_path: Path) -> os.stat_result:
    raise OSError(errno.EIO, os.strerror(errno.EIO))
