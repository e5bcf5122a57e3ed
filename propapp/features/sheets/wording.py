"""The words of workbooks: headings, hints, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from propapp.core.sheets.cells import plain
from propapp.core.text import LOCALES, catalogue, sentence


def heading(name: str, locale: str) -> str:
    """What stands above a column."""
    return sentence(f"workbook.column.{name}", locale)


def hint(kind: str, name: str, locale: str) -> str:
    """What to write in a column; "" where its heading says it all."""
    known = catalogue(locale)
    own = known.get(f"workbook.hint.{kind}.{name}")
    return own if own is not None else known.get(f"workbook.hint.{name}", "")


def problem_heading(locale: str) -> str:
    """What stands above the sentences that say what is wrong."""
    return sentence("workbook.problem", locale)


@lru_cache(maxsize=1)
def example_marks() -> frozenset[str]:
    """What stands first in a row that is only an example."""
    return frozenset(plain(sentence("workbook.example", one)).lower() for one in LOCALES)


def explained(key: str, facts: Mapping[str, str], locale: str) -> str:
    """What is wrong, and what to do."""
    return sentence(key, locale, facts)
