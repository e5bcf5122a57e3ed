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
        value = _DECODER.decode(text)
        if (words := may_hold_unstorable(text)) or may_be_too_deep(text):
            _inspect(value, words=words)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(field=field) from error
    return value


def may_hold_unstorable(text: str) -> bool:
    """Whether a string in this JSON may be one: JSON writes NUL only as an escape."""
    return "\\u" in text or UNSTORABLE.search(text) is not None


def may_be_too_deep(text: str) -> bool:
    """Whether anything in this JSON may be nested too deeply: what is not opened is not nested."""
    return text.count("[") + text.count("{") > MAX_DEPTH


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
    if len(digits) > MAX_DIGITS or abs(number := int(digits)) > MAX_INTEGER:
        raise ValueError("an integer too large")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number beyond all")
    return number


_DECODER = json.JSONDecoder(
    parse_constant=_refuse_constant,
    parse_int=_integer,
    parse_float=_number,
    object_pairs_hook=_object,
)


def _inspect(value: Any, *, words: bool) -> None:
    """Walk without recursion, for depth is one of the things looked for; words only if need be."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        at, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        if isinstance(at, (dict, list)):
            waiting += [(part, depth + 1) for part in parts_of(at) if words or _is_nest(part)]
        elif isinstance(at, str) and UNSTORABLE.search(at):
            raise ValueError("a character that cannot be stored")


def _is_nest(value: Any) -> bool:
    return isinstance(value, (dict, list))
