"""An owner's report on its way through the house."""

from __future__ import annotations

from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.photos.models import PhotoUse
from tests.world import World, a_completed_order, a_shot, found, rows


def test_from_report_to_stars(garden: World) -> None:
    order = a_completed_order(garden)
    garden.do("owner", "order.confirm", order_id=order.id)
    garden.do("owner", "order.rate", order_id=order.id, stars=5, note="Quick")
    closed = found(WorkOrder, order.id)
    assert (closed.status, closed.stars) == (OrderStatus.CLOSED, 5)
    verbs = [event.verb for event in rows(TimelineEvent, thing_id=order.id)]
    assert verbs == [
        f"order.{verb}"
        for verb in ("reported", "claimed", "started", "completed", "confirmed", "rated")
    ]
    assert [use.sha256 for use in rows(PhotoUse, parent_id=order.id)] == [
        a_shot(f"after-{order.id}").sha256
    ]
    told = rows(Message, person_id=garden.actor("owner").person_id)
    assert [message.kind for message in told] == [
        "order.claimed",
        "order.started",
        "order.completed",
    ]
