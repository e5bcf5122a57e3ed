"""Identifiers are made where the thing is made, on the phone too."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from hashlib import sha1
from uuid import UUID, uuid5

# Deterministic ids (an occurrence, a defect's order) hang below this namespace for ever.
NAMESPACE = UUID("6f1d4c1e-5a0b-5c8e-9a3d-2f7b1c9e4d10")


def uuid7(milliseconds: int | None = None) -> UUID:
    """A version 7 UUID (RFC 9562): its time is for locality only and is never trusted."""
    stamp = int(time.time() * 1000) if milliseconds is None else milliseconds
    value = (stamp & (2**48 - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)


def derived_ids(*parts: object) -> Callable[[object], UUID]:
    """``derived_id`` with one part more, for many ids that begin with the same parts."""
    begun = sha1(NAMESPACE.bytes, usedforsecurity=False)
    begun.update("".join(f"{part}/" for part in parts).encode())

    def finish(last: object) -> UUID:
        hashed = begun.copy()
        hashed.update(str(last).encode())
        return UUID(bytes=hashed.digest()[:16], version=5)

    return finish


def derived_id(*parts: object) -> UUID:
    """The same parts always give the same id, so a sweep that runs twice makes one row."""
    return uuid5(NAMESPACE, "/".join(str(part) for part in parts))


def id_of(text: object) -> UUID | None:
    """The id that was written, if it is one."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def id_or_nothing(text: object) -> UUID:
    """The id that was written; what is no id names nothing that there is."""
    return id_of(text) or UUID(int=0)
