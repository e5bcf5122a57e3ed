"""The verbs of plans."""

from propapp.features.plans.service.deciding import (
    approve,
    close,
    put_in_force,
    review,
    revise,
    send_back,
)
from propapp.features.plans.service.ending import end_plans
from propapp.features.plans.service.verbs import verbs_for
from propapp.features.plans.service.writing import (
    drop,
    drop_task,
    keep,
    keep_task,
    keep_tasks,
    submit,
)

__all__ = [
    "approve",
    "close",
    "drop",
    "drop_task",
    "end_plans",
    "keep",
    "keep_task",
    "keep_tasks",
    "put_in_force",
    "review",
    "revise",
    "send_back",
    "submit",
    "verbs_for",
]
