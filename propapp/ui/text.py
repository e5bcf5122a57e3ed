"""Words and times on a page, in the person's language, switched in the browser alone.

Nothing here asks the server: a page drawn with these follows a switch of language with no network.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

OFFICE_PREFIXES = ("board.", "office.")

_STORE = "$/public/i18n/store.js"
_OFFICE = "$/public/i18n/office.js"


def _words(*, office: bool = False) -> VarData:
    if office:
        return VarData(
            imports={_OFFICE: [ImportVar(tag="useOfficeText")]},
            hooks={"const office_ = useOfficeText()": None},
        )
    return VarData(
        imports={_STORE: [ImportVar(tag="useText")]}, hooks={"const text_ = useText()": None}
    )


_NOW = VarData(imports={_STORE: [ImportVar(tag="useNow")]}, hooks={"const now_ = useNow()": None})


def _call(function: str, *args: Any, also: VarData | None = None, office: bool = False) -> rx.Var:
    values = [rx.Var.create(value) for value in args]
    data = VarData.merge(
        _words(office=office), also, *(value._get_all_var_data() for value in values)
    )
    words = "office_" if office else "text_"
    code = f"{words}.{function}({', '.join(value._js_expr for value in values)})"
    return rx.Var(code, _var_data=data).to(str)


def t(key: str, **facts: Any) -> rx.Var:
    """The sentence under a literal key, its blanks filled with facts."""
    office = key.startswith(OFFICE_PREFIXES)
    return _call("t", key, facts, office=office) if facts else _call("t", key, office=office)


def word(prefix: str, code: Any) -> rx.Var:
    """The word for a code known only at run time; the catalogues hold every code of the prefix."""
    return _call("t", _joined(prefix, code), office=prefix.startswith(OFFICE_PREFIXES))


def sentence(prefix: str, code: Any, facts: Any) -> rx.Var:
    """As ``word``, with facts that come as one object from the data."""
    return _call("t", _joined(prefix, code), facts, office=prefix.startswith(OFFICE_PREFIXES))


def local(chinese: Any, english: Any) -> rx.Var:
    """The data's own name in the person's language, Chinese where there is no other."""
    return _call("pick", chinese, english)


def _joined(prefix: str, code: Any) -> rx.Var:
    code = rx.Var.create(code)
    return rx.Var(f'("{prefix}." + {code._js_expr})', _var_data=code._get_all_var_data()).to(str)


def clock(at: Any) -> rx.Var:
    """Hours and minutes at the site."""
    return _call("clock", at)


def day(at: Any) -> rx.Var:
    """Today, yesterday or the date."""
    return _call("day", at)


def slot(opens: Any, closes: Any) -> rx.Var:
    """From when until when; the day is named only where it is not today."""
    return _call("slot", opens, closes)


def date_time(at: Any) -> rx.Var:
    """The day and the time."""
    return _call("dateTime", at)


def ago(at: Any) -> rx.Var:
    """How long ago, kept true while it is looked at."""
    return _ticking("ago", at)


def until(at: Any) -> rx.Var:
    """How long is left or how long it is over, kept true while it is looked at."""
    return _ticking("until", at)


def duration(minutes: Any) -> rx.Var:
    """A span of minutes in words."""
    return _call("duration", minutes)


def number(value: Any) -> rx.Var:
    """A number with the language's separators."""
    return _call("number", value)


def locale() -> rx.Var:
    """The language of the moment, ``zh-CN`` or ``en``."""
    return rx.Var("text_.locale", _var_data=_words()).to(str)


def _ticking(function: str, at: Any) -> rx.Var:
    return _call(function, at, rx.Var("now_", _var_data=_NOW))
