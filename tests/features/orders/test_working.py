"""Doing the work: only whoever has it in hand, and never without showing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import (
    NoteRequired,
    NotFound,
    NotYours,
    PhotoRequired,
    PropappError,
    WrongStep,
)
from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.orders.models import OrderStatus, Source, WorkOrder
from propapp.features.photos.models import PhotoPurpose, PhotoUse
from tests.world import (
    NOON,
    World,
    a_completed_order,
    a_person,
    a_report,
    a_shot,
    an_order_in_progress,
    an_order_row,
    found,
    rows,
)


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("start", {}),
        ("hold", {"reason": "No part"}),
        ("resume", {}),
        ("hand_over", {"reason": "Shift ends"}),
        ("complete", {"note": "Done", "photos": [a_shot()]}),
    ],
)
def test_a_colleagues_work_is_the_colleagues(
    garden: World, verb: str, values: dict[str, Any]
) -> None:
    order = an_order_in_progress(garden)
    with pytest.raises(NotYours) as refusal:
        garden.do("cleaner", f"order.{verb}", order_id=order.id, **values)
    assert refusal.value.facts["name"] == "technician"


def test_nobodys_order_must_be_claimed_first(garden: World) -> None:
    order = a_report(garden)
    with pytest.raises(WrongStep) as refusal:
        garden.do("technician", "order.start", order_id=order.id)
    assert refusal.value.facts == {"verb": "start", "status": "reported"}


def test_work_is_not_done_without_words_and_a_photo(garden: World) -> None:
    order = an_order_in_progress(garden)
    with pytest.raises(NoteRequired):
        garden.do("technician", "order.complete", order_id=order.id, note="", photos=[a_shot()])
    with pytest.raises(PhotoRequired):
        garden.do("technician", "order.complete", order_id=order.id, note="Done")
    assert found(WorkOrder, order.id).status is OrderStatus.IN_PROGRESS


def test_an_after_photo_shows_how_it_is_now(garden: World) -> None:
    order = a_completed_order(garden)
    (use,) = rows(PhotoUse, parent_id=order.id)
    assert (use.purpose, use.owner_id) == (PhotoPurpose.AFTER, order.reported_by)


def test_the_first_start_is_the_start(garden: World) -> None:
    order = an_order_in_progress(garden)
    garden.do("technician", "order.hold", order_id=order.id, reason="No part")
    assert found(WorkOrder, order.id).hold_reason == "No part"
    garden.clock.move(timedelta(hours=1))
    garden.do("technician", "order.resume", order_id=order.id)
    order = found(WorkOrder, order.id)
    assert (order.started_at, order.hold_reason) == (NOON, "")


def test_handed_to_a_colleague_it_is_theirs_and_they_know(garden: World) -> None:
    order = an_order_in_progress(garden)
    cleaner = garden.actor("cleaner").person_id
    garden.do(
        "technician",
        "order.hand_over",
        order_id=order.id,
        to_person_id=cleaner,
        reason="Only wants cleaning",
    )
    assert found(WorkOrder, order.id).assignee_id == cleaner
    (message,) = rows(Message, person_id=cleaner)
    assert (message.kind, message.facts["text"]) == ("order.handed_to_you", "Only wants cleaning")
    garden.do("cleaner", "order.start", order_id=order.id)


def test_handed_to_nobody_it_is_on_the_open_list_again(garden: World) -> None:
    order = an_order_in_progress(garden)
    garden.do("technician", "order.hand_over", order_id=order.id, reason="Shift ends")
    order = found(WorkOrder, order.id)
    assert (order.status, order.assignee_id) == (OrderStatus.REPORTED, None)
    garden.do("cleaner", "order.claim", order_id=order.id)
    assert found(WorkOrder, order.id).responded_at == NOON


def test_work_is_handed_only_to_those_who_may_do_it_here(garden: World, elsewhere: World) -> None:
    order = an_order_in_progress(garden)
    left = a_person("left", {garden.site.id: (Role.TECHNICIAN,)}, active=False)
    for person in (garden.actor("auditor"), elsewhere.actor("technician"), left):
        with pytest.raises(NotFound):
            garden.do(
                "technician",
                "order.hand_over",
                order_id=order.id,
                to_person_id=person.person_id,
                reason="Shift ends",
            )


@pytest.mark.parametrize("status", list(OrderStatus))
def test_a_note_is_taken_whatever_the_status(garden: World, status: OrderStatus) -> None:
    order = an_order_row(garden, status)
    garden.do("guard", "order.note", order_id=order.id, text="", photos=[a_shot("leak")])
    assert [use.purpose for use in rows(PhotoUse)] == [PhotoPurpose.NOTE]
    with pytest.raises(NoteRequired):
        garden.do("guard", "order.note", order_id=order.id, text="")


def test_owners_are_told_each_step_and_staff_how_it_ended(garden: World) -> None:
    a_completed_order(garden)
    a_completed_order(garden, by="guard")
    kinds = {
        name: [m.kind for m in rows(Message, person_id=garden.actor(name).person_id)]
        for name in ("owner", "guard")
    }
    assert kinds == {
        "owner": ["order.claimed", "order.started", "order.completed"],
        "guard": ["order.completed"],
    }


def test_the_phones_time_is_when_it_was_done(garden: World) -> None:
    order = an_order_in_progress(garden)
    done_at = NOON + timedelta(minutes=20)
    garden.clock.move(timedelta(hours=3))
    garden.do(
        "technician",
        "order.complete",
        at=done_at,
        order_id=order.id,
        note="Done",
        photos=[a_shot()],
    )
    (event,) = rows(TimelineEvent, thing_id=order.id, verb="order.completed")
    assert found(WorkOrder, order.id).completed_at == event.occurred_at == done_at
    assert event.received_at == NOON + timedelta(hours=3)


def test_a_refused_step_leaves_no_trace(garden: World) -> None:
    order = an_order_in_progress(garden)
    before = len(rows(TimelineEvent)), len(rows(Message)), len(rows(PhotoUse))
    with pytest.raises(PropappError):
        garden.do("technician", "order.complete", order_id=order.id, note="Done", photos=[])
    assert (len(rows(TimelineEvent)), len(rows(Message)), len(rows(PhotoUse))) == before


def test_every_step_counts_up_the_version(garden: World) -> None:
    order = a_completed_order(garden, by="guard")
    assert order.source is Source.STAFF
    assert found(WorkOrder, order.id).version == 4
