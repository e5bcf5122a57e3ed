"""Compares what a phone was promised with what the server has in the end, down to the last byte."""

from __future__ import annotations

import hashlib
from collections import Counter
from uuid import UUID

from sqlmodel import select

from propapp.core.db.engine import read_session
from propapp.core.stores import Form, photo_store
from propapp.core.sync.models import Operation, QuarantinedOperation
from propapp.core.timeline import TimelineEvent
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.models import Answer, Run, RunStatus, Visit
from tests.sync.field import Worker


def check_promises(worker: Worker) -> None:
    """What was acknowledged is there, whole; may be asked at any moment."""
    with read_session() as session:
        stored = dict(session.exec(select(Operation.id, Operation.body_sha256)).all())
        rows = set(session.exec(select(Photo.sha256)))
    for operation, digest in worker.promises.operations.items():
        assert stored.get(UUID(operation)) == digest, f"lost: {operation}"
    for sha256 in worker.promises.photos:
        assert sha256 in rows, f"lost: photo {sha256}"
        whole = photo_store().file(sha256, Form.ORIGINAL).read_bytes()
        assert whole == worker.promises.shots[sha256]


def check_the_end(*workers: Worker) -> None:
    """After all was sent: everything once, nothing besides, sealed and whole."""
    for worker in workers:
        assert worker.complaints == []
        assert set(worker.promises.operations) == {made["id"] for made in worker.history}
        assert worker.promises.photos == set(worker.promises.shots)
        check_promises(worker)
    runs = {run: photos for one in workers for run, photos in one.promises.runs.items()}
    with read_session() as session:
        assert set(session.exec(select(Operation.id))) == {
            UUID(made["id"]) for one in workers for made in one.history
        }
        assert not session.exec(select(QuarantinedOperation)).all()
        assert {run.id for run in session.exec(select(Run))} == set(runs)
        assert {run.status for run in session.exec(select(Run))} == {RunStatus.SEALED}
        visits = Counter(session.exec(select(Visit.run_id)))
        answers = Counter(session.exec(select(Answer.run_id)))
        assert visits == answers == Counter(dict.fromkeys(runs, 3))
        assert Counter(session.exec(select(PhotoUse.parent_id))) == Counter(runs)
        events = Counter(session.exec(select(TimelineEvent.thing_id, TimelineEvent.verb)))
    _check_events(events, set(runs))
    _check_bytes()


def _check_events(events: Counter[tuple[UUID, str]], runs: set[UUID]) -> None:
    for run in runs:
        told = {verb: times for (thing, verb), times in events.items() if thing == run}
        assert told == {"run.started": 1, "run.visited": 3, "run.finished": 1, "run.sealed": 1}


def _check_bytes() -> None:
    folder = photo_store().file  # whatever lies under a name must be what the name says
    with read_session() as session:
        for photo in session.exec(select(Photo)):
            data = folder(photo.sha256, Form.ORIGINAL).read_bytes()
            assert hashlib.sha256(data).hexdigest() == photo.sha256
            assert len(data) == photo.size
