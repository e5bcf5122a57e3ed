"""Work that arrived without effect: told once, performed anew once, or settled with words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from propapp.api.snapshot import snapshot
from propapp.core.access import Role
from propapp.core.errors import (
    NotAllowed,
    NoteRequired,
    NotFound,
    UnknownOperation,
    WrongStep,
)
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.models import Operation, OperationStatus
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.core.use_case import USE_CASES, UseCase, load_use_cases
from propapp.features.boards.held_work import HeldCard, held_work
from propapp.features.messages.models import Message
from propapp.features.orders.models import WorkOrder
from propapp.features.people.models import Person
from propapp.features.phones import repository
from propapp.features.phones.jobs import hold_back, perform_again
from propapp.features.phones.models import HeldOperation, HeldStatus
from tests.counting import count_queries
from tests.sync.phones import Phone
from tests.world import World, a_person, found, rows, write

CARERS = {"supervisor", "manager", "administrator", "service_desk"}
# A use case of a later release, and the one that does today what it will do.
LATER, TODAY = "order.report_aloud", "order.report"


def reporting(world: World, phone: Phone, *, kind: str = LATER, **values: Any) -> Envelope:
    """A report by a kind that this house does not know yet."""
    order_id = uuid7()
    body = {
        "order_id": str(order_id),
        "site_id": str(world.site.id),
        "category": "water",
        "description": "The tap drips",
        "place_id": str(world.lobby.id),
    } | values
    return phone.does(kind, thread=order_id, **body)


def sent(world: World, said: Envelope, phone: Phone, who: str = "guard", **more: Any) -> str:
    """It arrives; what became of it."""
    load_use_cases()
    actor = replace(world.actor(who), **more)
    return apply(actor, phone.id, said, world.clock).status


def a_strange_one(world: World, who: str = "guard", **values: Any) -> Envelope:
    """Work of an unknown kind that arrived and is written down."""
    phone = Phone()
    said = reporting(world, phone, **values)
    assert sent(world, said, phone, who) == "quarantined"
    hold_back(world.clock)
    return said


def of_a_leaver(world: World) -> Envelope:
    """Work that arrived when its person had left, written down."""
    phone = Phone()
    said = reporting(world, phone, kind=TODAY)
    assert sent(world, said, phone, left=True) == "quarantined"
    with write() as session:
        session.get_one(Person, world.actor("guard").person_id).active = False
    hold_back(world.clock)
    return said


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The house learns the later kind."""

    def upgrade() -> None:
        case = load_use_cases()[TODAY]
        later = UseCase(LATER, case.permission, case.command_type, case.run)
        monkeypatch.setitem(USE_CASES, LATER, later)

    return upgrade


def told(world: World, kind: str) -> set[str]:
    """The names of those who have a message of this kind."""
    ids = [message.person_id for message in rows(Message, kind=kind)]
    assert len(ids) == len(set(ids))
    return {name for name, actor in world.people.items() if actor.person_id in ids}


def seen(world: World, who: str = "supervisor") -> list[HeldCard]:
    """The board's list for this person."""
    with looking(world.actor(who), clock=world.clock) as uow:
        return held_work(uow)


def test_what_the_house_does_not_know_is_told_once_to_those_who_care(garden: World) -> None:
    phone = Phone()
    for _ in range(3):
        sent(garden, reporting(garden, phone), phone)
    assert [hold_back(garden.clock) for _ in range(3)] == [3, 0, 0]
    assert told(garden, "held.unknown_operation") == CARERS
    assert {message.facts["count"] for message in rows(Message)} == {3}
    (first, *_) = seen(garden)
    assert (first.reason, first.status, first.may_perform) == ("unknown_operation", "open", False)
    assert (first.who, first.kind, first.name) == ("guard", "", "order · report_aloud 1")
    assert len(rows(TimelineEvent, verb="held.kept")) == 3


def test_what_it_has_learnt_meanwhile_takes_effect_once_as_its_author(
    garden: World, upgraded: Callable[[], None]
) -> None:
    said = a_strange_one(garden)
    assert perform_again(garden.clock) == 0
    assert rows(WorkOrder) == []
    upgraded()
    garden.clock.move(timedelta(days=2))
    assert [perform_again(garden.clock) for _ in range(3)] == [1, 0, 0]
    (order,) = rows(WorkOrder)
    assert order.reported_by == garden.actor("guard").person_id
    operation = found(Operation, said.id)
    assert (operation.status, operation.code) == (OperationStatus.APPLIED, "")
    (event,) = rows(TimelineEvent, verb="order.reported")
    assert (event.operation_id, event.occurred_at) == (said.id, operation.occurred_at)
    (card,) = seen(garden)
    assert (card.status, card.settler) == ("done", "")
    # The phone that asks again hears the truth.
    answer = apply(garden.actor("guard"), uuid7(), said, garden.clock)
    assert (answer.status, answer.outcome) == ("duplicate", OperationStatus.APPLIED)


