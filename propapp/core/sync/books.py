"""The house's own books: operations, devices and what they do, in one database transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from propapp.core.access import Actor
from propapp.core.sync.devices import count_up, device_of, offset_of
from propapp.core.sync.effects import perform
from propapp.core.sync.envelope import Envelope, timing
from propapp.core.sync.evidence import chain_operation
from propapp.core.sync.models import Device, Operation, OperationStatus
from propapp.core.sync.quarantine import keep_second
from propapp.core.sync.settle import Collided
from propapp.core.unit_of_work import Origin, UnitOfWork


@dataclass(frozen=True)
class SqlBooks:
    """The unique keys of the operation table are the authority on what was here already."""

    uow: UnitOfWork
    device: Device

    @classmethod
    def of(cls, uow: UnitOfWork, device_id: UUID) -> SqlBooks:
        """The books of the sender's device, which is made when it is seen for the first time."""
        return cls(uow, device_of(uow.session, uow.actor, device_id, uow.now))

    @property
    def author_left(self) -> bool:
        """Whether whoever did this has left the house meanwhile."""
        return self.uow.actor.left

    def enter(self, envelope: Envelope) -> Operation | None:
        """Insert the row behind a savepoint; None when one of its keys is taken."""
        operation = Operation(**entered(envelope, self.uow.actor, self.uow.now, self.device))
        try:
            with self.uow.session.begin_nested():
                self.uow.session.add(operation)
        except IntegrityError:
            return None
        count_up(self.uow.session, self.device.id, envelope.seq)
        return operation

    def stored(self, operation_id: UUID) -> Operation | None:
        """What is here under this id, whoever sent it."""
        return self.uow.session.get(Operation, operation_id)

    def is_own(self, operation: Operation) -> bool:
        """Whether the sender of this transaction did it."""
        return operation.person_id == self.uow.actor.person_id

    def last_before(self, operation: Operation) -> int:
        """The highest number below this one's in its thread, 0 for none."""
        statement = select(func.max(Operation.n)).where(
            col(Operation.device_id) == operation.device_id,
            col(Operation.thread_id) == operation.thread_id,
            col(Operation.n) < operation.n,
        )
        return self.uow.session.exec(statement).one() or 0

    def perform(self, operation: Operation) -> None:
        """Run the use case behind a savepoint and chain what it did."""
        origin = Origin(operation.id, operation.device_id, operation.occurred_at)
        inner = replace(self.uow.from_operation(origin), bells=set())
        inner = replace(inner, actor=replace(self.uow.actor, device_id=operation.device_id))
        try:
            with self.uow.session.begin_nested():
                perform(inner, operation)
        except IntegrityError as error:
            raise Collided from error
        chain_operation(self.uow, operation, inner.bells)
        self.uow.bells.update(inner.bells)

    def keep_second(self, envelope: Envelope, *, reason: str) -> None:
        """Keep another content under used numbers for a human, each of them once."""
        keep_second(self.uow, self.device.id, envelope, reason=reason)


def entered(envelope: Envelope, actor: Actor, now: datetime, device: Device) -> dict[str, Any]:
    """The columns of an operation as it comes in; applied, unless its use case refuses."""
    when = timing(envelope.client_time, offset=offset_of(device), received_at=now)
    return {
        "id": envelope.id,
        "device_id": device.id,
        "seq": envelope.seq,
        "person_id": actor.person_id,
        "thread_id": envelope.thread_id,
        "n": envelope.n,
        "kind": envelope.kind,
        "version": envelope.version,
        "body": envelope.body,
        "body_sha256": envelope.body_sha256,
        "client_time": when.client_time,
        "occurred_at": when.occurred_at,
        "received_at": now,
        "clock_suspect": when.suspect,
        "monotonic_ms": int(envelope.monotonic_ms),
        "boot_id": envelope.boot_id,
        "zone": envelope.zone,
        "status": OperationStatus.APPLIED,
        "code": "",
        "facts": {},
    }
