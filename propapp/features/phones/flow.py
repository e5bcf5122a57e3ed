"""The ways of a loss and of work that is held back."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.phones.models import HeldStatus, LossStatus

LOSS_FLOW: Flow[LossStatus] = Flow(
    "phone loss",
    {"settle": Step(frozenset({LossStatus.OPEN}), LossStatus.SETTLED)},
)

HELD_FLOW: Flow[HeldStatus] = Flow(
    "work held back",
    {
        "perform": Step(frozenset({HeldStatus.OPEN}), HeldStatus.DONE),
        "settle": Step(frozenset({HeldStatus.OPEN}), HeldStatus.SETTLED),
    },
)
