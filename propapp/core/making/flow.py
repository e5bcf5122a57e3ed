"""The way of a file in the making."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.core.making.models import ExportStatus

MAKING_FLOW: Flow[ExportStatus] = Flow(
    "file_in_the_making",
    {
        "hand_out": Step(frozenset({ExportStatus.WAITING}), ExportStatus.READY),
        "give_up": Step(frozenset({ExportStatus.WAITING}), ExportStatus.FAILED),
    },
)
