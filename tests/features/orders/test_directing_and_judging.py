"""Those who answer for the work, and the owner who judges it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.access import Role
from propapp.core.errors import NotFound, NotYours, TooLate, WrongStep
from propapp.features.messages.models import Message
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.people.models import Person
from tests.world import (
    NOON,
    World,
    a_completed_order,
    a_report,
    an_order_in_progress,
    found,
    rows,
    write,
)


def test_a_supervisor_takes_work_from_one_and_gives_it_to_another(garden: World) -> None:
    order = an_order_in_progress(garden)
    cleaner = garden.actor("cleaner").person_id
    garden.do("supervisor", "order.assign", order_id=order.id, to_person_id=cleaner)
    assert found(WorkOrder, order.id).assignee_id == cleaner
    told = {name: kinds_for(garden, name) for name in ("cleaner", "technician")}
    assert told == {"cleaner": ["order.assigned_to_you"], "technician": ["order.taken_from_you"]}


def test_assigning_is_a_response(garden: World) -> None:
    order = a_report(garden)
    garden.clock.move(timedelta(minutes=5))
    who = garden.actor("technician").person_id
    garden.do("supervisor", "order.assign", order_id=order.id, to_person_id=who)
    assert found(WorkOrder, order.id).responded_at == NOON + timedelta(minutes=5)


def test_work_sent_back_is_with_the_same_hands_again(garden: World) -> None:
    order = a_completed_order(garden)
    garden.do("supervisor", "order.send_back", order_id=order.id, reason="Still wet")
    order = found(WorkOrder, order.id)
    assert (order.status, order.completed_at) == (OrderStatus.IN_PROGRESS, None)
    assert order.assignee_id == garden.actor("technician").person_id
    assert kinds_for(garden, "technician") == ["order.sent_back_to_you"]


def test_what_staff_found_a_supervisor_closes_and_what_an_owner_reported_the_owner(
    garden: World,
) -> None:
    found_by_staff, reported = a_completed_order(garden, by="guard"), a_completed_order(garden)
    garden.do("supervisor", "order.verify", order_id=found_by_staff.id)
    assert found(WorkOrder, found_by_staff.id).closed_at == NOON
    with pytest.raises(NotYours):
        garden.do("supervisor", "order.verify", order_id=reported.id)


def test_a_neighbours_order_does_not_exist_for_an_owner(garden: World) -> None:
    order = a_completed_order(garden)
    garden.person("neighbour", Role.OWNER)
    with pytest.raises(NotFound):
        garden.do("neighbour", "order.confirm", order_id=order.id)


def test_reopened_it_returns_to_who_did_it_and_the_promise_stays(garden: World) -> None:
    order = a_completed_order(garden)
    garden.do("owner", "order.confirm", order_id=order.id)
    garden.clock.move(timedelta(days=7))
    garden.do("owner", "order.reopen", order_id=order.id, reason="Drips again")
    again = found(WorkOrder, order.id)
    assert (again.status, again.assignee_id) == (
        OrderStatus.ASSIGNED,
        garden.actor("technician").person_id,
    )
    assert (again.due_at, again.closed_at, again.completed_at) == (order.due_at, None, None)
    assert "order.reopened" in kinds_for(garden, "technician")
    assert "order.reopened" in kinds_for(garden, "supervisor")


def test_reopened_when_its_hands_have_left_it_is_on_the_open_list(garden: World) -> None:
    order = a_completed_order(garden)
    with write() as session:
        session.get_one(Person, garden.actor("technician").person_id).active = False
    garden.do("owner", "order.reopen", order_id=order.id, reason="Drips again")
    again = found(WorkOrder, order.id)
    assert (again.status, again.assignee_id) == (OrderStatus.REPORTED, None)


def test_after_a_week_it_is_too_late_to_reopen(garden: World) -> None:
    order = a_completed_order(garden)
    garden.clock.move(timedelta(days=7, seconds=1))
    with pytest.raises(TooLate):
        garden.do("owner", "order.reopen", order_id=order.id, reason="Drips again")


def test_reopening_offline_within_the_week_counts_when_it_was_tapped(garden: World) -> None:
    order = a_completed_order(garden)
    garden.clock.move(timedelta(days=9))
    tapped = NOON + timedelta(days=6)
    garden.do("owner", "order.reopen", at=tapped, order_id=order.id, reason="Drips again")
    assert found(WorkOrder, order.id).status is OrderStatus.ASSIGNED


def test_stars_come_after_the_end_and_the_last_word_stands(garden: World) -> None:
    order = a_completed_order(garden)
    with pytest.raises(WrongStep):
        garden.do("owner", "order.rate", order_id=order.id, stars=5)
    garden.do("owner", "order.confirm", order_id=order.id)
    for stars in (5, 3):
        garden.do("owner", "order.rate", order_id=order.id, stars=stars, note="Slow")
    rated = found(WorkOrder, order.id)
    assert (rated.stars, rated.rating_note) == (3, "Slow")


def test_a_cancelled_order_tells_everybody_why(garden: World) -> None:
    order = an_order_in_progress(garden)
    garden.do("supervisor", "order.cancel", order_id=order.id, reason="Twice reported")
    assert kinds_for(garden, "owner")[-1] == "order.cancelled"
    assert kinds_for(garden, "technician") == ["order.cancelled_for_you"]


def kinds_for(world: World, name: str) -> list[str]:
    return [message.kind for message in rows(Message, person_id=world.actor(name).person_id)]