def test_what_is_refused_then_waits_for_a_person_and_may_be_tried_again(
    garden: World, upgraded: Callable[[], None]
) -> None:
    said = a_strange_one(garden, place_id=str(uuid7()))
    upgraded()
    assert [perform_again(garden.clock) for _ in range(2)] == [0, 0]
    assert rows(WorkOrder) == []
    assert len(rows(TimelineEvent, verb="held.refused")) == 1
    assert found(Operation, said.id).status is OperationStatus.QUARANTINED
    (card,) = seen(garden)
    assert card.status == "open"
    assert card.refused
    assert card.may_perform
    garden.do("supervisor", "held.perform", held_id=UUID(card.id))
    assert seen(garden)[0].status == "open"
    garden.do("supervisor", "held.settle", held_id=UUID(card.id), note="Reported anew")
    assert seen(garden)[0].status == "settled"


def test_one_that_fails_holds_up_no_other_and_comes_again(
    garden: World, upgraded: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_strange_one(garden)
    a_strange_one(garden)
    upgraded()
    case = USE_CASES[LATER]
    calls: list[int] = []

    def run(uow: Any, command: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("a bug")
        return case.run(uow, command)

    monkeypatch.setitem(USE_CASES, LATER, replace(case, run=run))
    assert [perform_again(garden.clock) for _ in range(3)] == [1, 1, 0]
    assert len(rows(WorkOrder)) == 2


def test_work_of_somebody_who_left_takes_effect_only_by_a_persons_word(garden: World) -> None:
    said = of_a_leaver(garden)
    assert perform_again(garden.clock) == 0
    (card,) = seen(garden)
    assert (card.reason, card.kind, card.may_perform) == ("author_left", TODAY, True)
    # Supervisors were told when it came in.
    assert told(garden, "held.author_left") == set()
    garden.do("supervisor", "held.perform", held_id=UUID(card.id))
    (order,) = rows(WorkOrder)
    assert order.reported_by == garden.actor("guard").person_id
    operation = found(Operation, said.id)
    assert (operation.status, operation.facts) == (OperationStatus.APPLIED, {"held": "author_left"})
    (card,) = seen(garden)
    assert (card.status, card.settler) == ("done", "supervisor")
    with pytest.raises(WrongStep):
        garden.do("manager", "held.perform", held_id=UUID(card.id))
    assert len(rows(WorkOrder)) == 1


def test_two_contents_under_one_id_are_told_and_only_settled(garden: World) -> None:
    phone = Phone()
    first = reporting(garden, phone, kind=TODAY)
    assert sent(garden, first, phone) == "applied"
    other = reporting(garden, Phone(), kind=TODAY, description="The pipe burst")
    forged = other.model_copy(update={"id": first.id, "seq": 9})
    for _ in range(2):
        assert sent(garden, forged, phone) == "conflict"
        hold_back(garden.clock)
    assert told(garden, "held.operation_conflict") == CARERS
    (card,) = seen(garden)
    assert (card.kind, card.may_perform) == (TODAY, False)
    with pytest.raises(WrongStep):
        garden.do("supervisor", "held.perform", held_id=UUID(card.id))
    with pytest.raises(NoteRequired):
        garden.do("supervisor", "held.settle", held_id=UUID(card.id), note=" ")
    garden.do("supervisor", "held.settle", held_id=UUID(card.id), note="A test of the app")
    assert len(rows(WorkOrder)) == 1


def test_a_copied_phone_is_heard_out_before_anybody_is_told(garden: World) -> None:
    phone = Phone()
    first, second = (reporting(garden, phone, kind=TODAY) for _ in range(2))
    assert sent(garden, first, phone) == "applied"
    reused = second.model_copy(update={"seq": first.seq})
    assert sent(garden, reused, phone) == "conflict"
    assert hold_back(garden.clock) == 0
    garden.clock.move(timedelta(minutes=61))
    assert hold_back(garden.clock) == 1
    assert told(garden, "held.sequence_reused") == CARERS
    # Under its new name it sends the very same, and nothing is held back any more.
    renamed = Phone()
    assert sent(garden, second.model_copy(update={"seq": 1}), renamed) == "applied"
    assert hold_back(garden.clock) == 0
    assert [held.status for held in rows(HeldOperation)] == [HeldStatus.DONE]


def test_a_copied_phone_that_sends_it_again_in_time_is_never_told(garden: World) -> None:
    phone = Phone()
    first, second = (reporting(garden, phone, kind=TODAY) for _ in range(2))
    sent(garden, first, phone)
    assert sent(garden, second.model_copy(update={"seq": first.seq}), phone) == "conflict"
    assert sent(garden, second.model_copy(update={"seq": 1}), Phone()) == "applied"
    garden.clock.move(timedelta(days=2))
    assert hold_back(garden.clock) == 0
    assert rows(Message, kind="held.sequence_reused") == []


def test_what_another_server_has_just_written_down_is_not_told_again(
    garden: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = a_strange_one(garden)
    stale = [found(Operation, said.id)]
    monkeypatch.setattr(repository, "operations_not_written_down", lambda *_, **__: stale)
    assert hold_back(garden.clock) == 0
    assert told(garden, "held.unknown_operation") == CARERS


def test_of_who_left_meanwhile_nothing_takes_effect_by_itself(
    garden: World, upgraded: Callable[[], None]
) -> None:
    a_strange_one(garden)
    with write() as session:
        session.get_one(Person, garden.actor("guard").person_id).active = False
    upgraded()
    assert perform_again(garden.clock) == 0
    assert rows(WorkOrder) == []
    (card,) = seen(garden)
    assert card.may_perform


def test_each_site_of_the_person_knows_and_the_word_of_one_counts_for_all(
    garden: World, elsewhere: World
) -> None:
    roles = {garden.site.id: (Role.GUARD,), elsewhere.site.id: (Role.TECHNICIAN,)}
    garden.people["both"] = a_person("both", roles)
    a_strange_one(garden, "both")
    (here,), (there,) = seen(garden), seen(elsewhere)
    assert here.id != there.id
    with pytest.raises(NotFound):
        elsewhere.do("supervisor", "held.settle", held_id=UUID(here.id), note="Asked")
    with pytest.raises(NotAllowed):
        garden.do("guard", "held.settle", held_id=UUID(here.id), note="Asked")
    elsewhere.do("supervisor", "held.settle", held_id=UUID(there.id), note="Asked")
    assert [one.status for one in (*seen(garden), *seen(elsewhere))] == ["settled"] * 2
    garden.clock.move(timedelta(days=31))
    assert seen(garden) == []


def test_who_is_nobody_anywhere_any_more_is_not_forgotten(garden: World) -> None:
    garden.people["nobody"] = a_person("nobody", {})
    a_strange_one(garden, "nobody")
    assert [card.who for card in seen(garden)] == ["nobody"]


def test_a_kind_that_is_still_unknown_is_not_used_up_by_trying(
    garden: World, upgraded: Callable[[], None]
) -> None:
    a_strange_one(garden)
    (card,) = seen(garden)
    with pytest.raises(UnknownOperation):
        garden.do("supervisor", "held.perform", held_id=UUID(card.id))
    upgraded()
    assert perform_again(garden.clock) == 1


def test_list_and_sweep_ask_a_fixed_number_of_times(garden: World) -> None:
    def counted(act: Callable[[], object]) -> int:
        with count_queries() as asked:
            act()
        return len(asked)

    def swept(*names: str) -> int:
        for who in names:
            phone = Phone()
            sent(garden, reporting(garden, phone), phone, who)
        return counted(lambda: hold_back(garden.clock))

    assert swept("guard") == swept("guard", "cleaner", "technician") <= 16
    listed = counted(lambda: seen(garden))
    swept("cleaner", "technician")
    assert counted(lambda: seen(garden)) == listed <= 3


def test_the_phone_hears_what_came_of_it_for_a_month(
    garden: World, upgraded: Callable[[], None]
) -> None:
    """Its person is told that somebody looks at it until somebody has."""
    performed = a_strange_one(garden)
    assert heard_by(garden, "guard") == {}
    upgraded()
    assert perform_again(garden.clock) == 1
    settled = of_a_leaver(garden)
    (card,) = [one for one in seen(garden) if one.status == "open"]
    garden.do("supervisor", "held.settle", held_id=UUID(card.id), note="Asked")
    assert heard_by(garden, "guard") == {performed.id: True, settled.id: False}
    assert heard_by(garden, "technician") == {}
    garden.clock.set(garden.clock.now() + timedelta(days=31))
    assert heard_by(garden, "guard") == {}


def heard_by(world: World, who: str) -> dict[UUID, bool]:
    """What this person's phone is told of their work that was held back."""
    shown = snapshot(world.actor(who), world.clock)
    return {one["id"]: one["done"] for one in shown["ended"]}
