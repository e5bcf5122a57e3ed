"""The power goes right after an answer: what was not forced to the disk is gone, photos are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from propapp.core.settings import settings
from propapp.core.stores import Form, photo_store
from tests.api.pictures import a_picture, digest, upload
from tests.reliability import SOAK, record

PHOTOS = 500 if "PROPAPP_SOAK" in os.environ else 8


@dataclass
class Disk:
    """What a disk has for sure: bytes and names as they were when they were forced down last."""

    contents: dict[int, bytes] = field(default_factory=dict)
    names: dict[Path, dict[str, int]] = field(default_factory=dict)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note what each ``fsync`` forces down."""
        really = os.fsync

        def fsync(handle: int) -> None:
            really(handle)
            path = Path(f"/proc/self/fd/{handle}")
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                folder = path.readlink()
                self.names[folder] = {one.name: one.stat().st_ino for one in folder.iterdir()}
            else:
                self.contents[os.fstat(handle).st_ino] = path.read_bytes()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            yield

    def after_the_cut(self, path: Path, root: Path) -> bytes | None:
        """What is at this path when the power is back, if its name and bytes had reached it."""
        at = root
        for name in path.relative_to(root).parts:
            if name not in self.names.get(at, {}):
                return None
            at = at / name
        return self.contents.get(self.names[path.parent][path.name])


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
def test_a_photo_that_was_acknowledged_outlives_a_power_cut(
    guard: TestClient, database: Path, request: pytest.FixtureRequest
) -> None:
    what = "The power goes after an answer: un-fsynced bytes and names are gone"
    disk, root = Disk(), settings().data
    with record(request, what, "I1 I3", "F51", PHOTOS, "cuts"), disk.watched():
        for number in range(PHOTOS):
            data = a_picture(100 + number, 500, quality=90)
            assert upload(guard, data).status_code == 201
            path = photo_store().file(digest(data), Form.ORIGINAL)
            assert disk.after_the_cut(path, root) == data
