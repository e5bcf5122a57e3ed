"""The way of a bundle."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.evidence.models import ExportStatus

EXPORT_FLOW: Flow[ExportStatus] = Flow(
    "evidence_export",
    {
        "pack": Step(frozenset({ExportStatus.WAITING}), ExportStatus.READY),
        "fail": Step(frozenset({ExportStatus.WAITING}), ExportStatus.FAILED),
    },
)
