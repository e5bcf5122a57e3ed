"""Password hashing with argon2, a few at a time so that many at once cannot take all memory."""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MAX_LENGTH = 256
# Read aloud nobody takes one of these signs for another. Twelve of them are 59 bits.
_ALOUD = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_GROUP = 3, 4

_hasher = PasswordHasher()
# Each hash takes 64 MiB for a while; two at once keep two cores busy.
_places = threading.BoundedSemaphore(2)
# Checked against when there is no such account, so that the answer takes as long. Written down, for
# making it takes as long as an answer and every start would wait for it.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$gtq+6S4/ddMaUITUsfnTiQ$"
    "pqf2CvnKmzHhbEf7YF3Gyu0hrNIGW5UGXhYkevrlPY0"
)


def made_up() -> str:
    """A new password that can be read out to somebody."""
    return "-".join(
        "".join(secrets.choice(_ALOUD) for _ in range(_IN_GROUP)) for _ in range(_GROUPS)
    )


def hash_password(password: str) -> str:
    """What is stored instead of the password."""
    with _places:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; no account, and one without, take the same time."""
    with _places:
        try:
            return _hasher.verify(stored or NOBODY, password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def is_of_today(hashed: str) -> bool:
    """Whether it is a hash that this house would make: no other's may cost what it likes."""
    try:
        return not is_outdated(hashed)
    except InvalidHashError:
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)
