"""The key to which phones seal their parcels; made once, kept beside the database."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from propapp.core.settings import settings

FILE = "unsent.key"
NAME_BYTES = 8
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class HouseKey:
    """A P-256 key; ``name`` tells it from those of other houses, ``public`` is its raw point."""

    private: ec.EllipticCurvePrivateKey
    public: bytes

    @property
    def name(self) -> bytes:
        """The first eight bytes of the SHA-256 of its public point."""
        return hashlib.sha256(self.public).digest()[:NAME_BYTES]

    def told(self) -> dict[str, str]:
        """What phones are told of it, in lower-case hex."""
        return {"name": self.name.hex(), "public": self.public.hex()}


def house_key() -> HouseKey:
    """The key of this house, made at its first use; a restored house has its old one."""
    return _read(str(settings().data.absolute() / FILE))


@lru_cache(maxsize=4)
def _read(path: str) -> HouseKey:
    file = Path(path)
    if not file.exists():
        _make(file)
    private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{file} holds no key on a curve")
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return HouseKey(private, point)


def _make(file: Path) -> None:
    """Whole under its name or not at all; of two who make it at once, the first one's counts."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(handle, "wb") as out:
            out.write(pem)
            out.flush()
            os.fsync(out.fileno())
        _name(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, file: Path) -> None:
    try:
        # A link, unlike a rename, never takes the place of what is there.
        os.link(draft, file)
    except FileExistsError:
        return
    except OSError:
        # Not every disk knows links; then the last of two counts, and neither has told a phone yet.
        draft.replace(file)
