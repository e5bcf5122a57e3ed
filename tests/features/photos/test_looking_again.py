"""Photos that came before anybody asked what they look like are looked at, some each minute."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import update

from bench.copies import a_scene, saved
from propapp.core.stores import Form, photo_store
from propapp.demo.pictures import Scene
from propapp.features.photos.jobs import look_again
from propapp.features.photos.models import Photo
from tests.photographs import bring
from tests.world import World, rows, write

# The house's own sweep in a process of its own, which stands still at the third photo.
SWEEP = """
import time
from propapp.core.stores import DiskPhotoStore, photo_store
from propapp.features.photos.jobs import look_again

class Slow(DiskPhotoStore):
    seen = 0
    def examine(self, sha256):
        self.seen += 1
        if self.seen == 3:
            print("stands", flush=True)
            time.sleep(600)
        return super().examine(sha256)

look_again(Slow(photo_store().folder))
"""

Looks = dict[str, tuple[bytes | str | int | None, ...]]


def looks() -> Looks:
    return {
        one.sha256: (one.likeness, one.patches, one.band_1, one.band_2, one.band_3, one.band_4)
        for one in rows(Photo)
    }


@pytest.fixture
def before(garden: World) -> Looks:
    """What six photos look like, which nobody has looked at since an older version took them."""
    for number, scene in enumerate((Scene.LOBBY, Scene.PUMP_ROOM, Scene.GARAGE_LANE)):
        for seed in (1, 2):
            bring(garden, "guard", saved(a_scene(scene, number * 2 + seed)))
    fresh = looks()
    with write() as session:
        nothing = dict.fromkeys(("likeness", "patches", "band_1", "band_2", "band_3", "band_4"))
        session.execute(update(Photo).values(**nothing))
    assert len(fresh) == 6
    return fresh


def unseen() -> int:
    return sum(one.likeness is None for one in rows(Photo))


def test_they_come_to_look_as_they_would_have_at_reception(before: Looks) -> None:
    assert [look_again(photo_store(), limit=4) for _ in range(3)] == [4, 2, 0]
    assert looks() == before


def test_a_sweep_that_is_killed_goes_on_where_it_was(before: Looks, database: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", SWEEP], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "stands\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert unseen() == 4
    assert look_again(photo_store()) == 4
    assert looks() == before


def test_a_photo_without_its_bytes_stands_in_nobodys_way(before: Looks) -> None:
    lost = next(iter(before))
    photo_store().file(lost, Form.ORIGINAL).unlink()
    assert [look_again(photo_store()) for _ in range(2)] == [6, 0]
    assert looks() == before | {lost: ("", None, None, None, None, None)}


def test_the_newest_are_looked_at_first(before: Looks) -> None:
    """Theirs are the visits that still wait for a score."""
    with write() as session:
        newest = max(before)
        photo = session.get_one(Photo, newest)
        photo.stored_at = photo.stored_at.replace(year=2030)
    look_again(photo_store(), limit=1)
    assert [one.sha256 for one in rows(Photo) if one.likeness is not None] == [newest]
