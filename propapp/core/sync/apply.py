"""Each operation exactly once, in a transaction of its own; the unique keys are the authority."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, col, func, select

from propapp.core.access import Actor
from propapp.core.clock import Clock
from propapp.core.errors import (
    AuthorLeft,
    Busy,
    ChangedMeanwhile,
    Damaged,
    Gap,
    OperationConflict,
    PropappError,
    SequenceReused,
    UnknownOperation,
)
from propapp.core.sync.devices import count_up, device_of, offset_of
from propapp.core.sync.effects import named_photos, perform
from propapp.core.sync.envelope import Envelope, timing
from propapp.core.sync.evidence import chain_operation
from propapp.core.sync.models import Device, Operation, OperationStatus
from propapp.core.sync.quarantine import keep_second
from propapp.core.unit_of_work import Origin, UnitOfWork, unit_of_work

log = logging.getLogger(__name__)

ATTEMPTS = 4


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


def apply_batch(
    actor: Actor, device_id: UUID, envelopes: Sequence[Envelope], clock: Clock
) -> list[Answer]:
    """Apply in the given order, one transaction each; one that fails holds back only its thread."""
    return [apply(actor, device_id, envelope, clock) for envelope in envelopes]


def apply(actor: Actor, device_id: UUID, envelope: Envelope, clock: Clock) -> Answer:
    """Apply once and tell; nothing but a committed row is ever answered with success."""
    if not envelope.is_whole():
        return _not_now(envelope, Damaged())
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with unit_of_work(actor, clock=clock) as uow:
                return _settle(uow, device_id, envelope, last=attempt == ATTEMPTS)
        except Gap as gap:
            return _not_now(envelope, gap)
        except (IntegrityError, DBAPIError) as error:
            if not _may_pass(error):
                return _failed(envelope, error)
            time.sleep(random.uniform(0.02, 0.1) * attempt)  # noqa: S311 - only spreads the herd
        except Exception as error:  # noqa: BLE001 - a bug must not lose or wedge other operations
            return _failed(envelope, error)
    return _not_now(envelope, Busy())


def _settle(uow: UnitOfWork, device_id: UUID, envelope: Envelope, *, last: bool) -> Answer:
    device = device_of(uow.session, uow.actor, device_id, uow.now)
    operation = _operation(uow, device, envelope)
    try:
        with uow.session.begin_nested():
            uow.session.add(operation)
    except IntegrityError:
        return _seen_before(uow, device, envelope)
    _refuse_gap(uow.session, operation)
    count_up(uow.session, device.id, envelope.seq)
    _carry_out(uow, operation, last=last)
    return _answer(envelope, operation, status=operation.status.value)


def _operation(uow: UnitOfWork, device: Device, envelope: Envelope) -> Operation:
    when = timing(envelope.client_time, offset=offset_of(device), received_at=uow.now)
    return Operation(
        id=envelope.id,
        device_id=device.id,
        seq=envelope.seq,
        person_id=uow.actor.person_id,
        thread_id=envelope.thread_id,
        n=envelope.n,
        kind=envelope.kind,
        version=envelope.version,
        body=envelope.body,
        body_sha256=envelope.body_sha256,
        client_time=when.client_time,
        occurred_at=when.occurred_at,
        received_at=uow.now,
        clock_suspect=when.suspect,
        monotonic_ms=int(envelope.monotonic_ms),
        boot_id=envelope.boot_id,
        zone=envelope.zone,
        status=OperationStatus.APPLIED,
    )


def _refuse_gap(session: Session, operation: Operation) -> None:
    """Hold an operation back until the one before it in its thread is here."""
    if operation.n == 1:
        return
    before = session.exec(
        select(func.max(Operation.n)).where(
            col(Operation.device_id) == operation.device_id,
            col(Operation.thread_id) == operation.thread_id,
            col(Operation.n) < operation.n,
        )
    ).one()
    if (before or 0) + 1 < operation.n:
        raise Gap(expected=(before or 0) + 1)


def _carry_out(uow: UnitOfWork, operation: Operation, *, last: bool) -> None:
    """Run the use case behind a savepoint: a refusal undoes its effects, but the row remains."""
    if uow.actor.left:
        _mark(operation, OperationStatus.QUARANTINED, AuthorLeft())
        return
    origin = Origin(operation.id, operation.device_id, operation.occurred_at)
    inner = replace(uow.from_operation(origin), bells=set())
    inner = replace(inner, actor=replace(uow.actor, device_id=operation.device_id))
    try:
        with uow.session.begin_nested():
            perform(inner, operation)
    except UnknownOperation as refusal:
        _mark(operation, OperationStatus.QUARANTINED, refusal)
    except PropappError as refusal:
        _mark(operation, OperationStatus.REJECTED, refusal)
    except IntegrityError:
        # Somebody made the same row in the same moment. Seen afresh the use case decides itself;
        # one that collides every time must not block its thread for ever.
        if not last:
            raise
        _mark(operation, OperationStatus.REJECTED, ChangedMeanwhile())
    else:
        chain_operation(uow, operation, inner.bells)
        uow.bells.update(inner.bells)


def _mark(operation: Operation, status: OperationStatus, refusal: PropappError) -> None:
    operation.status = status
    operation.code = refusal.code
    operation.facts = dict(refusal.facts)


def _seen_before(uow: UnitOfWork, device: Device, envelope: Envelope) -> Answer:
    """The keys say that it is here already: the same again, or another one under used numbers."""
    stored = uow.session.get(Operation, envelope.id)
    if stored is None:
        return _second(uow, device, envelope, SequenceReused(seq=envelope.seq))
    if not _same(stored, uow.actor, envelope):
        return _second(uow, device, envelope, OperationConflict())
    return _answer(envelope, stored, status="duplicate")


def _same(stored: Operation, actor: Actor, envelope: Envelope) -> bool:
    # Numbers are left out: a phone that had to take a new device id counts its thread anew.
    return (
        stored.person_id == actor.person_id
        and stored.body_sha256 == envelope.body_sha256
        and stored.kind == envelope.kind
        and stored.version == envelope.version
        and stored.thread_id == envelope.thread_id
    )


def _second(uow: UnitOfWork, device: Device, envelope: Envelope, error: PropappError) -> Answer:
    keep_second(uow, device.id, envelope, reason=error.code)
    log.error("operation %s from device %s: %s", envelope.id, device.id, error.code)
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


def _not_now(envelope: Envelope, error: PropappError) -> Answer:
    return Answer(
        envelope.id, envelope.body_sha256, "retry", code=error.code, facts=dict(error.facts)
    )


def _failed(envelope: Envelope, error: Exception) -> Answer:
    log.error("operation %s failed and will come again", envelope.id, exc_info=error)
    return _not_now(envelope, Busy())


def _may_pass(error: DBAPIError) -> bool:
    """Whether the same transaction may go through when it is tried again."""
    if isinstance(error, IntegrityError) or error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", "") or ""
    words = str(error.orig).lower()
    return state in {"40001", "40P01", "55P03"} or "locked" in words or "busy" in words
