"""The way of a goal, as a table."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.goals.models import GoalStatus

GOAL_FLOW: Flow[GoalStatus] = Flow(
    "goal",
    {
        "keep": Step(frozenset({GoalStatus.SET}), GoalStatus.SET),
        "serve": Step(frozenset({GoalStatus.SET}), GoalStatus.SET),
        "drop": Step(frozenset({GoalStatus.SET}), GoalStatus.DROPPED),
    },
)
