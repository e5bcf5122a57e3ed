"""Judging answers against the checklist: pure rules, no session and no clock."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from propapp.core.errors import (
    AnswerMissing,
    ChoiceNotOffered,
    InvalidInput,
    ItemUnknown,
    NumberNotPossible,
)
from propapp.core.guards import needs_photo, needs_words
from propapp.features.rounds.commands import GivenAnswer
from propapp.features.rounds.models import Verdict
from propapp.features.standards.models import ChecklistItem, ItemKind

Judged = list[tuple[ChecklistItem, GivenAnswer, Verdict]]


def judge_all(items: Sequence[ChecklistItem], given: Sequence[GivenAnswer]) -> Judged:
    """Every answer with its verdict; whatever the checklist does not allow is refused by name."""
    answers = _by_item(items, given)
    judged: Judged = []
    for item in items:
        answer = answers.get(item.id)
        if answer is None or _is_blank(answer):
            _refuse_if(item.required, AnswerMissing, item)
            continue
        judged.append((item, answer, judge(item, answer)))
    return judged


def judge(item: ChecklistItem, answer: GivenAnswer) -> Verdict:
    """What the answer amounts to."""
    if answer.verdict is Verdict.NOT_APPLICABLE:
        return Verdict.NOT_APPLICABLE
    _refuse_if(_has_foreign_value(item, answer), InvalidInput, item, field="answers")
    verdict = _verdict(item, answer)
    if verdict is Verdict.FAIL:
        needs_words(answer.note, **named(item))
    if verdict is Verdict.FAIL or item.photo_required or item.kind is ItemKind.PHOTO:
        needs_photo(answer.photos, **named(item))
    return verdict


def reading(item: ChecklistItem, answer: GivenAnswer) -> str:
    """What the instrument showed, as one says it; empty for other questions."""
    if item.kind is not ItemKind.NUMBER or answer.number is None:
        return ""
    return f"{answer.number:g} {item.unit}".strip()


def named(item: ChecklistItem) -> dict[str, str]:
    """The question's words, for the sentence of a refusal."""
    return {"item": item.label, "item_en": item.label_en or item.label}


def _by_item(
    items: Sequence[ChecklistItem], given: Sequence[GivenAnswer]
) -> Mapping[UUID, GivenAnswer]:
    answers = {answer.item_id: answer for answer in given}
    if len(answers) != len(given):
        raise InvalidInput(field="answers")
    if answers.keys() - {item.id for item in items}:
        raise ItemUnknown
    return answers


def _is_blank(answer: GivenAnswer) -> bool:
    return answer.model_dump(exclude={"item_id"}, exclude_defaults=True) == {}


def _has_foreign_value(item: ChecklistItem, answer: GivenAnswer) -> bool:
    is_choice = item.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE)
    return (
        (answer.number is not None and item.kind is not ItemKind.NUMBER)
        or (bool(answer.choices) and not is_choice)
        or (bool(answer.text) and item.kind is not ItemKind.TEXT)
    )


def _verdict(item: ChecklistItem, answer: GivenAnswer) -> Verdict:
    match item.kind:
        case ItemKind.PASS_FAIL:
            _refuse_if(answer.verdict is None, AnswerMissing, item)
            return answer.verdict or Verdict.PASS
        case ItemKind.NUMBER:
            return _of_number(item, answer.number)
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return _of_choices(item, answer.choices)
        case ItemKind.TEXT:
            _refuse_if(item.required and not answer.text, AnswerMissing, item)
        case ItemKind.PHOTO:
            pass
    return Verdict.PASS


def _of_number(item: ChecklistItem, number: float | None) -> Verdict:
    if number is None:
        raise AnswerMissing(**named(item))
    possible = math.isfinite(number) and _within(number, item.least, item.most)
    if not possible:
        limits = {"least": _shown(item.least), "most": _shown(item.most), "unit": item.unit}
        raise NumberNotPossible(number=f"{number:g}", **limits, **named(item))
    return Verdict.PASS if _within(number, item.low, item.high) else Verdict.FAIL


def _of_choices(item: ChecklistItem, chosen: Sequence[str]) -> Verdict:
    offered = {choice["value"]: bool(choice.get("fail")) for choice in item.choices}
    _refuse_if(not chosen and item.required, AnswerMissing, item)
    single = item.kind is ItemKind.SINGLE
    if len(set(chosen)) != len(chosen) or (single and len(chosen) > 1):
        raise InvalidInput(field="choices")
    for value in chosen:
        if value not in offered:
            raise ChoiceNotOffered(choice=value, **named(item))
    return Verdict.FAIL if any(offered[value] for value in chosen) else Verdict.PASS


def _within(number: float, low: float | None, high: float | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


def _shown(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _refuse_if(wrong: bool, error: type[Any], item: ChecklistItem, **facts: str) -> None:  # noqa: FBT001
    if wrong:
        raise error(**facts, **named(item))


def is_out_of_order(position: int, positions: Sequence[int], visited: Sequence[int]) -> bool:
    """Whether this stop is not the next one after the last that was visited.

    ``visited`` is in the order of arrival. Coming back to a stop corrects it and breaks no order.
    """
    if position in visited:
        return False
    after = visited[-1] if visited else 0
    expected = [stop for stop in sorted(positions) if stop > after and stop not in visited]
    return not expected or position != expected[0]
