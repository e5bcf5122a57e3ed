"""The way of a work order, as a table."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.orders.models import OPEN_STATUSES, OrderStatus

_TAKEN = OPEN_STATUSES - {OrderStatus.REPORTED}
_DONE = frozenset({OrderStatus.COMPLETED, OrderStatus.CLOSED})


def _step(*sources: OrderStatus, to: OrderStatus) -> Step[OrderStatus]:
    return Step(sources=frozenset(sources), target=to)


WORK_ORDER_FLOW: Flow[OrderStatus] = Flow(
    "work_order",
    {
        "claim": _step(OrderStatus.REPORTED, to=OrderStatus.ASSIGNED),
        "assign": _step(*OPEN_STATUSES, to=OrderStatus.ASSIGNED),
        "start": _step(OrderStatus.ASSIGNED, to=OrderStatus.IN_PROGRESS),
        "hold": _step(OrderStatus.ASSIGNED, OrderStatus.IN_PROGRESS, to=OrderStatus.ON_HOLD),
        "resume": _step(OrderStatus.ON_HOLD, to=OrderStatus.IN_PROGRESS),
        # Handed to somebody it is theirs; handed to nobody it is back on the open list.
        "hand_over": _step(*_TAKEN, to=OrderStatus.ASSIGNED),
        "hand_back": _step(*_TAKEN, to=OrderStatus.REPORTED),
        "complete": _step(OrderStatus.IN_PROGRESS, to=OrderStatus.COMPLETED),
        "send_back": _step(OrderStatus.COMPLETED, to=OrderStatus.IN_PROGRESS),
        "verify": _step(OrderStatus.COMPLETED, to=OrderStatus.CLOSED),
        "confirm": _step(OrderStatus.COMPLETED, to=OrderStatus.CLOSED),
        # Reopened it goes to whoever did it; if they are gone, back on the open list.
        "reopen": _step(*_DONE, to=OrderStatus.ASSIGNED),
        "reopen_to_list": _step(*_DONE, to=OrderStatus.REPORTED),
        "rate": _step(OrderStatus.CLOSED, to=OrderStatus.CLOSED),
        "cancel": _step(*OPEN_STATUSES, to=OrderStatus.CANCELLED),
    },
)
