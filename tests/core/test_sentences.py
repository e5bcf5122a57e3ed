"""Every refusal is a sentence in both languages, with the same blanks and nothing left blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from propapp.core import errors
from propapp.core.text import LOCALES, catalogue, refusal

BLANK = re.compile(r"\{(\w+)\}")


def kinds(base: type[errors.PropappError]) -> Iterator[type[errors.PropappError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


CODES = sorted({kind.code for kind in kinds(errors.PropappError)})
FACTS: dict[str, dict[str, str]] = {
    "not_yours": {"name": "李", "name_en": "Li"},
    "already_claimed": {"name": "李", "name_en": "Li", "number": "WX-1"},
    "too_late": {"days": "7"},
    "number_not_possible": {"item": "压力", "item_en": "Pressure", "number": "9", "unit": "MPa"},
    "choice_not_offered": {"item": "气味", "item_en": "Smell"},
    "weights_not_hundred": {"sum": "90"},
    "letter_open": {"version": "2"},
    "answer_missing": {"item": "门", "item_en": "Door"},
    "notice_impossible": {"day": "2027-02-30"},
    "rule_unreadable": {"part": "FREQ"},
    "rule_never_ends": {"years": "10"},
    "rule_never_happens": {"first": "2026-01-01", "last": "2026-12-31"},
    "window_impossible": {"grain": "5"},
    "coverage_impossible": {"every": "60", "minutes": "45"},
    "roster_broken": {
        "name": "李",
        "name_en": "Li",
        "day": "2026-03-10",
        "elsewhere": "（其他项目）",
        "elsewhere_en": " (another site)",
    },
    "outside_plan": {
        "name": "巡查",
        "name_en": "Patrol",
        "first": "2026-01-01",
        "last": "2026-12-31",
    },
    "tasks_in_circle": {"keys": "a → b → a"},
    "revision_open": {"version": "2"},
    "pack_invalid": {"file": "a.toml", "clause": "1", "field": "text", "problem": "missing"},
    "loosens_statute": {"statute": "S-1"},
    "clause_in_use": {"number": "C-1"},
    "clause_of_pack": {"number": "C-1"},
    "sheet_too_large": {"most": "10"},
    "sheet_too_many_rows": {"most": "5000"},
    "sheet_too_many_columns": {"most": "60"},
    "column_missing": {"name": "名称", "name_en": "Name"},
    "column_unknown": {"name": "备注", "at": "3"},
    "column_twice": {"name": "Name"},
    "name_taken": {"name": "B1"},
    "username_taken": {"name": "li"},
    "route_scheduled": {"name": "夜巡", "name_en": "Night", "count": "2"},
    "route_given_up": {"name": "夜巡", "name_en": "Night"},
    "password_short": {"least": "8"},
    "password_long": {"most": "256"},
    "foreign_code": {"point": "泵房", "point_en": "Pump room"},
}


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_its_sentence_in_both_languages_with_the_same_blanks(code: str) -> None:
    sentences = {locale: catalogue(locale).get(f"error.{code}", "") for locale in LOCALES}
    assert all(sentences.values()), f"error.{code} is missing: {sentences}"
    blanks = [set(BLANK.findall(sentence)) for sentence in sentences.values()]
    assert blanks[0] == blanks[1]
    assert blanks[0] <= set(FACTS.get(code, {})), "a blank that no fact fills"


def test_no_two_refusals_share_a_code() -> None:
    assert len(CODES) == len(list(kinds(errors.PropappError)))


@pytest.mark.parametrize("code", sorted(FACTS))
def test_each_language_takes_its_own_form_of_a_fact(code: str) -> None:
    facts = FACTS[code]
    chinese, english = refusal(code, "zh-CN", facts), refusal(code, "en", facts)
    own = [name for name in facts if f"{name}_en" in facts]
    assert all(facts[name] in chinese and facts[name] not in english for name in own)
    assert all(facts[f"{name}_en"] in english for name in own)


def test_no_sentence_of_a_refusal_stands_there_for_nothing() -> None:
    written = {key for key in catalogue("en") if key.startswith("error.")}
    assert written == {f"error.{code}" for code in CODES}
