"""The verbs of a work order, by theme: report, take and do, direct, judge."""

from propapp.features.orders.service.defects import Defect, report_defects
from propapp.features.orders.service.directing import assign, cancel, send_back, verify
from propapp.features.orders.service.judging import confirm, rate, reopen
from propapp.features.orders.service.reporting import report
from propapp.features.orders.service.verbs import verbs_for
from propapp.features.orders.service.working import (
    claim,
    complete,
    hand_over,
    hold,
    note,
    resume,
    start,
)

__all__ = [
    "Defect",
    "assign",
    "cancel",
    "claim",
    "complete",
    "confirm",
    "hand_over",
    "hold",
    "note",
    "rate",
    "reopen",
    "report",
    "report_defects",
    "resume",
    "send_back",
    "start",
    "verbs_for",
    "verify",
]
