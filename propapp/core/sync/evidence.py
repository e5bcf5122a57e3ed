"""An applied operation as a link of its site's chain."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.evidence.chain import append
from propapp.core.evidence.links import Thing, digest, facts
from propapp.core.evidence.models import EvidenceKind
from propapp.core.sync.models import Operation
from propapp.core.unit_of_work import UnitOfWork

# All that was sent and all that the server made of it; named one by one, for a column that a
# later version adds must not break the links of today.
FIELDS = (
    "id",
    "device_id",
    "seq",
    "person_id",
    "thread_id",
    "n",
    "kind",
    "version",
    "body_sha256",
    "client_time",
    "occurred_at",
    "received_at",
    "clock_suspect",
    "monotonic_ms",
    "boot_id",
    "zone",
    "status",
    "code",
    "facts",
)


def operation_digest(operation: Operation) -> str:
    """What the operation hashes to, its body's every byte included."""
    return digest(operation_facts(operation))


def operation_facts(operation: Operation) -> dict[str, Any]:
    """All that an operation's digest is made of."""
    body = hashlib.sha256(operation.body.encode()).hexdigest()
    return {"body": body, **facts(operation, FIELDS)}


def chain_operation(uow: UnitOfWork, operation: Operation, sites: Collection[UUID]) -> None:
    """Chain an applied operation at each site it touched, else at its person's first one."""
    thing = Thing(EvidenceKind.OPERATION, str(operation.id), operation_digest(operation))
    for site_id in sorted(sites or sorted(uow.actor.roles)[:1]):
        append(uow, site_id, [thing])


def operation_digests(session: Session, ref_ids: Collection[str]) -> dict[str, str]:
    """What these operations hash to as they are stored now."""
    ids = [UUID(ref_id) for ref_id in ref_ids]
    found = session.exec(select(Operation).where(col(Operation.id).in_(ids)))
    return {str(operation.id): operation_digest(operation) for operation in found}
