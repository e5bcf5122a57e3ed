"""Each operation exactly once, in a transaction of its own; what may pass is tried again."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError

from propapp.core.access import Actor
from propapp.core.clock import Clock
from propapp.core.errors import Busy, Damaged, Gap, PropappError
from propapp.core.sync.books import SqlBooks
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.settle import Answer, Books, Collided, settle
from propapp.core.unit_of_work import unit_of_work

log = logging.getLogger(__name__)

ATTEMPTS = 4

# Books that are open for one transaction, committed at the end of the ``with``.
OpenBooks = Callable[[], AbstractContextManager[Books]]


def apply_batch(
    actor: Actor, device_id: UUID, envelopes: Sequence[Envelope], clock: Clock
) -> list[Answer]:
    """Apply in the given order, one transaction each; one that fails holds back only its thread."""
    return [apply(actor, device_id, envelope, clock) for envelope in envelopes]


def apply(actor: Actor, device_id: UUID, envelope: Envelope, clock: Clock) -> Answer:
    """Apply one operation of the actor's device to the house's own books."""

    @contextmanager
    def books() -> Generator[Books]:
        with unit_of_work(actor, clock=clock) as uow:
            yield SqlBooks.of(uow, device_id)

    return apply_to(books, envelope)


def apply_to(
    books: OpenBooks, envelope: Envelope, *, pause: Callable[[float], object] = time.sleep
) -> Answer:
    """Apply once and tell; nothing but a committed row is ever answered with success.

    ``pause`` waits these seconds before the next attempt.
    """
    if not envelope.is_whole():
        return _not_now(envelope, Damaged())
    collisions = 0
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with books() as opened:
                return settle(opened, envelope, last=collisions == ATTEMPTS - 1)
        except Gap as gap:
            return _not_now(envelope, gap)
        except Exception as error:  # noqa: BLE001 - a bug must not lose or wedge other operations
            if not _may_pass(error):
                return _failed(envelope, error)
            # A database that was locked says nothing about the operation: only collisions count.
            collisions += isinstance(error, Collided)
            pause(random.uniform(0.02, 0.1) * attempt)  # noqa: S311 - only spreads the herd
    return _not_now(envelope, Busy())


def _not_now(envelope: Envelope, error: PropappError) -> Answer:
    return Answer(
        envelope.id, envelope.body_sha256, "retry", code=error.code, facts=dict(error.facts)
    )


def _failed(envelope: Envelope, error: Exception) -> Answer:
    log.error("operation %s failed and will come again", envelope.id, exc_info=error)
    return _not_now(envelope, Busy())


def _may_pass(error: Exception) -> bool:
    """Whether the same transaction may go through when it is tried again."""
    if isinstance(error, Collided | IntegrityError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", "") or ""
    words = str(error.orig).lower()
    return state in {"40001", "40P01", "55P03"} or "locked" in words or "busy" in words
