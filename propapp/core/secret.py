"""The house's own secret, and the keys that follow from it."""

from __future__ import annotations

import hashlib
import hmac

from sqlmodel import Session

from propapp.core.db.insert import insert_missing
from propapp.core.sync.models import ServerMeta


def key_for(session: Session, purpose: str) -> bytes:
    """32 bytes for this purpose alone, always the same; made with the first one that is wanted."""
    meta = session.get(ServerMeta, 1)
    if meta is None:
        insert_missing(session, [ServerMeta(id=1)])
        meta = session.get_one(ServerMeta, 1)
    return hmac.digest(bytes.fromhex(meta.secret), purpose.encode(), hashlib.sha256)
