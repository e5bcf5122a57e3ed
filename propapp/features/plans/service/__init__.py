"""The verbs of plans."""

from propapp.features.plans.service.deciding import (
    approve,
    close,
    put_in_force,
    review,
    revise,
    send_back,
)
from propapp.features.plans.service.verbs import verbs_for
from propapp.features.plans.service.writing import drop_task, keep, keep_task

__all__ = [
    "approve",
    "close",
    "drop_task",
    "keep",
    "keep_task",
    "put_in_force",
    "review",
    "revise",
    "send_back",
    "verbs_for",
]
