"""Looking through workbooks and taking them in, one after the other, away from any request."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from propapp.core.access import Actor, house
from propapp.core.clock import Clock
from propapp.core.db.engine import read_session
from propapp.core.errors import NotFound, PropappError, SheetChanged
from propapp.core.progress import Tell
from propapp.core.settings import settings
from propapp.core.sheets.reading import Sheet, read
from propapp.core.unit_of_work import UnitOfWork, looking, unit_of_work
from propapp.features.people.actors import actor_of_person
from propapp.features.sheets import repository, service
from propapp.features.sheets.checking import Outcome, check
from propapp.features.sheets.kinds.every import kind_of
from propapp.features.sheets.leaves import Leaf
from propapp.features.sheets.models import SheetImport, SheetStatus
from propapp.features.sheets.tables import Target
from propapp.features.sites.models import Site

log = logging.getLogger(__name__)

# Two who do the same in one process would only take each other's time.
_WORKER = threading.Lock()
# A row of progress for every so many rows of the file.
_EVERY = 25


def folder() -> Path:
    """Where workbooks lie."""
    return settings().data / "sheets"


def file_of(sheet_id: UUID) -> Path:
    """Where this workbook lies."""
    return folder() / f"{sheet_id}.xlsx"


def problems_of(sheet_id: UUID) -> Path:
    """Where it lies with what is wrong with it."""
    return folder() / f"{sheet_id}.problems.xlsx"


def progress_of(sheet_id: UUID) -> tuple[int, int]:
    """How many rows of how many are done.

    It stands in a file, for the rows are written in one transaction, out of which nothing is seen.
    """
    try:
        done, total = _progress_file(sheet_id).read_text(encoding="ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0


def _progress_file(sheet_id: UUID) -> Path:
    return folder() / f"{sheet_id}.progress"


def keep_sheets(clock: Clock | None = None) -> int:
    """Do what was left behind, and let go of what is of long ago."""
    with unit_of_work(house(), clock=clock) as uow:
        gone = service.forget_old(uow)
    for sheet_id in gone:
        forget_files(sheet_id)
    return work_waiting(clock)


def forget_files(sheet_id: UUID) -> None:
    """Nothing of a workbook is left lying."""
    for file in (file_of(sheet_id), problems_of(sheet_id), _progress_file(sheet_id)):
        file.unlink(missing_ok=True)


def work_waiting(clock: Clock | None = None) -> int:
    """Do what waits, one after the other; other processes may do the same and harm nothing."""
    count = 0
    with _WORKER:
        while sheet := _next():
            _work(sheet, clock)
            count += 1
    return count


def _next() -> SheetImport | None:
    with read_session() as session:
        return repository.waiting(session)


def _work(sheet: SheetImport, clock: Clock | None) -> None:
    def tell(act: Callable[[UnitOfWork], None]) -> None:
        with unit_of_work(house(), clock=clock) as uow:
            act(uow)

    try:
        content = _content(sheet)
        outcome = _tried(sheet, content, clock)
        if outcome is not None:
            _write_problems(sheet, content, outcome, clock)
            tell(lambda uow: service.tell_checked(uow, sheet.id, outcome))
    except PropappError as refusal:
        error = refusal
        tell(lambda uow: service.tell_refused(uow, sheet.id, error))
    except Exception:
        log.exception("the workbook %s could not be worked through", sheet.id)
        tell(lambda uow: service.tell_failed(uow, sheet.id))
    finally:
        _progress_file(sheet.id).unlink(missing_ok=True)


def _content(sheet: SheetImport) -> Sheet:
    path = file_of(sheet.id)
    if not path.exists():
        raise NotFound(kind="sheet_import")
    with path.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != sheet.sha256:
            raise SheetChanged
    return read(path)


def _tried(sheet: SheetImport, content: Sheet, clock: Clock | None) -> Outcome | None:
    """What would become of it; none where it was taken in, with all its rows in one transaction."""
    try:
        with unit_of_work(_actor(sheet), clock=clock) as uow:
            target = Target(uow.session.get_one(Site, sheet.site_id), sheet.plan_id)
            outcome = check(uow, kind_of(sheet.kind), target, content, _teller(sheet.id))
            _keep_only_if_asked(sheet, outcome)
            service.finish(uow, sheet.id, outcome)
    except _NotKept as looked:
        return looked.outcome
    problems_of(sheet.id).unlink(missing_ok=True)
    return None


class _NotKept(Exception):
    """Ends a transaction of which nothing shall remain."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _keep_only_if_asked(sheet: SheetImport, outcome: Outcome) -> None:
    if sheet.status is SheetStatus.WAITING or outcome.problems:
        raise _NotKept(outcome)


def _actor(sheet: SheetImport) -> Actor:
    with read_session() as session:
        return actor_of_person(session, sheet.person_id)


def _teller(sheet_id: UUID) -> Tell:
    def tell(done: int, total: int) -> None:
        if done % _EVERY == 0 or done == total:
            _progress_file(sheet_id).write_text(f"{done} {total}", encoding="ascii")

    return tell


def _write_problems(
    sheet: SheetImport, content: Sheet, outcome: Outcome, clock: Clock | None
) -> None:
    path = problems_of(sheet.id)
    path.unlink(missing_ok=True)
    if not outcome.problems:
        return
    actor = _actor(sheet)
    with looking(actor, clock=clock) as uow:
        target = Target(uow.session.get_one(Site, sheet.site_id), sheet.plan_id)
        leaf = Leaf(uow, kind_of(sheet.kind), target, actor.locale)
        written = leaf.with_problems(content, outcome.problems)
    path.write_bytes(written)
