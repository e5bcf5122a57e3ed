"""What a crash or a lost phone leaves behind is put in order; to do it twice changes nothing."""

from __future__ import annotations

from sqlmodel import col, delete, select

from propapp.core.clock import Clock
from propapp.core.db.engine import read_session, write_session
from propapp.core.stores import PhotoStore
from propapp.features.photos.deliveries import ABANDONED_AFTER, repair
from propapp.features.photos.models import PhotoPart
from propapp.features.photos.register import intake_of


def sweep(store: PhotoStore, clock: Clock) -> int:
    """End deliveries that lack only their end, drop those long abandoned; how many there were."""
    with read_session() as session:
        statement = select(PhotoPart).where(
            col(PhotoPart.stored_at).is_(None), PhotoPart.refused == ""
        )
        open_parts = session.exec(statement).all()
    intake = intake_of(store, clock)
    ended = [p for p in open_parts if repair(intake, p.person_id, p.sha256, p.size)]
    return len(ended) + _drop_abandoned(store, clock)


def _drop_abandoned(store: PhotoStore, clock: Clock) -> int:
    before = clock.now() - ABANDONED_AFTER
    abandoned = store.abandoned(before=before.timestamp())
    for person_id, sha256 in abandoned:
        store.discard(person_id, sha256)
        with write_session() as session, session.begin():
            session.execute(
                delete(PhotoPart).where(
                    col(PhotoPart.person_id) == person_id,
                    col(PhotoPart.sha256) == sha256,
                    col(PhotoPart.stored_at).is_(None),
                )
            )
    return len(abandoned)
