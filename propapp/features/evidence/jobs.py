"""What the house does by itself for its evidence."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from uuid import UUID

from propapp.core.access import house
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session
from propapp.core.settings import settings
from propapp.core.stores import photo_store
from propapp.core.unit_of_work import unit_of_work
from propapp.features.evidence import exports, service
from propapp.features.evidence.contents import gather
from propapp.features.evidence.models import EvidenceExport
from propapp.features.evidence.packing import Tell, pack

log = logging.getLogger(__name__)

# A row is written for every so many files, so that a large bundle does not crowd out phones.
EVERY = 10
# Two who pack the same in one process would only take each other's time.
_PACKER = threading.Lock()


def keep_evidence(clock: Clock | None = None) -> int:
    """Chain what was left behind, and write down the heads of the days that are over."""
    with unit_of_work(house(), clock=clock) as uow:
        return service.chain_left_behind(uow) + service.keep_heads(uow)


def keep_exports(clock: Clock | None = None) -> int:
    """Pack the bundles that wait, and let go of those of long ago."""
    with unit_of_work(house(), clock=clock) as uow:
        for export_id in service.forget_old(uow):
            file_of(export_id).unlink(missing_ok=True)
    return pack_waiting(clock)


def pack_waiting(clock: Clock | None = None) -> int:
    """Pack what waits, one after the other; other processes may do the same and harm nothing."""
    packed = 0
    with _PACKER:
        while export := _next():
            _pack(export, clock or SystemClock())
            packed += 1
    return packed


def _next() -> EvidenceExport | None:
    with read_session() as session:
        return next(iter(exports.waiting(session)), None)


def file_of(export_id: UUID) -> Path:
    """Where a bundle lies."""
    return settings().data / "exports" / f"{export_id}.zip"


def _pack(export: EvidenceExport, clock: Clock) -> None:
    try:
        with read_session() as session:
            contents = gather(session, export, at=clock.now())
        size, sha256 = pack(contents, photo_store(), file_of(export.id), _teller(export.id, clock))
    except Exception:
        log.exception("the bundle %s could not be packed", export.id)
        with unit_of_work(house(), clock=clock) as uow:
            service.give_up(uow, export.id)
        return
    with unit_of_work(house(), clock=clock) as uow:
        service.hand_out(uow, export.id, size=size, sha256=sha256)


def _teller(export_id: UUID, clock: Clock) -> Tell:
    def tell(done: int, total: int) -> None:
        if done == 1 or done % EVERY == 0:
            with unit_of_work(house(), clock=clock) as uow:
                service.tell_progress(uow, export_id, done=done, total=total)

    return tell
