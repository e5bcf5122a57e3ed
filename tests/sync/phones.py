"""A phone for tests: numbers its operations as the field client does."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from propapp.core.ids import uuid7
from propapp.core.sync.envelope import Envelope
from tests.factories import NOW


@dataclass
class Phone:
    """Makes envelopes with gap-free numbers."""

    id: UUID = field(default_factory=uuid7)
    seq: int = 0
    threads: Counter[UUID] = field(default_factory=Counter)

    def says(self, kind: str, *, thread: UUID, **body: Any) -> dict[str, Any]:
        """The next operation, as JSON values."""
        self.seq += 1
        self.threads[thread] += 1
        return envelope(kind, seq=self.seq, thread=thread, n=self.threads[thread], body=body)

    def does(self, kind: str, *, thread: UUID, **body: Any) -> Envelope:
        """The next operation, as the server reads it."""
        return Envelope.model_validate(self.says(kind, thread=thread, **body))


def envelope(
    kind: str, *, seq: int, thread: UUID, n: int, body: Any, at: datetime = NOW
) -> dict[str, Any]:
    """One operation on the wire."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return {
        "id": str(uuid7()),
        "seq": seq,
        "thread_id": str(thread),
        "n": n,
        "kind": kind,
        "version": 1,
        "body": text,
        "body_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "client_time": at.isoformat(),
        "monotonic_ms": 1000,
        "boot_id": "b",
        "zone": "Asia/Shanghai",
    }
