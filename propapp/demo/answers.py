"""What people answer on their rounds: nearly always that all is well."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from propapp.demo.plan import Question
from propapp.demo.stories import Story
from propapp.features.rounds.models import Verdict
from propapp.features.standards.models import ChecklistItem, ItemKind

_NOT_APPLICABLE = 0.008


@dataclass(frozen=True)
class Given:
    """An answer before it has an id: its verdict, and the columns that differ from nothing."""

    item: ChecklistItem
    verdict: Verdict
    values: dict[str, Any]


def answer(question: Question, story: Story | None, dice: Random) -> Given | None:
    """The answer, or none where an optional question is passed over."""
    if story is not None and story.question == question.item.position:
        return _fault(question, story, dice)
    if question.item.kind is ItemKind.PASS_FAIL and dice.random() < _NOT_APPLICABLE:
        return Given(question.item, Verdict.NOT_APPLICABLE, {})
    values = _WELL[question.item.kind](question, dice)
    return None if values is None else Given(question.item, Verdict.PASS, values)


def _fault(question: Question, story: Story, dice: Random) -> Given:
    values: dict[str, Any] = {"note": dice.choice(story.said)}
    if story.number is not None:
        values["number"] = float(story.number)
    if story.choice:
        values["choices"] = [story.choice]
    return Given(question.item, Verdict.FAIL, values)


def _nothing(_question: Question, _dice: Random) -> dict[str, Any]:
    return {}


def _number(question: Question, dice: Random) -> dict[str, Any] | None:
    item, (mean, spread) = question.item, question.usual
    if not item.required and dice.random() < 0.3:
        return None
    reading = round(dice.gauss(mean, spread), question.places)
    low = item.low if item.low is not None else reading
    high = item.high if item.high is not None else reading
    return {"number": float(min(max(reading, low), high))}


def _one(question: Question, dice: Random) -> dict[str, Any]:
    fine = [choice["value"] for choice in question.item.choices if not choice["fail"]]
    return {"choices": [fine[0] if dice.random() < 0.85 else dice.choice(fine)]}


def _several(question: Question, dice: Random) -> dict[str, Any] | None:
    fine = [choice["value"] for choice in question.item.choices if not choice["fail"]]
    if not question.item.required and dice.random() < 0.5:
        return None
    return {"choices": [value for value in fine if len(fine) == 1 or dice.random() < 0.7] or fine}


def _text(question: Question, dice: Random) -> dict[str, Any] | None:
    return {"text": dice.choice(question.said)} if dice.random() < 0.25 else None


_WELL = {
    ItemKind.PASS_FAIL: _nothing,
    ItemKind.NUMBER: _number,
    ItemKind.SINGLE: _one,
    ItemKind.MULTIPLE: _several,
    ItemKind.TEXT: _text,
    ItemKind.PHOTO: _nothing,
}
