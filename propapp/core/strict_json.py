"""JSON from outside: what two readers may take differently or no database can hold is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any, cast

from propapp.core.errors import InvalidInput

MAX_DEPTH = 32
# Beyond this JavaScript and Python no longer mean the same number.
MAX_INTEGER = 2**53 - 1
MAX_DIGITS = 17
# NUL has no place in PostgreSQL's text, half a surrogate pair none in UTF-8.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def loads(raw: bytes | str, *, field: str = "body") -> Any:
    """The value, or ``InvalidInput``: bad UTF-8, doubled keys, NaN, bottomless nesting."""
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8")
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise InvalidInput(field=field) from error
    _inspect(value, field)
    return value


def dumps(value: Any) -> str:
    """One spelling for each value, so that equal values have equal digests."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parts_of(value: Any) -> list[Any]:
    """What a JSON value is made of: the entries of a list, the keys and values of an object."""
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value)
        return [*pairs, *pairs.values()]
    return cast("list[Any]", value) if isinstance(value, list) else []


def _refuse_constant(word: str) -> Any:
    raise ValueError(word)


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS or abs(int(digits)) > MAX_INTEGER:
        raise ValueError("an integer too large")
    return int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made


def _inspect(value: Any, field: str) -> None:
    """Walk without recursion, for depth is one of the things looked for."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        at, depth = waiting.pop()
        if depth > MAX_DEPTH or not _is_plain(at):
            raise InvalidInput(field=field)
        waiting += [(part, depth + 1) for part in parts_of(at)]


def _is_plain(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, str):
        return UNSTORABLE.search(value) is None
    return True
