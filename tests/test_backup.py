"""A backup is whole or none; it goes into an empty house only, and not a byte of it may differ."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from propapp import backup as backup_module
from propapp.cli import main
from propapp.core.db.engine import engine, engine_for
from propapp.core.evidence.models import EvidenceHead
from propapp.core.settings import settings
from propapp.core.sync.devices import epoch
from propapp.core.sync.meta import present_meta
from propapp.features.rounds.models import Run
from tests.api.pictures import a_picture
from tests.features.evidence.conftest import walk
from tests.world import World, a_world, rows


@pytest.fixture
def garden(database: Path) -> World:
    """A site where a round with two photos was walked."""
    world = a_world()
    walk(world, [a_picture(60, 40), a_picture(40, 60)])
    return world


@pytest.fixture
def backup(garden: World, tmp_path: Path) -> Path:
    """A backup of it."""
    answer = run("backup", tmp_path / "backup")
    assert answer.exit_code == 0, answer.output
    return tmp_path / "backup"


@pytest.fixture
def new_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, from now on the configured one."""
    folder = tmp_path / "new"
    engine().dispose()
    monkeypatch.setenv("PROPAPP_DATA", str(folder))
    settings.cache_clear()
    yield folder
    engine().dispose()
    engine_for.cache_clear()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_house_is_restored_with_its_photos_its_chain_and_a_new_epoch(
    backup: Path, new_house: Path, tmp_path: Path
) -> None:
    with (backup / "heads.csv").open(encoding="utf-8", newline="") as lines:
        kept = [(row["n"], row["hash"]) for row in csv.DictReader(lines)]
    answer = run("restore", backup)
    assert answer.exit_code == 0, answer.output
    assert len(rows(Run)) == 1
    (head,) = rows(EvidenceHead)
    assert (str(head.n), head.hash) == kept[-1]
    checked = run("verify", "--heads", backup / "heads.csv")
    assert checked.exit_code == 0, checked.output
    assert not list(new_house.glob("*.part"))
    second = run("backup", tmp_path / "second")
    assert second.exit_code == 0, second.output


def test_a_restored_house_opens_what_phones_sealed_before(backup: Path, new_house: Path) -> None:
    assert run("restore", backup).exit_code == 0
    for folder in (backup, new_house):
        assert stat.S_IMODE((folder / "unsent.key").stat().st_mode) == 0o600
    assert (new_house / "unsent.key").read_bytes() == (backup / "unsent.key").read_bytes()


def test_a_restored_house_begins_a_new_epoch(
    garden: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = epoch()
    run("backup", tmp_path / "backup")
    engine().dispose()
    monkeypatch.setenv("PROPAPP_DATA", str(tmp_path / "new"))
    settings.cache_clear()
    assert run("restore", tmp_path / "backup").exit_code == 0
    assert epoch() != before


@pytest.mark.parametrize(
    "file", ["database.db", "heads.csv", "unsent.key", "photo", "manifest.json"]
)
def test_a_changed_byte_is_found_and_nothing_is_restored(
    backup: Path, new_house: Path, file: str
) -> None:
    damaged = next((backup / "photos").glob("*/*")) if file == "photo" else backup / file
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(bytes(data))
    answer = run("restore", backup)
    assert answer.exit_code == 1, answer.output
    assert not (new_house / "propapp.db").exists()


def test_a_missing_photo_is_noticed(backup: Path, new_house: Path) -> None:
    next((backup / "photos").glob("*/*")).unlink()
    answer = run("restore", backup)
    assert answer.exit_code == 1
    assert "missing" in answer.output


def test_a_backup_that_did_not_end_is_none(backup: Path, new_house: Path) -> None:
    (backup / "manifest.json").unlink()
    assert "no finished backup" in run("restore", backup).output


def test_nothing_is_written_over(backup: Path, garden: World) -> None:
    assert "there already" in run("backup", backup).output
    assert "in use" in run("restore", backup).output


def test_phones_hear_of_a_backup_once_every_byte_of_it_was_read_again(
    garden: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert present_meta().backed_up_to is None
    before = datetime.now(UTC)
    assert run("backup", tmp_path / "first").exit_code == 0
    kept = present_meta().backed_up_to
    assert kept is not None
    # What servers' clocks may differ by is left out.
    assert before - timedelta(minutes=6) < kept < before
    describe = vars(backup_module)["_describe"]

    def and_then_the_disk_loses_a_byte(folder: Path, digests: list[str]) -> None:
        describe(folder, digests)
        photo = next((folder / "photos").glob("*/*"))
        photo.write_bytes(photo.read_bytes()[:-1])

    monkeypatch.setattr(backup_module, "_describe", and_then_the_disk_loses_a_byte)
    assert run("backup", tmp_path / "second").exit_code == 1
    assert present_meta().backed_up_to == kept


def test_a_restored_house_promises_nothing_that_the_old_one_did(
    backup: Path, garden: World, new_house: Path, tmp_path: Path
) -> None:
    assert run("restore", backup).exit_code == 0
    assert present_meta().backed_up_to is None
