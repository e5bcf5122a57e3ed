"""The way of a run, as a table."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.rounds.models import Look, RunStatus

RUN_FLOW: Flow[RunStatus] = Flow(
    "run",
    {
        "visit": Step(sources=frozenset({RunStatus.RUNNING}), target=RunStatus.RUNNING),
        "finish": Step(sources=frozenset({RunStatus.RUNNING}), target=RunStatus.FINISHED),
        # The server's own step: every byte of every photo is here.
        "seal": Step(sources=frozenset({RunStatus.FINISHED}), target=RunStatus.SEALED),
    },
)

_OPEN = frozenset({Look.WAITING, Look.ASKED})

LOOK_FLOW: Flow[Look] = Flow(
    "second_look",
    {
        "ask": Step(sources=frozenset({Look.WAITING}), target=Look.ASKED),
        "believe": Step(sources=_OPEN, target=Look.CREDIBLE),
        "doubt": Step(sources=_OPEN, target=Look.NOT_CREDIBLE),
    },
)
