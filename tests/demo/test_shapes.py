"""The demo world's events and messages have the shapes that the one door writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from propapp.core.access import Role
from propapp.core.db.engine import read_session
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.demo.era import Era
from propapp.demo.world import World, imagine
from propapp.features.goals.models import LetterPart
from propapp.features.messages.models import Message
from propapp.features.orders.models import Priority
from propapp.features.plans.service import end_plans
from propapp.features.rounds import jobs
from tests.demo_world import AFTERNOON
from tests.goals import a_goal, a_letter
from tests.plans import a_draft, in_force
from tests.world import (
    NOON,
    a_completed_order,
    a_report,
    a_shot,
    a_world,
    an_occurrence,
    bytes_arrive,
    rows,
)
from tests.world import (
    World as SmallWorld,
)

Shapes = dict[str, set[frozenset[str]]]


@pytest.fixture
def real(database: Path) -> tuple[Shapes, Shapes]:
    """What the use cases write for every verb of rounds and orders."""
    world = a_world()
    colleague = world.person("colleague", Role.TECHNICIAN)
    _walk(world)
    _miss(world)
    _repair_for_the_owner(world, colleague.person_id)
    _repair_for_staff(world)
    _plan(world)
    _promise(world)
    world.do("manager", "site.describe", site_id=world.site.id, has={"lift": 2})
    world.do("manager", "site.price", site_id=world.site.id, hourly={"guard": 2600})
    with read_session() as session:
        events = _shapes((e.verb, e.facts) for e in session.exec(select(TimelineEvent)))
        messages = _shapes((m.kind, m.facts) for m in session.exec(select(Message)))
    return events, messages


def _promise(world: SmallWorld) -> None:
    """A goal shared out by a letter, signed, and by the next one that takes its place."""
    goal = a_goal(world)
    for _ in range(2):
        letter = a_letter(world, goal=goal, reason="Another year")
        world.do("manager", "letter.issue", letter_id=letter.id)
        (part,) = rows(LetterPart, letter_id=letter.id)
        signed = {"part_id": part.id, "words_sha256": part.words_sha256, "name": "guard"}
        world.do("guard", "letter.sign", **signed)


def _plan(world: SmallWorld) -> None:
    plan = a_draft(world)
    world.do("supervisor", "plan.submit", plan_id=plan.id)
    in_force(world, plan)
    world.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="r")
    world.clock.move(timedelta(days=800))
    with world.work("supervisor") as uow:
        assert end_plans(uow) == 1


def _walk(world: SmallWorld) -> None:
    occurrence = an_occurrence(world)
    run = world.do("guard", "round.start", run_id=uuid7(), occurrence_id=occurrence.id)
    item, number = world.items
    for reading in (0.4, 0.9):
        answers = [
            {"item_id": item.id, "verdict": "pass"},
            {"item_id": number.id, "number": reading, "note": "n", "photos": [a_shot()]},
        ]
        world.do(
            "guard",
            "round.visit",
            visit_id=uuid7(),
            run_id=run.id,
            point_id=world.points[0].id if reading < 0.5 else world.points[1].id,
            method="hand",
            hand_reason="dirty",
            arrived_at=NOON,
            answers=answers,
        )
    fail = [{"item_id": item.id, "verdict": "fail", "note": "n", "photos": [a_shot("door")]}]
    world.do(
        "guard",
        "round.visit",
        visit_id=uuid7(),
        run_id=run.id,
        point_id=world.points[2].id,
        method="hand",
        hand_reason="dirty",
        arrived_at=NOON,
        answers=fail,
    )
    bytes_arrive(a_shot(), a_shot("door"))
    world.do("guard", "round.finish", run_id=run.id)


def _miss(world: SmallWorld) -> None:
    an_occurrence(world, opens_in=-300, minutes=60)
    jobs.mark_missed(world.clock)
    jobs.raise_alarms(world.clock)


def _repair_for_the_owner(world: SmallWorld, colleague: UUID) -> None:
    order = a_report(world, "owner", priority=Priority.URGENT)
    do = lambda who, verb, **values: world.do(who, f"order.{verb}", order_id=order.id, **values)  # noqa: E731
    shots = {"photos": [a_shot("after")]}
    do("technician", "claim")
    do("technician", "hand_over", to_person_id=None, reason="r")
    do("supervisor", "assign", to_person_id=colleague)
    do("colleague", "hand_over", to_person_id=world.actor("technician").person_id, reason="r")
    do("technician", "start")
    do("technician", "note", text="t")
    do("technician", "hold", reason="r")
    do("technician", "resume")
    do("technician", "complete", note="n", **shots)
    do("owner", "reopen", reason="r")
    do("technician", "start")
    do("supervisor", "assign", to_person_id=colleague)
    do("colleague", "start")
    do("colleague", "complete", note="n", **shots)
    do("owner", "confirm")
    do("owner", "rate", stars=5)
    cancelled = a_report(world, "owner")
    world.do("technician", "order.claim", order_id=cancelled.id)
    world.do("supervisor", "order.cancel", order_id=cancelled.id, reason="r")


def _repair_for_staff(world: SmallWorld) -> None:
    order = a_completed_order(world, by="guard")
    world.do("supervisor", "order.send_back", order_id=order.id, reason="r")
    world.do("technician", "order.complete", order_id=order.id, note="n", photos=[a_shot("2")])
    world.do("supervisor", "order.verify", order_id=order.id)


def _shapes(told: Iterable[tuple[str, dict]]) -> Shapes:
    shapes: Shapes = defaultdict(set)
    for verb, facts in told:
        shapes[verb].add(frozenset(facts))
    return shapes


@pytest.fixture(scope="module")
def world() -> World:
    return imagine(Era.seen_from(AFTERNOON + timedelta(days=1)), password_hash="hash")  # noqa: S106


def test_every_event_is_one_that_a_use_case_writes(
    real: tuple[Shapes, Shapes], world: World
) -> None:
    made = _shapes((row["verb"], row["facts"]) for row in world.rows.of(TimelineEvent))
    assert len(made) > 15
    for verb, shapes in made.items():
        assert shapes <= real[0][verb], verb


def test_every_message_is_one_that_a_use_case_leaves(
    real: tuple[Shapes, Shapes], world: World
) -> None:
    made = _shapes((row["kind"], row["facts"]) for row in world.rows.of(Message))
    assert len(made) > 12
    for kind, shapes in made.items():
        assert shapes <= real[1][kind], kind
