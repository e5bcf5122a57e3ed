"""At a point: being there, answering, correcting, and what a fail brings about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from propapp.core.errors import (
    AlreadyThere,
    AnswerMissing,
    ForeignCode,
    InvalidInput,
    NoteRequired,
    NotFound,
    NotYours,
    PhotoRequired,
    WrongStep,
)
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.orders.models import Category, Priority, Source, WorkOrder
from propapp.features.photos.models import PhotoPurpose, PhotoUse
from propapp.features.rounds.models import Answer, Run, Verdict, Visit
from propapp.features.schedules.models import RoutePoint
from tests.world import (
    NOON,
    World,
    a_checklist,
    a_run,
    a_shot,
    a_visit,
    an_occurrence,
    broken,
    found,
    rows,
    save,
    well,
    write,
)


def test_a_foreign_code_is_no_proof_of_being_here(garden: World) -> None:
    run_id = a_run(garden)
    for code in (garden.code(2), "", "x" * 200):
        with pytest.raises(ForeignCode) as refusal:
            a_visit(garden, run_id, code=code)
        assert refusal.value.facts["point"] == "P1"
    assert rows(Visit) == []


def test_by_hand_needs_a_reason(garden: World) -> None:
    run_id = a_run(garden)
    with pytest.raises(NoteRequired):
        a_visit(garden, run_id, method="hand", hand_reason=" ", code="")
    visit = a_visit(garden, run_id, method="hand", hand_reason="Label torn", code="")
    assert visit.hand_reason == "Label torn"


def test_a_point_of_another_route_does_not_exist(garden: World, elsewhere: World) -> None:
    with pytest.raises(NotFound):
        a_visit(garden, a_run(garden), point_id=elsewhere.points[0].id)


def test_only_its_author_adds_to_a_run(garden: World) -> None:
    run_id = a_run(garden)
    with pytest.raises(NotYours) as refusal:
        a_visit(garden, run_id, by="supervisor")
    assert refusal.value.facts["name"] == "guard"
    with pytest.raises(NotYours):
        garden.do("supervisor", "round.finish", run_id=run_id, note="x")


def test_a_finished_run_takes_no_more_visits(garden: World) -> None:
    run_id = a_run(garden)
    garden.do("guard", "round.finish", run_id=run_id, note="Called away")
    with pytest.raises(WrongStep):
        a_visit(garden, run_id)
    with pytest.raises(WrongStep):
        garden.do("guard", "round.finish", run_id=run_id, note="Called away")


def test_a_visit_id_that_is_taken_overwrites_nothing(garden: World) -> None:
    run_id = a_run(garden)
    visit = a_visit(garden, run_id)
    with pytest.raises(AlreadyThere):
        a_visit(garden, run_id, 2, visit_id=visit.id)


def test_a_refused_visit_leaves_nothing_behind(garden: World) -> None:
    run_id = a_run(garden)
    events = len(rows(TimelineEvent))
    with pytest.raises(PhotoRequired):
        a_visit(garden, run_id, answers=[broken(garden, photos=[])])
    with pytest.raises(AnswerMissing):
        a_visit(garden, run_id, answers=[])
    assert (rows(Visit), rows(Answer), rows(PhotoUse), rows(WorkOrder)) == ([], [], [], [])
    assert len(rows(TimelineEvent)) == events


def test_a_fail_is_a_work_order_with_the_photo_and_the_place(garden: World) -> None:
    run_id = a_run(garden)
    visit = a_visit(garden, run_id, 2, answers=[broken(garden)])
    (order,), (answer,) = rows(WorkOrder), rows(Answer)
    assert (order.source, order.category, order.priority) == (
        Source.ROUND,
        Category.DOOR,
        Priority.NORMAL,
    )
    assert (order.title, order.description, order.place_text) == (
        "P2 · Door shut",
        "Hinge broken",
        "B1 Hall",
    )
    assert (order.run_id, order.answer_id, order.checkpoint_id) == (
        run_id,
        answer.id,
        visit.checkpoint_id,
    )
    uses = {use.purpose: use for use in rows(PhotoUse, sha256=a_shot("hinge").sha256)}
    assert uses[PhotoPurpose.EVIDENCE].parent_id == run_id
    assert uses[PhotoPurpose.EVIDENCE].thing_id == answer.id
    assert uses[PhotoPurpose.BEFORE].parent_id == order.id


def test_a_reading_outside_its_limits_is_an_urgent_order_and_the_supervisor_knows(
    garden: World,
) -> None:
    low = {"item_id": garden.items[1].id, "number": 0.05, "note": "Low", "photos": [a_shot()]}
    a_visit(garden, a_run(garden), answers=[well(garden), low])
    (order,) = rows(WorkOrder)
    (message,) = rows(Message)
    assert (message.kind, message.facts["title_en"]) == ("order.urgent", "Point 1 · Question 2")
    (event,) = rows(TimelineEvent, thing_id=order.id)
    assert event.facts["reading"] == "0.05 MPa"


def test_two_fails_are_two_orders_with_their_own_numbers(garden: World) -> None:
    low = {"item_id": garden.items[1].id, "number": 0.05, "note": "Low", "photos": [a_shot()]}
    a_visit(garden, a_run(garden), answers=[broken(garden), low])
    assert sorted(order.number[-4:] for order in rows(WorkOrder)) == ["0001", "0002"]


def test_a_later_visit_corrects_the_earlier_one_whose_answers_stay(garden: World) -> None:
    run_id = a_run(garden)
    first = a_visit(garden, run_id, answers=[broken(garden)])
    second = a_visit(garden, run_id, corrects=first.id)
    assert found(Visit, first.id).superseded_by == second.id
    assert [answer.verdict for answer in rows(Answer)] == [Verdict.FAIL, Verdict.PASS]
    run = found(Run, run_id)
    assert (run.points_done, run.fails) == (1, 0)
    assert [event.verb for event in rows(TimelineEvent, thing_id=run_id)] == [
        "run.started",
        "run.visited",
        "run.corrected",
    ]


def test_a_correction_of_what_was_never_taken_is_just_a_visit(garden: World) -> None:
    visit = a_visit(garden, a_run(garden), corrects=uuid7())
    assert visit.flags == []


def test_the_same_trouble_seen_again_is_the_same_order(garden: World) -> None:
    run_id = a_run(garden)
    a_visit(garden, run_id, answers=[broken(garden)])
    a_visit(garden, run_id, answers=[broken(garden, note="Two hinges", photos=[a_shot("two")])])
    (order,) = rows(WorkOrder)
    events = [event.verb for event in rows(TimelineEvent, thing_id=order.id)]
    assert events == ["order.reported", "order.noted"]
    purposes = [use.purpose for use in rows(PhotoUse, parent_id=order.id)]
    assert purposes == [PhotoPurpose.BEFORE, PhotoPurpose.NOTE]
    assert found(Run, run_id).fails == 1


def test_another_run_that_finds_the_same_is_another_order(garden: World) -> None:
    occurrence = an_occurrence(garden)
    for by in ("guard", "cleaner"):
        run_id = a_run(garden, by, occurrence)
        a_visit(garden, run_id, by=by, answers=[broken(garden)])
    assert len(rows(WorkOrder)) == 2


def test_leaving_the_order_of_the_route_is_flagged_and_kept(garden: World) -> None:
    run_id = a_run(garden)
    flags = [a_visit(garden, run_id, stop).flags for stop in (2, 1, 3)]
    assert flags == [["out_of_order"], ["out_of_order"], []]


def test_before_its_time_is_flagged_and_kept(garden: World) -> None:
    with write() as session:
        session.get_one(RoutePoint, garden.points[0].id).not_before = 10
    run_id = a_run(garden)
    early = a_visit(garden, run_id, arrived_at=NOON + timedelta(minutes=9))
    in_time = a_visit(
        garden,
        a_run(garden, "guard", an_occurrence(garden, opens_in=-20)),
        arrived_at=NOON + timedelta(minutes=10),
    )
    assert (early.flags, in_time.flags) == (["early"], [])


def test_answers_are_judged_by_the_version_that_the_phone_showed(garden: World) -> None:
    newer, items = a_checklist("patrol-CH")
    newer.version = 2
    save(newer, *items)
    with write() as session:
        session.get_one(RoutePoint, garden.points[0].id).template_id = newer.id
    visit = a_visit(garden, a_run(garden), template_id=garden.template.id)
    assert visit.template_id == garden.template.id


def test_a_version_of_another_checklist_is_refused(garden: World) -> None:
    other, items = a_checklist("cleaning")
    save(other, *items)
    run_id = a_run(garden)
    for template_id in (other.id, uuid7()):
        with pytest.raises(InvalidInput):
            a_visit(garden, run_id, template_id=template_id)


@pytest.mark.parametrize(
    "values",
    [
        {"latitude": float("nan")},
        {"latitude": 90.1},
        {"longitude": -180.5},
        {"accuracy": -1},
        {"arrived_at": "2026-03-10T12:00:00"},
        {"arrived_at": "1969-12-31T23:59:59Z"},
        {"arrived_at": "2100-01-01T00:00:00Z"},
        {"arrived_at": "0001-01-01T00:00:00+14:00"},
        {"arrived_at": "9999-12-31T23:59:59-12:00"},
        {"method": "guess"},
        {"code": "x" * 201},
        {"surprise": 1},
        {"answers": [{"item_id": "nonsense"}]},
        {"answers": [{"item_id": str(uuid7()), "number": float("inf")}]},
        {"answers": [{"item_id": str(uuid7()), "note": "a\0b"}]},
        {"answers": [{"item_id": str(uuid7()), "photos": [a_shot()] * 11}]},
    ],
)
def test_what_is_not_of_the_shape_never_reaches_the_door(
    garden: World, values: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        a_visit(garden, uuid7(), **values)
