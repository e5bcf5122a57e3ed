"""Reporting: what, where, how urgent, until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from propapp.core.errors import (
    AlreadyThere,
    InvalidInput,
    NoteRequired,
    NotFound,
)
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.orders.components.marks import CATEGORIES
from propapp.features.orders.models import Category, Priority, Source, WorkOrder
from propapp.features.photos.models import PhotoPurpose, PhotoUse
from propapp.features.sites.models import Unit
from tests.world import NOON, World, a_report, a_shot, rows, save


@pytest.mark.parametrize(
    ("priority", "respond", "done"),
    [
        (Priority.URGENT, timedelta(minutes=30), timedelta(hours=4)),
        (Priority.HIGH, timedelta(hours=2), timedelta(hours=24)),
        (Priority.NORMAL, timedelta(hours=24), timedelta(days=3)),
        (Priority.LOW, timedelta(hours=24), timedelta(days=7)),
    ],
)
def test_the_priority_promises_two_times(
    garden: World, priority: Priority, respond: timedelta, done: timedelta
) -> None:
    order = a_report(garden, priority=priority)
    assert (order.respond_by, order.due_at) == (NOON + respond, NOON + done)


def test_fire_burns_without_anybody_saying_so(garden: World) -> None:
    assert a_report(garden, category=Category.FIRE).priority is Priority.URGENT


def test_a_complaint_is_reported_like_any_trouble_and_promised_an_answer_in_a_day(
    garden: World,
) -> None:
    order = a_report(garden, category="complaint", description="Drums at night")
    assert (order.category, order.priority) == (Category.COMPLAINT, Priority.NORMAL)
    assert order.respond_by - order.reported_at == timedelta(hours=24)
    assert set(CATEGORIES) == set(Category)


def test_an_owner_reports_for_their_own_unit(garden: World) -> None:
    order = a_report(garden, unit_id=garden.unit.id, place_id=None, place_text="kitchen")
    assert (order.source, order.place_text) == (Source.OWNER, "B1 0302 · kitchen")


def test_a_neighbours_unit_does_not_exist_for_an_owner(garden: World) -> None:
    next_door = Unit(
        id=uuid7(), site_id=garden.site.id, building_id=garden.building.id, number="0303"
    )
    save(next_door)
    with pytest.raises(NotFound):
        a_report(garden, unit_id=next_door.id, place_id=None)
    order = a_report(garden, "service_desk", unit_id=next_door.id, place_id=None)
    assert order.source is Source.STAFF


def test_an_owner_must_say_where_and_staff_may_say_it_in_words(garden: World) -> None:
    with pytest.raises(InvalidInput):
        a_report(garden, place_id=None, place_text="somewhere")
    order = a_report(garden, "guard", place_id=None, place_text="somewhere")
    assert order.place_text == "somewhere"
    with pytest.raises(InvalidInput):
        a_report(garden, "guard", place_id=None)


def test_a_place_of_another_site_does_not_exist(garden: World, elsewhere: World) -> None:
    with pytest.raises(NotFound):
        a_report(garden, place_id=elsewhere.lobby.id)
    with pytest.raises(NotFound):
        a_report(garden, "guard", place_id=None, unit_id=elsewhere.unit.id)


def test_an_order_is_not_two_places_at_once(garden: World) -> None:
    with pytest.raises(InvalidInput):
        a_report(garden, unit_id=garden.unit.id)


def test_nothing_said_is_nothing_reported(garden: World) -> None:
    with pytest.raises(NoteRequired):
        a_report(garden, description="  ")
    assert rows(WorkOrder) == []
    assert rows(TimelineEvent) == []


def test_an_id_that_is_taken_overwrites_nothing(garden: World) -> None:
    order = a_report(garden)
    with pytest.raises(AlreadyThere):
        a_report(garden, "guard", order_id=order.id, description="Something else")
    assert [one.description for one in rows(WorkOrder)] == ["The tap drips"]


def test_numbers_count_from_one_on_each_day_of_the_site(garden: World) -> None:
    garden.clock.set(datetime(2026, 3, 10, 15, 59, tzinfo=UTC))  # a minute to midnight there
    numbers = [a_report(garden).number, a_report(garden).number]
    garden.clock.move(timedelta(minutes=2))
    numbers.append(a_report(garden).number)
    assert numbers == ["WX-20260310-0001", "WX-20260310-0002", "WX-20260311-0001"]


def test_where_there_are_several_sites_the_number_says_which(
    garden: World, elsewhere: World
) -> None:
    numbers = {a_report(garden).number, a_report(elsewhere).number}
    assert numbers == {"CH-WX-20260310-0001", "LX-WX-20260310-0001"}


def test_photos_of_a_report_show_how_it_was_before(garden: World) -> None:
    order = a_report(garden, photos=[a_shot("drip", latitude=31.2, longitude=121.4)])
    (use,) = rows(PhotoUse)
    assert (use.parent_id, use.purpose, use.latitude) == (order.id, PhotoPurpose.BEFORE, 31.2)
    assert use.owner_id == garden.actor("owner").person_id


def test_the_supervisor_is_told_of_what_is_urgent_and_of_nothing_else(garden: World) -> None:
    a_report(garden)
    assert rows(Message) == []
    order = a_report(garden, priority=Priority.URGENT)
    (message,) = rows(Message)
    assert (message.kind, message.person_id, message.facts["number"], message.facts["by"]) == (
        "order.urgent",
        garden.actor("supervisor").person_id,
        order.number,
        "owner",
    )


def test_a_report_made_offline_keeps_the_time_of_the_phone(garden: World) -> None:
    before = NOON - timedelta(hours=5)
    values = {"order_id": uuid7(), "site_id": garden.site.id, "category": "water"}
    order = garden.do(
        "owner",
        "order.report",
        at=before,
        description="The tap drips",
        place_id=garden.lobby.id,
        **values,
    )
    (event,) = rows(TimelineEvent)
    assert order.reported_at == event.occurred_at == before
    assert event.received_at == NOON


def test_a_long_story_has_a_short_title(garden: World) -> None:
    order = a_report(garden, description="It drips " * 30 + "\nand drips")
    assert (len(order.title), order.title[-1]) == (60, "…")
