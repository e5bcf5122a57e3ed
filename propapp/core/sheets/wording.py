"""The words of workbooks: headings, hints, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from propapp.core.text import LOCALES, catalogue, sentence


def in_workbook(name: str, locale: str) -> str:
    """The words of this name that stand in workbooks."""
    return sentence(f"workbook.{name}", locale)


def word_for(prefix: str, code: object, locale: str) -> str:
    """The word for a code, as pages have it too."""
    return sentence(f"{prefix}.{code}", locale)


def explained(key: str, facts: Mapping[str, str], locale: str) -> str:
    """What is wrong, and what to do."""
    return sentence(key, locale, facts)


def heading(name: str, locale: str) -> str:
    """What stands above a column."""
    return in_workbook(f"column.{name}", locale)


def hint(kind: str, name: str, locale: str) -> str:
    """What to write in a column; "" where its heading says it all."""
    known = catalogue(locale)
    own = known.get(f"workbook.hint.{kind}.{name}")
    return own if own is not None else known.get(f"workbook.hint.{name}", "")


@lru_cache(maxsize=1)
def example_marks() -> frozenset[str]:
    """What stands first in a row that is only an example, in small letters."""
    return frozenset(in_workbook("example", one).lower() for one in LOCALES)
