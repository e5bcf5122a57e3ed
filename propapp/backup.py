"""A backup is a folder that can be checked by itself, and restored into an empty house.

``database.db`` · ``photos/<sh>/<sha256>`` · ``heads.csv`` (where each chain stood at the end of its
days, and now) · ``unsent.key`` (opens what phones seal for the office) · ``manifest.json``, written
last: a folder without it is no backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from propapp import proofs
from propapp.core.db import migrate
from propapp.core.db.engine import engine, engine_for
from propapp.core.errors import NoSpace
from propapp.core.parcels.key import FILE as KEY
from propapp.core.parcels.key import house_key
from propapp.core.settings import settings
from propapp.core.stores import Form, PhotoStore, photo_store
from propapp.core.stores.durable import fsync_file, fsync_folder, move
from propapp.core.sync.devices import begin_epoch, give_receipt
from propapp.features.photos.models import Photo

FORMAT, VERSION = "propapp-backup", 1
DATABASE, PHOTOS, HEADS, MANIFEST = "database.db", "photos", "heads.csv", "manifest.json"
_PIECE = 1 << 20

Tell = Callable[[], None]


class NoBackup(Exception):
    """Why it was not done, in a sentence for the operator."""


# The store of photos has its own word for a full disk, and so has a database for any of it.
_OF_THE_DISK = (OSError, NoSpace, sqlite3.Error, DBAPIError)


@contextmanager
def _disk_is_said() -> Iterator[None]:
    """A disk that fails or is full is a sentence, too; a backup without its end is none."""
    try:
        yield
    except _OF_THE_DISK as error:
        raise NoBackup(
            f"{_reason(error)}. This was not finished: make room, or take another disk, and begin"
            " again."
        ) from error


def _reason(error: Exception) -> str:
    first = error.__cause__ if isinstance(error, NoSpace) else error
    if isinstance(first, OSError):
        where = f"{first.filename}: " if first.filename else ""
        return f"{where}{first.strerror or first}"
    return str(error.orig if isinstance(error, DBAPIError) else error)


@_disk_is_said()
def back_up(target: Path) -> int:
    """Write a backup while the house goes on working; gives the number of photos in it."""
    if engine().dialect.name != "sqlite":
        raise NoBackup("This database is backed up by its own means; photos lie in their store.")
    if target.exists():
        raise NoBackup(f"{target} is there already: choose a new name.")
    draft = target.with_name(f"{target.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    begun = datetime.now(UTC)
    _copy_database(draft / DATABASE)
    # The photos are asked of the copy: what comes in from now on is the next backup's.
    with _opened(draft / DATABASE) as session, _bar("Photos") as bar:
        digests = list(session.exec(select(Photo.sha256).order_by(col(Photo.sha256))))
        with (draft / HEADS).open("w", encoding="utf-8", newline="") as out:
            proofs.write_heads(out, session, with_present=True)
        for sha256 in bar(digests):
            _copy_photo(photo_store(), sha256, draft / PHOTOS)
    _copy_key(draft)
    _describe(draft, digests)
    # Who hears that it is kept may let go of what it has: the power may go at any moment after.
    _settle(draft)
    move(draft, target, within=target.parent)
    # Phones let go of what they hear is kept, so it is read once more first.
    check(target)
    give_receipt(begun)
    return len(digests)


@_disk_is_said()
def restore(source: Path) -> int:
    """Fill an empty house from a backup, after every byte of it was checked.

    A new epoch begins, so that phones send again what the backup does not know.
    """
    said = check(source)
    chosen = settings()
    target = chosen.data / "propapp.db"
    if engine().dialect.name != "sqlite" or target.exists():
        raise NoBackup(f"{chosen.data} is in use: restore into an empty folder (PROPAPP_DATA).")
    chosen.data.mkdir(parents=True, exist_ok=True)
    with _bar("Photos") as bar:
        for file in bar(_photos_in(source)):
            photo_store().adopt(file.name, file)
    if KEY in said["sha256"]:
        _lay(source / KEY, chosen.data / KEY)
        fsync_file(chosen.data / KEY)
    # The database last: until it is there the house is empty, and this can be done again. It is
    # there only under its new epoch: with the old one phones would keep what it does not know.
    draft = target.with_suffix(".part")
    # The journal of a restoring that was cut short would be played over this copy.
    for left in chosen.data.glob(f"{draft.name}-*"):
        left.unlink()
    shutil.copy(source / DATABASE, draft)
    with _opened(draft) as session:
        migrate.upgrade(at=engine_for(_address(draft)))
        with session.begin():
            begin_epoch(session)
    fsync_file(draft)
    move(draft, target, within=target.parent)
    engine().dispose()
    return int(said["photos"])


def check(source: Path) -> dict[str, Any]:
    """The manifest of a backup, if every byte is what it says."""
    try:
        said = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoBackup(f"{source} is no finished backup.") from error
    if (said.get("format"), said.get("version")) != (FORMAT, VERSION):
        raise NoBackup(f"{source} was made by another version.")
    for name in sorted({DATABASE, HEADS, *said["sha256"]}):
        if _digest(source / name) != said["sha256"].get(name):
            raise NoBackup(f"{name} has changed since the backup was made.")
    with _bar("Checking") as bar:
        for file in bar(_photos_in(source)):
            if _digest(file) != file.name:
                raise NoBackup(f"The photo {file.name} has changed since the backup was made.")
    if len(_photos_in(source)) != said["photos"]:
        raise NoBackup("Photos are missing from the backup.")
    return said


def _copy_database(target: Path) -> None:
    """As of one instant, however much is written meanwhile; and without a journal beside it."""
    with closing(sqlite3.connect(target)) as copy, _raw_connection() as source:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _raw_connection() -> Iterator[sqlite3.Connection]:
    connection = engine().raw_connection()
    try:
        driver: Any = connection.driver_connection
        yield driver
    finally:
        connection.close()


@contextmanager
def _opened(file: Path) -> Iterator[Session]:
    found = engine_for(_address(file))
    try:
        with Session(found) as session:
            yield session
    finally:
        found.dispose()
        # Reading made a journal of its own; what is backed up is one file.
        with closing(sqlite3.connect(file)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")


def _address(file: Path) -> str:
    return f"sqlite:///{file.resolve()}"


def _settle(folder: Path) -> None:
    """Have the disk take every byte and every name below."""
    for place, _, files in os.walk(folder):
        for name in files:
            fsync_file(Path(place, name))
        fsync_folder(Path(place))


def _copy_photo(store: PhotoStore, sha256: str, folder: Path) -> None:
    target = folder / sha256[:2] / sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with store.file(sha256, Form.ORIGINAL).open("rb") as source, target.open("wb") as copy:
        while piece := source.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
    if digest.hexdigest() != sha256:
        raise NoBackup(f"The photo {sha256} is damaged: see `propapp verify`.")


def _copy_key(folder: Path) -> None:
    """Without it nothing that a phone had sealed before the fire could be opened after it."""
    house_key()
    _lay(settings().data / KEY, folder / KEY)


def _lay(source: Path, target: Path) -> None:
    """A copy that its owner alone may read, from its first byte on."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        os.fchmod(handle, 0o600)
        out.write(source.read_bytes())


def _describe(folder: Path, digests: list[str]) -> None:
    said = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "photos": len(digests),
        "sha256": {name: _digest(folder / name) for name in (DATABASE, HEADS, KEY)},
    }
    (folder / MANIFEST).write_text(json.dumps(said, indent=1), encoding="utf-8")


def _photos_in(source: Path) -> list[Path]:
    return sorted(file for file in (source / PHOTOS).glob("*/*") if file.is_file())


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


@contextmanager
def _bar(what: str) -> Iterator[Callable[[list[Any]], Iterator[Any]]]:
    with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn()) as progress:
        yield lambda things: iter(progress.track(things))
