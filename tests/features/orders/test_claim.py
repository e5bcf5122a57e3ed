"""An order belongs to exactly one person, whoever taps first."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from propapp.core.access import Role
from propapp.core.errors import AlreadyClaimed, WrongStep
from propapp.core.timeline import TimelineEvent
from propapp.features.orders.models import OrderStatus, WorkOrder
from tests.world import World, a_report, an_order_row, found, rows

CLAIMANTS = 50


def test_of_fifty_who_tap_at_once_one_has_it_and_the_others_are_told_who(garden: World) -> None:
    order = a_report(garden)
    names = [f"hand{number}" for number in range(CLAIMANTS)]
    for name in names:
        garden.person(name, Role.TECHNICIAN)
    ready = threading.Barrier(CLAIMANTS)

    def tap(name: str) -> str:
        ready.wait()
        try:
            garden.do(name, "order.claim", order_id=order.id)
        except AlreadyClaimed as refusal:
            return f"told {refusal.facts['name']}"
        return f"won {name}"

    with ThreadPoolExecutor(CLAIMANTS) as pool:
        answers = Counter(pool.map(tap, names))
    (winner,) = [answer.removeprefix("won ") for answer in answers if answer.startswith("won")]
    assert answers == {f"won {winner}": 1, f"told {winner}": CLAIMANTS - 1}
    claimed = found(WorkOrder, order.id)
    assert claimed.assignee_id == garden.actor(winner).person_id
    assert (claimed.status, claimed.version) == (OrderStatus.ASSIGNED, 2)
    assert len(rows(TimelineEvent, thing_id=order.id, verb="order.claimed")) == 1


def test_claiming_twice_is_having_it_once(garden: World) -> None:
    order = a_report(garden)
    garden.do("technician", "order.claim", order_id=order.id)
    garden.do("technician", "order.claim", order_id=order.id)
    assert len(rows(TimelineEvent, thing_id=order.id, verb="order.claimed")) == 1


def test_a_cancelled_order_cannot_be_claimed(garden: World) -> None:
    order = an_order_row(garden, OrderStatus.CANCELLED)
    with pytest.raises(WrongStep):
        garden.do("technician", "order.claim", order_id=order.id)
    assert found(WorkOrder, order.id).assignee_id is None


def test_the_answer_to_a_late_claim_names_who_has_it_in_both_scripts(garden: World) -> None:
    order = a_report(garden)
    garden.do("technician", "order.claim", order_id=order.id)
    with pytest.raises(AlreadyClaimed) as refusal:
        garden.do("cleaner", "order.claim", order_id=order.id)
    assert refusal.value.facts == {
        "number": order.number,
        "name": "technician",
        "name_en": "Technician",
    }
