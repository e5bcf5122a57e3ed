"""The house's own secret, and the keys that follow from it."""

from __future__ import annotations

import hashlib
import hmac

from sqlmodel import Session

from propapp.core.sync.meta import meta_of


def key_for(session: Session, purpose: str) -> bytes:
    """32 bytes for this purpose alone, always the same; made with the first one that is wanted."""
    secret = bytes.fromhex(meta_of(session).secret)
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)
