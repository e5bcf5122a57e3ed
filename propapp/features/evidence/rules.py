"""What the links of work without effect vouch for: what was refused, held back, or came twice."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.evidence.links import Thing, digest, facts
from propapp.core.evidence.models import EvidenceKind
from propapp.core.sync.evidence import operation_digest, operation_facts
from propapp.core.sync.models import Operation, OperationStatus, QuarantinedOperation
from propapp.features.phones.rules import HELD, facts_while_held, was_held

# Named one by one: a column that a later version adds must not break the links of today.
SECOND = ("id", "operation_id", "device_id", "seq", "person_id", "reason", "envelope",
          "envelope_sha256", "received_at")  # fmt: skip


def refused_thing(operation: Operation) -> Thing:
    """An operation that had no effect, as it is to be chained now."""
    if operation.status is OperationStatus.QUARANTINED:
        return Thing(EvidenceKind.HELD, str(operation.id), digest(held_facts(operation)))
    return Thing(EvidenceKind.OPERATION, str(operation.id), operation_digest(operation))


def held_facts(operation: Operation) -> dict[str, Any]:
    """All that the link of a held operation vouches for: as it was, or is, while held back."""
    said = operation_facts(operation)
    if not was_held(operation.facts):
        return said
    code = str(operation.facts[HELD])
    return said | {
        "status": OperationStatus.QUARANTINED,
        "code": code,
        "facts": facts_while_held(code, operation.kind, operation.version),
    }


def held_digests(session: Session, ref_ids: Collection[str]) -> dict[str, str]:
    """What these held operations hash to as they are stored now, performed meanwhile or not."""
    ids = [UUID(ref_id) for ref_id in ref_ids]
    found = session.exec(select(Operation).where(col(Operation.id).in_(ids)))
    return {str(operation.id): digest(held_facts(operation)) for operation in found}


def second_thing(second: QuarantinedOperation) -> Thing:
    """A second content, as it is to be chained."""
    return Thing(EvidenceKind.SECOND, str(second.id), digest(facts(second, SECOND)))


def second_digests(session: Session, ref_ids: Collection[str]) -> dict[str, str]:
    """What these second contents hash to as they are stored now."""
    ids = [UUID(ref_id) for ref_id in ref_ids]
    wanted = select(QuarantinedOperation).where(col(QuarantinedOperation.id).in_(ids))
    return {str(one.id): digest(facts(one, SECOND)) for one in session.exec(wanted)}
