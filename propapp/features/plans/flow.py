"""The way of a plan, as a table."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.plans.models import PlanStatus

_DRAFT, _REVIEWED = PlanStatus.DRAFT, PlanStatus.REVIEWED
_APPROVED, _IN_FORCE = PlanStatus.APPROVED, PlanStatus.IN_FORCE

# A draft may still be written; whatever was reviewed is as it was read.
PLAN_FLOW: Flow[PlanStatus] = Flow(
    "plan",
    {
        "keep": Step(frozenset({_DRAFT}), _DRAFT),
        "submit": Step(frozenset({_DRAFT}), _DRAFT),
        "review": Step(frozenset({_DRAFT}), _REVIEWED),
        "send_back": Step(frozenset({_REVIEWED, _APPROVED}), _DRAFT),
        "approve": Step(frozenset({_REVIEWED}), _APPROVED),
        "put_in_force": Step(frozenset({_APPROVED}), _IN_FORCE),
        # It stays in force while its next version is written.
        "revise": Step(frozenset({_IN_FORCE}), _IN_FORCE),
        # When the next version comes in force.
        "overtake": Step(frozenset({_IN_FORCE}), PlanStatus.REVISED),
        # Whoever wrote a draft may give it up; all else is closed by whoever approves.
        "drop": Step(frozenset({_DRAFT}), PlanStatus.CLOSED),
        # Its last day is over.
        "end": Step(frozenset({_IN_FORCE}), PlanStatus.CLOSED),
        "close": Step(frozenset({_DRAFT, _REVIEWED, _APPROVED, _IN_FORCE}), PlanStatus.CLOSED),
    },
)
