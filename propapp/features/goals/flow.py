"""The way of a goal and of a letter, as tables."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.goals.models import GoalStatus, LetterStatus

GOAL_FLOW: Flow[GoalStatus] = Flow(
    "goal",
    {
        "keep": Step(frozenset({GoalStatus.SET}), GoalStatus.SET),
        "serve": Step(frozenset({GoalStatus.SET}), GoalStatus.SET),
        "drop": Step(frozenset({GoalStatus.SET}), GoalStatus.DROPPED),
    },
)

_DRAFT, _ISSUED = LetterStatus.DRAFT, LetterStatus.ISSUED
# What was issued is as it was read; another version is another letter.
LETTER_FLOW: Flow[LetterStatus] = Flow(
    "letter",
    {
        "keep": Step(frozenset({_DRAFT}), _DRAFT),
        "issue": Step(frozenset({_DRAFT}), _ISSUED),
        "sign": Step(frozenset({_ISSUED}), _ISSUED),
        # When the next version is issued.
        "overtake": Step(frozenset({_ISSUED}), LetterStatus.REPLACED),
        "withdraw": Step(frozenset({_DRAFT, _ISSUED}), LetterStatus.WITHDRAWN),
    },
)
