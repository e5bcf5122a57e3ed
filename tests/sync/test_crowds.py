"""Sixty-four processes send the same thing at once, and fifty people want the same order."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import func, select

from propapp.core.access import Role
from propapp.core.clock import FixedClock
from propapp.core.db.engine import read_session
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply
from propapp.core.sync.models import Operation, QuarantinedOperation
from propapp.core.timeline import TimelineEvent
from propapp.core.use_case import load_use_cases
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.rounds.models import Run
from tests.reliability import record
from tests.sync.crowd import all_at_once
from tests.sync.phones import Phone
from tests.world import NOON, World, a_world, an_occurrence, an_order_row, rows

SENDERS, ROUNDS = 64, 2
CLAIMANTS, ORDERS = 50, 5


@pytest.fixture
def garden(database: Path) -> World:
    """A site at noon."""
    load_use_cases()
    return a_world()


def times(name: str, usual: int) -> int:
    """How often; a soak says it in the environment."""
    return int(os.environ.get(name, usual))


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_one_submission_from_64_processes_is_one(
    garden: World, request: pytest.FixtureRequest
) -> None:
    rounds = times("PROPAPP_SUBMISSIONS", ROUNDS)
    guard, phone, occurrence = garden.actor("guard"), Phone(), an_occurrence(garden)
    runs = [uuid7() for _ in range(rounds)]
    made = [
        phone.does("round.start", thread=run, run_id=str(run), occurrence_id=str(occurrence.id))
        for run in runs
    ]

    def send(_member: int, number: int) -> str:
        while True:
            answer = apply(guard, phone.id, made[number], FixedClock(NOON))
            # Not now is no answer: a phone sends again, and so does this.
            if answer.status != "retry":
                return answer.status

    what = f"The same operation from {SENDERS} processes at once"
    with record(request, what, "I2 I6", "F03 F40", rounds, "operations"):
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
@pytest.mark.timeout(7200)
def test_one_of_50_claimants_gets_the_order(garden: World, request: pytest.FixtureRequest) -> None:
    orders = times("PROPAPP_ORDERS", ORDERS)
    people = [garden.person(f"tech{number}", Role.TECHNICIAN) for number in range(CLAIMANTS)]
    wanted = [an_order_row(garden, OrderStatus.REPORTED).id for _ in range(orders)]
    phones = [Phone() for _ in people]

    def claim(member: int, number: int) -> tuple[str, str, str]:
        order = str(wanted[number])
        made = phones[member].does("order.claim", thread=wanted[number], order_id=order)
        while True:
            answer = apply(people[member], phones[member].id, made, FixedClock(NOON))
            if answer.status != "retry":
                return answer.status, answer.code, str(answer.facts.get("name", ""))

    what = f"{CLAIMANTS} people claim one order at once"
    with record(request, what, "I5 I6", "F60", orders, "orders") as entry:
        said = all_at_once(CLAIMANTS, orders, claim)
        for number, order in enumerate(wanted):
            got = [one for one in said if one.round == number]
            (winner,) = [people[one.member] for one in got if one.answer[0] == "applied"]
            (row,) = rows(WorkOrder, id=order)
            assert row.assignee_id == winner.person_id
            losers = Counter(one.answer for one in got if one.answer[0] != "applied")
            assert losers == {("rejected", "already_claimed", winner.name): CLAIMANTS - 1}
        slowest = sorted(one.seconds for one in said)[len(said) * 99 // 100]
        entry["note"] = f"all {CLAIMANTS} answered; 99 of 100 within {slowest:.2f} s"
