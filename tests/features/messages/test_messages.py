"""Messages are one's own."""

from __future__ import annotations

from datetime import timedelta

from propapp.features.messages.models import Message
from propapp.features.messages.repository import latest_of
from propapp.features.orders.models import Priority
from propapp.features.people.models import Person
from tests.world import NOON, World, a_completed_order, a_report, looking, rows, write


def test_reading_marks_ones_own_up_to_an_instant_and_nobody_elses(garden: World) -> None:
    order = a_completed_order(garden)
    garden.clock.move(timedelta(minutes=1))
    garden.do("owner", "order.confirm", order_id=order.id)
    garden.clock.move(timedelta(minutes=1))
    garden.do("technician", "message.read", up_to=NOON)
    assert {message.read_at for message in rows(Message)} == {None}
    garden.do("owner", "message.read", up_to=NOON)
    read = {message.kind: message.read_at for message in rows(Message)}
    later = NOON + timedelta(minutes=2)
    assert read == {
        "order.claimed": later,
        "order.started": later,
        "order.completed": later,
        "order.confirmed": None,
    }


def test_reading_twice_keeps_the_first_time(garden: World) -> None:
    order = a_report(garden)
    garden.do("technician", "order.claim", order_id=order.id)
    for _ in range(2):
        garden.do("owner", "message.read", up_to=NOON)
        garden.clock.move(timedelta(hours=1))
    assert [message.read_at for message in rows(Message)] == [NOON]


def test_a_person_sees_only_their_own(garden: World) -> None:
    order = a_report(garden)
    garden.do("technician", "order.claim", order_id=order.id)
    with looking() as session:
        found = {name: latest_of(session, actor) for name, actor in garden.people.items()}
    counts = {name: (unread, len(latest)) for name, (latest, unread) in found.items()}
    assert counts.pop("owner") == (1, 1)
    assert set(counts.values()) == {(0, 0)}


def test_who_has_left_is_told_no_more(garden: World) -> None:
    with write() as session:
        session.get_one(Person, garden.actor("supervisor").person_id).active = False
    a_report(garden, priority=Priority.URGENT)
    assert rows(Message) == []
