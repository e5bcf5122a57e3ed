"""What must be true at any moment, whatever failed: rows, files and promises agree."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection

from sqlalchemy import text
from sqlmodel import Session, select

from propapp.core.db.engine import read_session
from propapp.core.making.models import ExportStatus
from propapp.core.settings import settings
from propapp.core.stores import Form, photo_store
from propapp.core.sync.models import Operation
from propapp.core.timeline import TimelineEvent
from propapp.features.evidence.models import EvidenceExport
from propapp.features.evidence.service import verify
from propapp.features.messages.models import Message
from propapp.features.orders.models import WorkOrder
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.models import Run, RunStatus
from tests.faults.day import Hand
from tests.sync.ledger import check_promises
from tests.world import rows


def nothing_is_half_there(*hands: Hand) -> None:
    """What was promised is here, and each operation with all that it does, or nothing of it."""
    for hand in hands:
        check_promises(hand)
    with read_session() as session:
        _operations_and_effects(session)
        _photos_and_files(session)
        _bundles_and_files(session)
        assert verify(session, photo_store()).broken is None


def the_round_is_there_once(operations: Collection[str], photos: Collection[str]) -> None:
    """All of it arrived: these operations and photos, each once, and nothing besides."""
    nothing_is_half_there()
    assert sorted(str(one.id) for one in rows(Operation)) == sorted(operations)
    assert {photo.sha256 for photo in rows(Photo)} == set(photos)
    (run,), (order,) = rows(Run), rows(WorkOrder)
    assert run.status is RunStatus.SEALED
    told = Counter(event.verb for event in rows(TimelineEvent))
    assert told == ONCE | ({"order.assigned": 1} if order.assignee_id else {})
    assert Counter(one.parent_kind for one in rows(PhotoUse)) == {"run": 1, "order": 1}
    assert len({(one.person_id, one.kind) for one in rows(Message)}) == len(rows(Message))


ONCE = {
    "run.started": 1,
    "run.visited": 3,
    "run.finished": 1,
    "run.sealed": 1,
    "order.reported": 1,
}
# How many rows of what kind there are, in one look: this is asked hundreds of times.
COUNTS = """
SELECT 'operation ' || kind, count(*) FROM operation WHERE status = 'APPLIED' GROUP BY kind
UNION ALL SELECT 'told ' || verb, count(*) FROM timeline_event GROUP BY verb
UNION ALL SELECT 'not applied', count(*) FROM operation WHERE status != 'APPLIED'
UNION ALL SELECT 'quarantined', count(*) FROM quarantined_operation
UNION ALL SELECT 'runs', count(*) FROM run
UNION ALL SELECT 'finished', count(*) FROM run WHERE finished_at IS NOT NULL
UNION ALL SELECT 'sealed', count(*) FROM run WHERE status = 'SEALED'
UNION ALL SELECT 'visits', count(*) FROM visit
UNION ALL SELECT 'answers', count(*) FROM answer
UNION ALL SELECT 'orders', count(*) FROM work_order
UNION ALL SELECT 'assigned', count(*) FROM work_order WHERE assignee_id IS NOT NULL
UNION ALL SELECT 'uses', count(*) FROM photo_use
UNION ALL SELECT 'photos', count(*) FROM photo
UNION ALL SELECT 'brought', count(*) FROM photo_part WHERE stored_at IS NOT NULL
"""


def _operations_and_effects(session: Session) -> None:
    there = Counter(dict(session.execute(text(COUNTS)).all()))
    visits = there["operation round.visit"]
    assert there["not applied"] == there["quarantined"] == 0
    assert there["runs"] == there["operation round.start"] == there["told run.started"]
    assert there["visits"] == there["answers"] == there["told run.visited"] == visits
    assert there["orders"] == there["told order.reported"] == min(1, visits)
    assert there["uses"] == 2 * min(1, visits)
    assert there["finished"] == there["operation round.finish"] == there["told run.finished"]
    assert there["sealed"] == there["told run.sealed"] <= there["photos"] == there["brought"]
    assert there["assigned"] == there["operation order.assign"] == there["told order.assigned"]


def _photos_and_files(session: Session) -> None:
    for sha256, size in session.exec(select(Photo.sha256, Photo.size)):
        data = photo_store().file(sha256, Form.ORIGINAL).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256
        assert len(data) == size


def _bundles_and_files(session: Session) -> None:
    folder = settings().data / "exports"
    for export in session.exec(select(EvidenceExport)):
        if export.status is ExportStatus.READY:
            data = (folder / f"{export.id}.zip").read_bytes()
            assert hashlib.sha256(data).hexdigest() == export.sha256
    assert not list(folder.glob("*.part"))
