"""The way of a loss: there is only one step."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.phones.models import LossStatus

LOSS_FLOW: Flow[LossStatus] = Flow(
    "phone loss",
    {"settle": Step(frozenset({LossStatus.OPEN}), LossStatus.SETTLED)},
)
