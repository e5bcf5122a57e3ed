"""The way of an accident: found one way or the other, found anew, or withdrawn."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.accidents.models import AccidentStatus

_STANDS = frozenset({AccidentStatus.OPEN, AccidentStatus.LIABLE, AccidentStatus.NOT_LIABLE})

ACCIDENT_FLOW: Flow[AccidentStatus] = Flow(
    "accident",
    {
        "find_liable": Step(_STANDS - {AccidentStatus.LIABLE}, AccidentStatus.LIABLE),
        "find_not_liable": Step(_STANDS - {AccidentStatus.NOT_LIABLE}, AccidentStatus.NOT_LIABLE),
        "withdraw": Step(_STANDS, AccidentStatus.WITHDRAWN),
    },
)
