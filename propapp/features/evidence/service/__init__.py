"""Chains checked and kept, and bundles of evidence for whoever has to show it."""

from propapp.features.evidence.service.chains import (
    Verdict,
    chain_left_behind,
    keep_heads,
    verify,
)
from propapp.features.evidence.service.exporting import (
    export_day,
    export_order,
    export_run,
)

__all__ = [
    "Verdict",
    "chain_left_behind",
    "export_day",
    "export_order",
    "export_run",
    "keep_heads",
    "verify",
]
