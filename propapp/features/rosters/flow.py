"""The legal steps of a swap and of a leave."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.rosters.models import AskStatus

_ASKED, _ACCEPTED = AskStatus.ASKED, AskStatus.ACCEPTED

SWAP_FLOW: Flow[AskStatus] = Flow(
    "swap",
    {
        "accept": Step(frozenset({_ASKED}), _ACCEPTED),
        "decline": Step(frozenset({_ASKED}), AskStatus.DECLINED),
        "approve": Step(frozenset({_ACCEPTED}), AskStatus.APPROVED),
        "refuse": Step(frozenset({_ASKED, _ACCEPTED}), AskStatus.REFUSED),
        "withdraw": Step(frozenset({_ASKED, _ACCEPTED}), AskStatus.WITHDRAWN),
    },
)
LEAVE_FLOW: Flow[AskStatus] = Flow(
    "leave",
    {
        "approve": Step(frozenset({_ASKED}), AskStatus.APPROVED),
        "refuse": Step(frozenset({_ASKED}), AskStatus.REFUSED),
        "withdraw": Step(frozenset({_ASKED, AskStatus.APPROVED}), AskStatus.WITHDRAWN),
    },
)
