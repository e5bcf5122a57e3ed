"""Second contents under used numbers are kept for a human, each of them once."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from propapp.core import strict_json
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.models import QuarantinedOperation
from propapp.core.unit_of_work import UnitOfWork


def keep_second(uow: UnitOfWork, device_id: UUID, envelope: Envelope, *, reason: str) -> None:
    """Store the envelope beside the one that came first; sent again it is not stored again."""
    text = strict_json.dumps(envelope.model_dump(mode="json"))
    digest = hashlib.sha256(f"{uow.actor.person_id}\n{device_id}\n{text}".encode()).hexdigest()
    second = QuarantinedOperation(
        operation_id=envelope.id,
        device_id=device_id,
        seq=envelope.seq,
        person_id=uow.actor.person_id,
        reason=reason,
        envelope=text,
        envelope_sha256=digest,
        received_at=uow.now,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(second)
    except IntegrityError:
        return
