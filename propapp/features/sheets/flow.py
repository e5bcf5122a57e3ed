"""The way of a workbook that was brought."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.sheets.models import SheetStatus

_S = SheetStatus
SHEET_FLOW: Flow[SheetStatus] = Flow(
    "sheet_import",
    {
        "check": Step(frozenset({_S.WAITING}), _S.CHECKED),
        "refuse": Step(frozenset({_S.WAITING, _S.TAKING}), _S.REFUSED),
        "take_in": Step(frozenset({_S.CHECKED}), _S.TAKING),
        # What could be done when it was looked at may be impossible by now.
        "stop": Step(frozenset({_S.TAKING}), _S.CHECKED),
        "finish": Step(frozenset({_S.TAKING}), _S.TAKEN),
        "fail": Step(frozenset({_S.WAITING, _S.TAKING}), _S.FAILED),
        "drop": Step(frozenset({_S.CHECKED, _S.REFUSED, _S.FAILED}), _S.DROPPED),
    },
)
