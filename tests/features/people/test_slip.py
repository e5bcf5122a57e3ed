"""The slip of a first password says what it is told, as words and never as markup."""

from __future__ import annotations

from dataclasses import fields

import pytest

from propapp.core.text import LOCALES
from propapp.features.people.slip import Slip, slip_page

WORDS = Slip("Lake", "Wang", "wang", "abcd-efgh-jkmn", "https://lake.example", "2026-12-05")


@pytest.mark.parametrize("name", [one.name for one in fields(Slip)])
def test_no_word_is_taken_for_markup(name: str) -> None:
    said = {one.name: getattr(WORDS, one.name) for one in fields(Slip)} | {name: "<b>&"}
    page = slip_page(Slip(**said), back="/people", locale="en")
    assert "&lt;b&gt;&amp;" in page
    assert "<b>" not in page


@pytest.mark.parametrize("locale", LOCALES)
def test_all_that_somebody_needs_to_begin_stands_on_it(locale: str) -> None:
    page = slip_page(WORDS, back="/people?site=1&x=2", locale=locale)
    assert all(getattr(WORDS, one.name) in page for one in fields(Slip))
    assert "/people?site=1&amp;x=2" in page
    assert "paper.slip" not in page
