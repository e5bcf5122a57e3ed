"""Sixty-four processes send the same thing at once, and fifty people want the same order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import func, select

from propapp.core.access import Actor, Role
from propapp.core.clock import Clock, FixedClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply, apply_batch
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.models import Operation, QuarantinedOperation
from propapp.core.sync.settle import Answer
from propapp.core.timeline import TimelineEvent
from propapp.core.use_case import load_use_cases
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.rounds.models import Run
from tests.reliability import SOAK, record
from tests.sync.crowd import all_at_once
from tests.sync.phones import Phone
from tests.world import NOON, World, a_world, an_occurrence, an_order_row, rows

SENDERS, ROUNDS = 64, 2
CLAIMANTS, ORDERS = 50, 1000
# Fifty people race for this many orders between two barriers, in so many processes.
TOGETHER, HOUSES = 25, 2


@pytest.fixture
def garden(database: Path) -> World:
    """A site at noon."""
    load_use_cases()
    return a_world()


def times(name: str, usual: int) -> int:
    """How often; a soak says it in the environment."""
    return int(os.environ.get(name, usual))


Apply = Callable[[Actor, UUID, Envelope, Clock], Answer]


def all_send_the_same(garden: World, rounds: int, act: Apply) -> None:
    """In each round all processes send one operation at once; it is there once in the end."""
    guard, phone, occurrence = garden.actor("guard"), Phone(), an_occurrence(garden)
    runs = [uuid7() for _ in range(rounds)]
    made = [
        phone.does("round.start", thread=run, run_id=str(run), occurrence_id=str(occurrence.id))
        for run in runs
    ]

    def send(_member: int, number: int) -> str:
        while True:
            answer = act(guard, phone.id, made[number], FixedClock(NOON))
            # Not now is no answer: a phone sends again, and so does this.
            if answer.status != "retry":
                return answer.status

    said = all_at_once(SENDERS, rounds, send)
    for number in range(rounds):
        got = Counter(one.answer for one in said if one.round == number)
        assert got == {"applied": 1, "duplicate": SENDERS - 1}
    with read_session() as session:
        assert session.exec(select(func.count()).select_from(Operation)).one() == rounds
        assert not session.exec(select(QuarantinedOperation)).all()
    assert {run.id for run in rows(Run)} == set(runs)
    assert Counter(event.thing_id for event in rows(TimelineEvent)) == Counter(runs)


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
def test_one_submission_from_64_processes_is_one(
    garden: World, request: pytest.FixtureRequest
) -> None:
    rounds = times("PROPAPP_SUBMISSIONS", ROUNDS)
    what = f"The same operation from {SENDERS} processes at once"
    with record(request, what, "I2 I6", "F03 F40", rounds, "operations"):
        all_send_the_same(garden, rounds, apply)


LOOKS_FIRST = "the second is looked for, and written when it is not seen"


def test_a_server_that_looks_before_it_writes_is_caught(garden: World) -> None:
    without_keys("operation")
    without_keys("run")

    def look_then_write(actor: Actor, device_id: UUID, envelope: Envelope, clock: Clock) -> Answer:
        with read_session() as session:
            same = select(Operation).where(Operation.body_sha256 == envelope.body_sha256)
            if session.exec(same).first():
                return Answer(envelope.id, envelope.body_sha256, "duplicate")
        # As where rows have a number of the server's own: what the phone calls it is no key.
        return apply(actor, device_id, envelope.model_copy(update={"id": uuid7()}), clock)

    with pytest.raises(AssertionError, match="duplicate"):
        all_send_the_same(garden, ROUNDS, look_then_write)
    kept = Counter(one.body_sha256 for one in rows(Operation))
    assert len(kept) == ROUNDS
    assert max(kept.values()) > 1


def without_keys(table: str) -> None:
    """The same columns, with no key and no constraint on them."""
    with write_session() as session, session.begin():
        for statement in (
            "CREATE TABLE bare AS SELECT * FROM {}",
            "DROP TABLE {}",
            "ALTER TABLE bare RENAME TO {}",
        ):
            session.connection().exec_driver_sql(statement.format(table))


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
def test_one_of_50_claimants_gets_each_order(garden: World, request: pytest.FixtureRequest) -> None:
    orders = times("PROPAPP_ORDERS", ORDERS)
    people = [garden.person(f"tech{number}", Role.TECHNICIAN) for number in range(CLAIMANTS)]
    wanted = orders_to_claim(garden, orders)
    blocks = [wanted[at : at + TOGETHER] for at in range(0, orders, TOGETHER)]
    phones = [Phone() for _ in people]

    def claim(member: int, number: int) -> list[tuple[str, str, str]]:
        made = [
            phones[member].does("order.claim", thread=order, order_id=str(order))
            for order in blocks[number]
        ]
        answers: dict[UUID, Answer] = {}
        # Not now is no answer: a phone sends again, and so does this.
        while len(answers) < len(made):
            rest = [one for one in made if one.id not in answers]
            came = apply_batch(people[member], phones[member].id, rest, FixedClock(NOON))
            answers |= {one.id: one for one in came if one.status != "retry"}
        return [told(answers[one.id]) for one in made]

    what = f"{CLAIMANTS} people claim each order at once"
    with record(request, what, "I5 I6", "F60", orders, "orders") as entry:
        said = all_at_once(CLAIMANTS, len(blocks), claim, processes=HOUSES)
        owner = {order.id: order.assignee_id for order in rows(WorkOrder)}
        for number, block in enumerate(blocks):
            got = [one for one in said if one.round == number]
            assert len(got) == CLAIMANTS
            for place, order in enumerate(block):
                one_has_it([(people[one.member], one.answer[place]) for one in got], owner[order])
        winners = {person for person in owner.values() if person}
        # A race that the same one always wins would be none.
        assert len(winners) > CLAIMANTS // 5
        entry["note"] = f"all {CLAIMANTS} answered each time; {len(winners)} people won some"


def orders_to_claim(garden: World, count: int) -> list[UUID]:
    """So many open orders, alike but for their numbers."""
    first = an_order_row(garden, OrderStatus.REPORTED)
    copies = [
        WorkOrder.model_validate(first.model_dump() | {"id": uuid7(), "number": f"X-{number}"})
        for number in range(count - 1)
    ]
    with write_session() as session, session.begin():
        session.add_all(copies)
    return [first.id, *(copy.id for copy in copies)]


def told(answer: Answer) -> tuple[str, str, str]:
    """What the phone would show: the status, the code, and who has it."""
    return answer.status, answer.code, str(answer.facts.get("name", ""))


def one_has_it(got: list[tuple[Actor, tuple[str, str, str]]], owner: UUID | None) -> None:
    """Exactly one was told so and is in the row; all others were told the name."""
    (winner,) = [person for person, answer in got if answer[0] == "applied"]
    assert owner == winner.person_id
    losers = Counter(answer for _, answer in got if answer[0] != "applied")
    assert losers == {("rejected", "already_claimed", winner.name): len(got) - 1}


RACES = 40


def test_a_claim_a_cancel_and_an_assignment_at_once_end_as_one_of_them_says(
    garden: World, request: pytest.FixtureRequest
) -> None:
    mate = garden.person("mate", Role.TECHNICIAN)
    orders, phones = orders_to_claim(garden, RACES), [Phone() for _ in range(3)]
    tries: list[tuple[str, str, dict[str, str]]] = [
        ("technician", "order.claim", {}),
        ("supervisor", "order.cancel", {"reason": "Twice"}),
        ("supervisor", "order.assign", {"to_person_id": str(mate.person_id)}),
    ]

    def act(member: int, number: int) -> str:
        who, verb, said = tries[member]
        order = orders[number]
        made = phones[member].does(verb, thread=order, order_id=str(order), **said)
        while True:
            answer = apply(garden.actor(who), phones[member].id, made, FixedClock(NOON))
            if answer.status != "retry":
                assert answer.status == "applied" or answer.code in {
                    "wrong_step",
                    "already_claimed",
                    "changed_meanwhile",
                }, answer
                return answer.status

    what = "A claim, a cancel and an assignment of one order at once"
    with record(request, what, "I2 I5 I6", "F61", RACES, "orders"):
        said = all_at_once(len(tries), RACES, act)
        ended = {order.id: order for order in rows(WorkOrder)}
        for number, wanted in enumerate(orders):
            told = [one for one in said if one.round == number and one.answer == "applied"]
            done = {tries[one.member][1] for one in told}
            order = ended[wanted]
            assert (order.status is OrderStatus.CANCELLED) == ("order.cancel" in done)
            if "order.assign" in done:
                assert order.assignee_id == mate.person_id
            elif "order.claim" in done:
                assert order.assignee_id == garden.actor("technician").person_id
            assert len(rows(TimelineEvent, thing_id=wanted)) == len(done) > 0
