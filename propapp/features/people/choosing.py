"""What a password of one's own may be: long enough, and not what anybody would try first.

By NIST SP 800-63B: a least length, no rules about kinds of signs, no change by the calendar.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from propapp.core.errors import (
    PasswordCommon,
    PasswordLong,
    PasswordNamed,
    PasswordSame,
    PasswordShort,
)
from propapp.features.people.passwords import MAX_LENGTH

LEAST = 8
# Of so many signs more, a name in front or behind is still the name.
_LITTLE = 4
_KEYS = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")


def refuse_weak(new: str, *, username: str, before: str) -> None:
    """Refuse a new password that opens the door to anybody, with the reason why."""
    if len(new) < LEAST:
        raise PasswordShort(least=LEAST)
    if len(new) > MAX_LENGTH:
        raise PasswordLong(most=MAX_LENGTH)
    if new == before:
        raise PasswordSame
    said = new.casefold()
    if username in said and len(said) - len(username) < _LITTLE:
        raise PasswordNamed
    if said in _common() or _is_pattern(said):
        raise PasswordCommon


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """What stands first in the lists of passwords that were found out, here and abroad."""
    path = Path(__file__).with_name("common_passwords.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def _is_pattern(said: str) -> bool:
    """Up to four signs over and over, or a row of keys."""
    for length in range(1, 5):
        unit = said[:length]
        if (unit * len(said))[: len(said)] == said:
            return True
    return any(said in keys * 2 for keys in _KEYS)
