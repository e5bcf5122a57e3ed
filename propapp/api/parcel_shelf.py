"""Parcels that were brought lie here until they are taken in, by this server or the next one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from propapp.api import unpacking
from propapp.core.access import house
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session
from propapp.core.errors import NotFound, ParcelDamaged, PropappError
from propapp.core.settings import settings
from propapp.core.unit_of_work import unit_of_work
from propapp.features.parcels import repository, service
from propapp.features.parcels.models import Parcel, ParcelItem

log = logging.getLogger(__name__)

# So many things are written down at once, so that a large parcel does not crowd out phones.
AT_ONCE = 25
ABANDONED_AFTER = timedelta(days=1)
# Two who take in the same in one process would only take each other's time.
_TAKER = threading.Lock()


def folder() -> Path:
    """Where parcels lie."""
    return settings().data / "parcels"


def file_of(parcel_id: UUID) -> Path:
    """Where this parcel lies."""
    return folder() / f"{parcel_id}.unsent"


def take_in_waiting(clock: Clock | None = None) -> int:
    """Take in what waits, one after the other; other processes may do the same and harm nothing."""
    taken = 0
    with _TAKER:
        while parcel := _next():
            _take_in(parcel, clock or SystemClock())
            taken += 1
    return taken


def keep_shelf(clock: Clock | None = None) -> int:
    """Take in what was left behind, and clear away what nobody finished bringing."""
    taken = take_in_waiting(clock)
    before = ((clock or SystemClock()).now() - ABANDONED_AFTER).timestamp()
    for file in folder().glob("*"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
    return taken


def _next() -> Parcel | None:
    with read_session() as session:
        return next(iter(repository.waiting(session)), None)


def _take_in(parcel: Parcel, clock: Clock) -> None:
    try:
        with file_of(parcel.id).open("rb") as source, _book(parcel.id, clock) as book:
            unpacking.take_in(parcel.id, source, book.note, partly=parcel.partly, clock=clock)
    except ParcelDamaged as damage:
        # Of a parcel that was wanted partly its whole beginning is in the house now.
        _end(parcel, clock, damage, failed=not parcel.partly)
    except FileNotFoundError:
        _end(parcel, clock, NotFound(), failed=True)
    except PropappError as refusal:
        _end(parcel, clock, refusal, failed=True)
    except Exception:
        log.exception("the parcel %s could not be taken in", parcel.id)
        _end(parcel, clock, PropappError(), failed=True)
    else:
        _end(parcel, clock)


def _end(
    parcel: Parcel, clock: Clock, error: PropappError | None = None, *, failed: bool = False
) -> None:
    with unit_of_work(house(), clock=clock) as uow:
        service.end(uow, parcel.id, code=error.code if error else "", failed=failed)
    # The phone still has all of it, until it has the house's own word.
    file_of(parcel.id).unlink(missing_ok=True)


class _Book:
    """Writes down what became of things, some at a time."""

    def __init__(self, parcel_id: UUID, clock: Clock) -> None:
        self.parcel_id, self.clock = parcel_id, clock
        self.items: list[ParcelItem] = []
        self.done = 0

    def note(self, item: ParcelItem, done: int) -> None:
        """One more thing is settled."""
        self.items.append(item)
        self.done = done
        if len(self.items) >= AT_ONCE:
            self.write()

    def write(self) -> None:
        """From now on it is seen."""
        items, self.items = self.items, []
        with unit_of_work(house(), clock=self.clock) as uow:
            service.tell_progress(uow, self.parcel_id, items, done=self.done)


@contextmanager
def _book(parcel_id: UUID, clock: Clock) -> Iterator[_Book]:
    book = _Book(parcel_id, clock)
    try:
        yield book
    finally:
        book.write()
