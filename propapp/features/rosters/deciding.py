"""From a tap on a request to the verb that decides it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from propapp.core.errors import InvalidInput
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.rosters import service
from propapp.features.rosters.commands import DecideLeave, DecideSwap

Act = Callable[[UnitOfWork], object]


def step(kind: str, verb: str, row_id: str, answer: str = "") -> Act:
    """Approve or refuse; on the page nobody is refused without a word."""

    def act(uow: UnitOfWork) -> object:
        if verb == "refuse" and not answer:
            raise InvalidInput(field="answer")
        if kind == "leave":
            leave = DecideLeave(leave_id=UUID(row_id), answer=answer)
            return (_LEAVE[verb])(uow, leave)
        return (_SWAP[verb])(uow, DecideSwap(swap_id=UUID(row_id), answer=answer))

    return act


_LEAVE = {"approve": service.approve_leave, "refuse": service.refuse_leave}
_SWAP = {"approve": service.approve_swap, "refuse": service.refuse_swap}
