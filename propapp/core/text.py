"""Sentences in the person's language, from the catalogues that the browser reads too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LOCALES = ("zh-CN", "en")
DEFAULT = LOCALES[0]
CATALOGUES = Path(__file__).resolve().parents[2] / "assets" / "i18n"

_BLANK = re.compile(r"\{(\w+)\}")


def known_locale(*wishes: str | None) -> str:
    """The first wish that names a language we have, else Chinese."""
    return next((wish for wish in wishes if wish in LOCALES), DEFAULT)


@lru_cache(maxsize=len(LOCALES))
def catalogue(locale: str) -> Mapping[str, str]:
    """Every sentence of a language, whichever page it was written for."""
    merged: dict[str, str] = {}
    for file in sorted(CATALOGUES.glob(f"*.{locale}.json")):
        merged.update(json.loads(file.read_text(encoding="utf-8")))
    return merged


def sentence(key: str, locale: str, facts: Mapping[str, object] | None = None) -> str:
    """The sentence under the key, its blanks filled; a blank without a fact is left empty.

    Where a fact has a form of its own for English, ``name_en`` beside ``name``, English takes that.
    """
    words = catalogue(known_locale(locale)).get(key) or catalogue(DEFAULT).get(key, key)
    known = facts or {}
    suffix = "" if known_locale(locale) == DEFAULT else f"_{locale}"

    def fill(blank: re.Match[str]) -> str:
        return str(known.get(f"{blank[1]}{suffix}") or known.get(blank[1], ""))

    return _BLANK.sub(fill, words)


def words(prefix: str, locale: str) -> dict[str, str]:
    """Every sentence under the prefix by the rest of its key; for paper, which asks for many."""
    found = catalogue(known_locale(locale)).items()
    return {
        key.removeprefix(f"{prefix}."): said for key, said in found if key.startswith(f"{prefix}.")
    }


def refusal(code: str, locale: str, facts: Mapping[str, object] | None = None) -> str:
    """What a person reads when they are refused."""
    key = f"error.{code}"
    return sentence(key, locale, facts)
