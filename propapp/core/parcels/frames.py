"""Opening a sealed parcel frame by frame; never more than two frames are held.

How a parcel is sealed stands in docs/protocol.md, "Parcels".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from propapp.core.errors import ParcelDamaged, ParcelForeign, ParcelUnknown
from propapp.core.parcels.key import NAME_BYTES, HouseKey

MAGIC = b"propapp-unsent\0\1"
INFO = b"propapp unsent frames"
FRAME = 256 * 1024
TAG = 16
POINT = 65
HEADER = len(MAGIC) + NAME_BYTES + POINT
_KEY_BYTES = 32


def frames(source: BinaryIO, key: HouseKey) -> Iterator[bytes]:
    """What is in the frames of a parcel, in order.

    Each frame that is given was sealed as it is; the one that was cut, changed, moved or left
    out raises ``ParcelDamaged``, and nothing comes after it.
    """
    cipher = _cipher(source.read(HEADER), key)
    number, block = 0, source.read(FRAME + TAG)
    while True:
        following = source.read(FRAME + TAG)
        yield _opened(cipher, block, number, last=not following)
        if not following:
            return
        number, block = number + 1, following


def _cipher(header: bytes, key: HouseKey) -> AESGCM:
    """The cipher of this file alone: its header is part of what its key is made from."""
    if header[: len(MAGIC)] != MAGIC:
        raise ParcelUnknown
    if len(header) < HEADER:
        raise ParcelDamaged(frame=0)
    name, point = header[len(MAGIC) : -POINT], header[-POINT:]
    if name != key.name:
        raise ParcelForeign(key=name.hex())
    try:
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise ParcelDamaged(frame=0) from error
    shared = key.private.exchange(ec.ECDH(), other)
    made = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=header, info=INFO).derive(shared)
    return AESGCM(made)


def _opened(cipher: AESGCM, block: bytes, number: int, *, last: bool) -> bytes:
    nonce = bytes(7) + number.to_bytes(4, "big") + bytes([last])
    try:
        return cipher.decrypt(nonce, block, None)
    except (InvalidTag, ValueError) as error:
        raise ParcelDamaged(frame=number + 1) from error
