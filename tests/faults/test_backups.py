"""The n-th file call fails under a backup and its restoring: whole, or not there, and said."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from propapp.backup import NoBackup, back_up, check, restore
from propapp.core.db.engine import engine
from propapp.core.settings import settings
from propapp.core.stores import Form, photo_store
from propapp.core.sync.meta import present_meta
from propapp.core.sync.models import Operation
from propapp.features.photos.models import Photo
from tests.api.pictures import a_picture
from tests.disks import fill, small_disk
from tests.faults.files import WAYS, Call, FileFaults, below
from tests.features.evidence.conftest import walk
from tests.reliability import SOAK, record
from tests.world import World, a_world, rows

WHAT = "The n-th file call of a backup or its restoring fails, for every n, once and for ever"
CALLS: list[Call] = [
    (os, "open"),
    (os, "fsync"),
    (Path, "open"),
    (Path, "mkdir"),
    (Path, "replace"),
    (shutil, "copy"),
    (shutil, "copyfile"),
]
MOST = 100


@pytest.fixture
def walked(database: Path) -> World:
    """A house with a round in it and its photos."""
    garden = a_world()
    walk(garden, [a_picture(60, 40), a_picture(40, 60)])
    return garden


def has_all(operations: list[Operation]) -> bool:
    """The house has this work and the bytes of each photo."""
    for photo in rows(Photo):
        assert photo_store().file(photo.sha256, Form.ORIGINAL).is_file()
    return len(rows(Photo)) == 2 and rows(Operation) == operations


@contextmanager
def another_house(folder: Path) -> Iterator[None]:
    """An empty data folder in place of the test's own, for as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROPAPP_DATA", str(folder))
        settings.cache_clear()
        try:
            yield
        finally:
            engine().dispose()
    settings.cache_clear()


@pytest.mark.timeout(SOAK)
@WAYS
def test_every_file_call_of_a_backup_may_fail(
    walked: World, tmp_path: Path, request: pytest.FixtureRequest, code: int, *, lasting: bool
) -> None:
    place = tmp_path / "backups"
    with record(request, WHAT, "I1 I6", "F46 F50 F52 F54", 0, "faults") as entry:
        for at in range(1, MOST):
            target, promised = place / str(at), present_meta().backed_up_to
            faults = FileFaults(at, code, lasting=lasting, calls=CALLS, touches=below(place))
            with faults.at_work():
                try:
                    back_up(target)
                except NoBackup as refusal:
                    assert str(refusal)
                    assert present_meta().backed_up_to == promised
            if faults.out_of_reach:
                break
            # Under its name there is a whole backup or none.
            if not target.exists():
                back_up(target)
            assert check(target)["photos"] == 2
            entry["runs"] = at
        assert 15 < entry["runs"] < MOST - 1
        assert list(place.glob("*.part")) == []


@pytest.mark.timeout(SOAK)
@WAYS
def test_every_file_call_of_a_restoring_may_fail(
    walked: World, tmp_path: Path, request: pytest.FixtureRequest, code: int, *, lasting: bool
) -> None:
    source, operations, before = tmp_path / "backup", rows(Operation), present_meta().epoch
    back_up(source)
    with record(request, WHAT, "I1 I6", "F46 F50 F52 F54", 0, "faults") as entry:
        for at in range(1, MOST):
            folder = tmp_path / "houses" / str(at)
            faults = FileFaults(at, code, lasting=lasting, calls=CALLS, touches=below(folder))
            with another_house(folder):
                with faults.at_work():
                    try:
                        restore(source)
                    except NoBackup as refusal:
                        assert str(refusal)
                if not (folder / "propapp.db").exists():
                    restore(source)
                # Phones send again only to another epoch: a house never stands under the old one.
                assert present_meta().epoch != before
                assert has_all(operations)
            shutil.rmtree(folder)
            if faults.out_of_reach:
                break
            entry["runs"] = at
        assert 15 < entry["runs"] < MOST - 1


def test_what_a_killed_restoring_left_is_not_played_over_the_next(
    walked: World, tmp_path: Path
) -> None:
    """Its journal is whole, and of another backup: SQLite would believe it."""
    operations, folder = rows(Operation), tmp_path / "house"
    back_up(tmp_path / "backup")
    folder.mkdir()
    (folder / "propapp.part-wal").write_bytes(journal_of_another(tmp_path / "another.db"))
    with another_house(folder):
        restore(tmp_path / "backup")
        assert has_all(operations)
    assert list(folder.glob("*.part*")) == []


def journal_of_another(file: Path) -> bytes:
    """What a killed process leaves beside a database: pages that are not in it yet."""
    shutil.copy(settings().data / "propapp.db", file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("DELETE FROM operation")
        database.commit()
        return file.with_name(f"{file.name}-wal").read_bytes()


def test_a_backup_on_a_disk_that_is_really_full_is_none(
    walked: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    with small_disk(place, 4 << 20):
        filler = fill(place)
        with pytest.raises(NoBackup, match="disk is full"):
            back_up(place / "one")
        assert not (place / "one").exists()
        assert present_meta().backed_up_to is None
        filler.unlink()
        assert back_up(place / "one") == 2
