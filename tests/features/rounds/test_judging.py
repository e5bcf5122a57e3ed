"""What an answer amounts to, for every kind of question and every way to get it wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from propapp.core.errors import (
    AnswerMissing,
    ChoiceNotOffered,
    InvalidInput,
    ItemUnknown,
    NoteRequired,
    NumberNotPossible,
    PhotoRequired,
    PropappError,
)
from propapp.core.ids import uuid7
from propapp.features.rounds import rules
from propapp.features.rounds.commands import GivenAnswer
from propapp.features.rounds.models import Verdict
from propapp.features.standards.models import ChecklistItem, ChecklistTemplate, ItemKind
from tests.world import NOON, a_shot, an_item

TEMPLATE = ChecklistTemplate(id=uuid7(), code="t", name="T", published_at=NOON)
SMELL = [
    {"value": "none", "label": "None", "label_en": "None", "fail": False},
    {"value": "gas", "label": "Gas", "label_en": "Gas", "fail": True},
]
SHOWN = {"note": "Look", "photos": [a_shot()]}


def question(kind: ItemKind, **values: Any) -> ChecklistItem:
    return an_item(TEMPLATE, 1, kind, **values)


def gauge(**values: Any) -> ChecklistItem:
    limits = {"low": 0.2, "high": 0.6, "least": 0.0, "most": 2.0, "unit": "MPa"}
    return question(ItemKind.NUMBER, **(limits | values))


def judged(item: ChecklistItem, **given: Any) -> Verdict:
    return rules.judge(item, GivenAnswer(item_id=item.id, **given))


@pytest.mark.parametrize(
    ("item", "given", "verdict"),
    [
        (question(ItemKind.PASS_FAIL), {"verdict": "pass"}, Verdict.PASS),
        (question(ItemKind.PASS_FAIL), {"verdict": "fail", **SHOWN}, Verdict.FAIL),
        (question(ItemKind.PASS_FAIL), {"verdict": "not_applicable"}, Verdict.NOT_APPLICABLE),
        (gauge(), {"number": 0.2}, Verdict.PASS),
        (gauge(), {"number": 0.6}, Verdict.PASS),
        (gauge(), {"number": 0.61, **SHOWN}, Verdict.FAIL),
        (gauge(), {"number": 0.0, **SHOWN}, Verdict.FAIL),
        (gauge(low=None), {"number": 0.0}, Verdict.PASS),
        (gauge(), {"number": 0.61, "verdict": "pass", **SHOWN}, Verdict.FAIL),
        (question(ItemKind.SINGLE, choices=SMELL), {"choices": ["none"]}, Verdict.PASS),
        (question(ItemKind.SINGLE, choices=SMELL), {"choices": ["gas"], **SHOWN}, Verdict.FAIL),
        (
            question(ItemKind.MULTIPLE, choices=SMELL),
            {"choices": ["none", "gas"], **SHOWN},
            Verdict.FAIL,
        ),
        (question(ItemKind.MULTIPLE, choices=SMELL, required=False), {}, Verdict.PASS),
        (question(ItemKind.TEXT), {"text": "Quiet"}, Verdict.PASS),
        (question(ItemKind.PHOTO), {"photos": [a_shot()]}, Verdict.PASS),
    ],
)
def test_the_verdict(item: ChecklistItem, given: dict[str, Any], verdict: Verdict) -> None:
    assert judged(item, **given) is verdict


@pytest.mark.parametrize(
    ("item", "given", "refusal"),
    [
        (question(ItemKind.PASS_FAIL), {}, AnswerMissing),
        (question(ItemKind.PASS_FAIL), {"verdict": "fail", "note": "x"}, PhotoRequired),
        (
            question(ItemKind.PASS_FAIL),
            {"verdict": "fail", "photos": [a_shot()]},
            NoteRequired,
        ),
        (question(ItemKind.PASS_FAIL), {"verdict": "pass", "number": 1}, InvalidInput),
        (question(ItemKind.PASS_FAIL, photo_required=True), {"verdict": "pass"}, PhotoRequired),
        (gauge(), {"verdict": "pass"}, AnswerMissing),
        (gauge(), {"number": -0.01}, NumberNotPossible),
        (gauge(), {"number": 2.01}, NumberNotPossible),
        (gauge(), {"number": 0.7, "note": "x"}, PhotoRequired),
        (gauge(), {"number": 0.5, "choices": ["none"]}, InvalidInput),
        (question(ItemKind.SINGLE, choices=SMELL), {}, AnswerMissing),
        (question(ItemKind.SINGLE, choices=SMELL), {"choices": ["smoke"]}, ChoiceNotOffered),
        (question(ItemKind.SINGLE, choices=SMELL), {"choices": ["none", "gas"]}, InvalidInput),
        (question(ItemKind.MULTIPLE, choices=SMELL), {"choices": ["none"] * 2}, InvalidInput),
        (question(ItemKind.MULTIPLE, choices=SMELL), {}, AnswerMissing),
        (question(ItemKind.TEXT), {"note": "x"}, AnswerMissing),
        (question(ItemKind.TEXT), {"text": "x", "number": 1}, InvalidInput),
        (question(ItemKind.PHOTO), {"text": "x"}, InvalidInput),
        (question(ItemKind.PHOTO, required=False), {"note": "x"}, PhotoRequired),
    ],
)
def test_the_refusal(
    item: ChecklistItem, given: dict[str, Any], refusal: type[PropappError]
) -> None:
    with pytest.raises(refusal):
        judged(item, **given)


def test_the_refusal_names_the_question_in_both_languages_and_the_limits() -> None:
    item = gauge(label="A", label_en="B")
    with pytest.raises(NumberNotPossible) as refusal:
        judged(item, number=9)
    assert refusal.value.facts == {
        "item": "A",
        "item_en": "B",
        "number": "9",
        "least": "0",
        "most": "2",
        "unit": "MPa",
    }


def test_a_required_question_must_be_answered_and_another_may_be_left() -> None:
    required, optional = question(ItemKind.PASS_FAIL), question(ItemKind.TEXT, required=False)
    items = [required, optional]
    blank = [GivenAnswer(item_id=required.id), GivenAnswer(item_id=optional.id)]
    for given in ([], blank):
        with pytest.raises(AnswerMissing):
            rules.judge_all(items, given)
    answered = GivenAnswer(item_id=required.id, verdict=Verdict.PASS)
    assert len(rules.judge_all(items, [answered, blank[1]])) == 1


def test_a_foreign_question_and_a_second_answer_are_refused() -> None:
    item = question(ItemKind.PASS_FAIL)
    answer = GivenAnswer(item_id=item.id, verdict=Verdict.PASS)
    with pytest.raises(ItemUnknown):
        rules.judge_all([item], [answer, GivenAnswer(item_id=uuid7(), verdict=Verdict.PASS)])
    with pytest.raises(InvalidInput):
        rules.judge_all([item], [answer, answer])


@drawn(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_passes_fails_or_is_not_possible(number: float) -> None:
    try:
        verdict = judged(gauge(), number=number, **SHOWN)
    except NumberNotPossible:
        assert not 0 <= number <= 2
    else:
        assert verdict is (Verdict.PASS if 0.2 <= number <= 0.6 else Verdict.FAIL)


@pytest.mark.parametrize(
    ("position", "visited", "flagged"),
    [
        (1, [], False),
        (2, [], True),
        (2, [1], False),
        (3, [1], True),
        (2, [1, 3], True),
        (4, [1, 3, 2], False),
        (1, [1, 2], False),
        (4, [1, 2, 3], False),
    ],
)
def test_out_of_order(position: int, visited: list[int], *, flagged: bool) -> None:
    assert rules.is_out_of_order(position, [1, 2, 3, 4], visited) is flagged
