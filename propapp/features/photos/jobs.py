"""What a crash or a lost phone leaves behind is put in order; to do it twice changes nothing."""

from __future__ import annotations

import logging

from sqlmodel import col, delete, select, update

from propapp.core.clock import Clock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import NotFound
from propapp.core.stores import Likeness, PhotoStore
from propapp.features.photos.deliveries import ABANDONED_AFTER, REFUSALS, repair
from propapp.features.photos.models import Photo, PhotoPart, likeness_columns
from propapp.features.photos.register import intake_of

log = logging.getLogger(__name__)

# In a minute, beside all else: a tenth of a second each.
LOOKED_AT = 60


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


def look_again(store: PhotoStore, *, limit: int = LOOKED_AT) -> int:
    """Note what photos look like that came before anybody asked, the newest first; how many.

    Each is written down by itself: whoever is stopped in the middle goes on with the next.
    """
    with read_session() as session:
        unseen = session.exec(
            select(Photo.sha256)
            .where(col(Photo.likeness).is_(None))
            .order_by(col(Photo.stored_at).desc())
            .limit(limit)
        ).all()
    for sha256 in unseen:
        seen = likeness_columns(_likeness(store, sha256))
        with write_session() as session, session.begin():
            session.execute(update(Photo).where(col(Photo.sha256) == sha256).values(**seen))
    return len(unseen)


def _likeness(store: PhotoStore, sha256: str) -> Likeness | None:
    try:
        return store.examine(sha256).likeness
    except (NotFound, *REFUSALS.values()) as refusal:
        # Without its bytes it looks like nothing; `propapp verify` says that they are gone.
        log.warning("the photo %s cannot be looked at: %s", sha256, refusal.code)
        return None


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
