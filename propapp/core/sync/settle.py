"""What becomes of one operation: the rules alone, whoever keeps the books.

The house keeps them in its database (``books.py``); the simulator keeps them in memory and lets
every single call fail. The rules are the same.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from propapp.core.errors import (
    AuthorLeft,
    ChangedMeanwhile,
    Gap,
    OperationConflict,
    PropappError,
    SequenceReused,
    UnknownOperation,
)
from propapp.core.sync.effects import named_photos
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.models import Operation, OperationStatus

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What became of one operation, in the words of the protocol."""

    id: UUID
    body_sha256: str
    status: str
    outcome: OperationStatus | None = None
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    photos: tuple[str, ...] = ()


class Collided(Exception):
    """Somebody made the same row in the same moment; seen afresh it may end otherwise."""


class Books(Protocol):
    """One device's operations, inside one transaction: all that is written stays or none of it."""

    @property
    def author_left(self) -> bool:
        """Whether whoever did this has left the house meanwhile."""
        ...

    def enter(self, envelope: Envelope) -> Operation | None:
        """Write the operation under its keys; None when one of its keys is taken."""
        ...

    def stored(self, operation_id: UUID) -> Operation | None:
        """What is here under this id, whoever sent it."""
        ...

    def is_own(self, operation: Operation) -> bool:
        """Whether the sender of this transaction did it."""
        ...

    def last_before(self, operation: Operation) -> int:
        """The highest number below this one's in its thread, 0 for none."""
        ...

    def perform(self, operation: Operation) -> None:
        """Do what it asks, all of it or nothing: a ``PropappError`` is a refusal."""
        ...

    def keep_second(self, envelope: Envelope, *, reason: str) -> None:
        """Keep another content under used numbers for a human, each of them once."""
        ...


def settle(books: Books, envelope: Envelope, *, last: bool) -> Answer:
    """Enter the operation, carry it out and say what became of it; ``Gap`` when it is too early.

    ``last`` says that a collision will not be tried again: one that collides every time must
    not block its thread for ever.
    """
    operation = books.enter(envelope)
    if operation is None:
        return _seen_before(books, envelope)
    _refuse_gap(books, operation)
    _carry_out(books, operation, last=last)
    return _answer(envelope, operation, status=operation.status.value)


def _refuse_gap(books: Books, operation: Operation) -> None:
    """Hold an operation back until the one before it in its thread is here."""
    if operation.n == 1:
        return
    expected = books.last_before(operation) + 1
    if expected < operation.n:
        raise Gap(expected=expected)


def _carry_out(books: Books, operation: Operation, *, last: bool) -> None:
    """Do what the operation asks; a refusal undoes its effects, but its row remains."""
    if books.author_left:
        _mark(operation, OperationStatus.QUARANTINED, AuthorLeft())
        return
    try:
        books.perform(operation)
    except UnknownOperation as refusal:
        _mark(operation, OperationStatus.QUARANTINED, refusal)
    except PropappError as refusal:
        _mark(operation, OperationStatus.REJECTED, refusal)
    except Collided:
        if not last:
            raise
        _mark(operation, OperationStatus.REJECTED, ChangedMeanwhile())


def _mark(operation: Operation, status: OperationStatus, refusal: PropappError) -> None:
    operation.status = status
    operation.code = refusal.code
    operation.facts = dict(refusal.facts)


def _seen_before(books: Books, envelope: Envelope) -> Answer:
    """The keys say that it is here already: the same again, or another one under used numbers."""
    stored = books.stored(envelope.id)
    if stored is None:
        return _second(books, envelope, SequenceReused(seq=envelope.seq))
    if not (books.is_own(stored) and _same(stored, envelope)):
        return _second(books, envelope, OperationConflict())
    return _answer(envelope, stored, status="duplicate")


def _same(stored: Operation, envelope: Envelope) -> bool:
    # Numbers are left out: a phone that had to take a new device id counts its thread anew.
    return (
        stored.body_sha256 == envelope.body_sha256
        and stored.kind == envelope.kind
        and stored.version == envelope.version
        and stored.thread_id == envelope.thread_id
    )


def _second(books: Books, envelope: Envelope, error: PropappError) -> Answer:
    books.keep_second(envelope, reason=error.code)
    log.error("operation %s: %s", envelope.id, error.code)
    return Answer(
        envelope.id, envelope.body_sha256, "conflict", code=error.code, facts=dict(error.facts)
    )


def _answer(envelope: Envelope, operation: Operation, *, status: str) -> Answer:
    kept = operation.status in {OperationStatus.APPLIED, OperationStatus.QUARANTINED}
    return Answer(
        id=envelope.id,
        body_sha256=envelope.body_sha256,
        status=status,
        outcome=operation.status if status == "duplicate" else None,
        code=operation.code,
        facts=operation.facts,
        photos=named_photos(operation.body) if kept else (),
    )
