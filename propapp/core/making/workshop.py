"""Making what waits, one after the other; any process may, and twice does no harm."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.access import house
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session
from propapp.core.making.flow import MAKING_FLOW
from propapp.core.making.models import ExportStatus, Made
from propapp.core.making.whole import PART, Digest, digest_of, whole
from propapp.core.progress import Tell
from propapp.core.settings import settings
from propapp.core.unit_of_work import unit_of_work

log = logging.getLogger(__name__)

MadeT = TypeVar("MadeT", bound=Made)

# What was made can be made again.
KEPT = timedelta(days=7)
# A row is written so often at most, so that a large file does not crowd out phones.
_TOLD = 20
_MOST_TRIES = 5
# Nobody takes so long over one file: what lies unfinished since then was left by somebody killed.
_LEFT = timedelta(hours=6)
# Two who make something in one process would only take each other's time.
_AT_WORK = threading.Lock()


@dataclass(frozen=True)
class Workshop(Generic[MadeT]):
    """Makes the rows of one table into files of one folder.

    ``make`` writes the whole file to the place it is given and says how far it is.
    """

    model: type[MadeT]
    folder: str
    suffix_of: Callable[[MadeT], str]
    make: Callable[[MadeT, Path, Tell, Clock], None]

    def file_of(self, row: MadeT) -> Path:
        """Where the file lies, or will."""
        return self._place / f"{row.id}.{self.suffix_of(row)}"

    def keep(self, clock: Clock | None = None) -> int:
        """Make what waits, and let go of what was made long ago."""
        with unit_of_work(house(), clock=clock) as uow:
            old = self._old(uow.session, uow.now - KEPT)
            gone = [self.file_of(row) for row in old]
            for row in old:
                uow.session.delete(row)
        for file in gone:
            file.unlink(missing_ok=True)
        self._sweep()
        return self.make_waiting(clock)

    def make_waiting(self, clock: Clock | None = None) -> int:
        """Make what waits, the oldest first; gives how many were tried."""
        made = 0
        with _AT_WORK:
            while row := self._next():
                self._one(row, clock or SystemClock())
                made += 1
        return made

    @property
    def _place(self) -> Path:
        return settings().data / self.folder

    def _next(self) -> MadeT | None:
        wanted = select(self.model).where(col(self.model.status) == ExportStatus.WAITING)
        with read_session() as session:
            return session.exec(wanted.order_by(col(self.model.asked_at)).limit(1)).first()

    def _old(self, session: Session, before: datetime) -> Sequence[MadeT]:
        wanted = select(self.model).where(
            col(self.model.asked_at) < before, col(self.model.status) != ExportStatus.WAITING
        )
        return session.exec(wanted).all()

    def _one(self, row: MadeT, clock: Clock) -> None:
        if not self._begin(row.id, clock):
            return
        try:
            target = self.file_of(row)
            with whole(target) as draft:
                self.make(row, draft, self._teller(row.id, clock), clock)
            digest = digest_of(target)
        except Exception:
            log.exception("%s %s could not be made", self.model.__name__, row.id)
            self._give_up(row.id, clock)
            return
        self._hand_out(row.id, digest, clock)

    def _begin(self, row_id: UUID, clock: Clock) -> bool:
        """Count the try; what was tried too often is given up."""
        with unit_of_work(house(), clock=clock) as uow:
            row = uow.session.get_one(self.model, row_id)
            row.tries += 1
            tried_out = row.tries > _MOST_TRIES
        if tried_out:
            log.error("%s %s ended its maker too often", self.model.__name__, row_id)
            self._give_up(row_id, clock)
        return not tried_out

    def _teller(self, row_id: UUID, clock: Clock) -> Tell:
        told = 0

        def tell(done: int, total: int) -> None:
            nonlocal told
            step = max(1, total // _TOLD)
            if told and done - told < step:
                return
            told = done
            with unit_of_work(house(), clock=clock) as uow:
                row = uow.session.get_one(self.model, row_id)
                row.done, row.total = done, total

        return tell

    def _hand_out(self, row_id: UUID, digest: Digest, clock: Clock) -> None:
        """It is there; made twice in the same moment it is handed out once."""
        with unit_of_work(house(), clock=clock) as uow:
            row = uow.session.get_one(self.model, row_id)
            if row.ready_at is None:
                row.status = MAKING_FLOW.next_status("hand_out", row.status)
                row.done, row.size, row.sha256 = row.total, digest.size, digest.sha256
                row.ready_at = uow.now

    def _give_up(self, row_id: UUID, clock: Clock) -> None:
        """It was not made, nor elsewhere; whoever asked for it is shown so."""
        with unit_of_work(house(), clock=clock) as uow:
            row = uow.session.get_one(self.model, row_id)
            if row.ready_at is None and row.status is ExportStatus.WAITING:
                row.status = MAKING_FLOW.next_status("give_up", row.status)

    def _sweep(self) -> None:
        """Take away what somebody who was killed has begun."""
        before = (datetime.now(UTC) - _LEFT).timestamp()
        for draft in self._place.glob(f"*{PART}"):
            if draft.stat().st_mtime < before:
                draft.unlink(missing_ok=True)
