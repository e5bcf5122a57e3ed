"""Which challenge a visit is asked, if any: pure, and the same on the phone and for whoever checks.

From the seed of a site's day follows a key for one person's walk of one occurrence. The phone gets
that key alone: from it follow the lots of that walk and neither those of others nor the seed.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

_WHETHER, _WHICH = slice(0, 4), slice(4, 8)


def walk_key(seed: str, occurrence_id: UUID, person_id: UUID) -> str:
    """What the lots of this person's walk follow from, as 64 hex digits; so is the seed."""
    said = f"challenge/{occurrence_id}/{person_id}"
    return hmac.new(bytes.fromhex(seed), said.encode(), hashlib.sha256).hexdigest()


def lot(key: str, checkpoint_id: UUID, *, one_in: int, among: int) -> int | None:
    """Which of so many challenges is asked there, counted from 0; None where none is."""
    thrown = hmac.digest(bytes.fromhex(key), str(checkpoint_id).encode(), "sha256")
    if among == 0 or int.from_bytes(thrown[_WHETHER]) % one_in:
        return None
    return int.from_bytes(thrown[_WHICH]) % among


def asked_at(
    drawn_from: Mapping[str, Any], key: str, checkpoint_id: UUID
) -> Mapping[str, Any] | None:
    """The challenge among those committed to, ``{"id", "sha256"}``; None where nothing is asked.

    ``drawn_from`` is ``{"one_in", "pool": {checkpoint_id: [{"id", "sha256"}]}}``.
    """
    pool: Sequence[Mapping[str, Any]] = drawn_from["pool"].get(str(checkpoint_id), [])
    found = lot(key, checkpoint_id, one_in=drawn_from["one_in"], among=len(pool))
    return None if found is None else pool[found]
