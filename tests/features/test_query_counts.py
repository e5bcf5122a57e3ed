"""A use case asks the database as often in a big house as in a small one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.use_case import load_use_cases
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.rounds import jobs
from propapp.features.schedules.models import RoutePoint
from propapp.features.standards.models import ItemKind
from tests.counting import count_queries
from tests.features.test_permission_matrix import PREPARATIONS
from tests.world import (
    NOON,
    World,
    a_completed_order,
    a_report,
    a_run,
    a_shot,
    a_visit,
    an_item,
    an_occurrence,
    an_order_row,
    broken,
    save,
)

WHO = {
    "order.confirm": "owner",
    "order.rate": "owner",
    "order.reopen": "owner",
    # Nobody is told of what they do themselves, so whoever is not told by it tries.
    "leave.ask": "guard",
    "swap.accept": "guard",
    # A plan is approved by whoever answers for the site.
    "plan.approve": "manager",
    "plan.put_in_force": "manager",
    "plan.close": "manager",
    # So are the goals of a site.
    "goal.keep": "manager",
    "goal.serve": "manager",
    "goal.drop": "manager",
    "letter.keep": "manager",
    "letter.issue": "manager",
    "letter.withdraw": "manager",
    # And who answers for an accident.
    "accident.find": "manager",
    "accident.withdraw": "manager",
    # So is what the company asks of itself.
    "clause.keep": "manager",
    "clause.end": "manager",
    "clause.drop": "manager",
    "checklist.keep": "manager",
    # And who works there.
    "person.keep": "manager",
    "person.give_password": "manager",
    # And which sites there are.
    "site.keep": "administrator",
    # And what its hours cost.
    "site.price": "manager",
}
NAMES = sorted(name for name in PREPARATIONS if name in load_use_cases())


def asked(act: Callable[[], object]) -> int:
    """How many statements the act sends."""
    with count_queries() as sent:
        act()
    return len(sent)


@pytest.mark.parametrize("verb", NAMES)
def test_the_same_however_much_there_is(garden: World, verb: str) -> None:
    who = WHO.get(verb, "supervisor")
    small = tries(garden, who, verb)
    grow(garden)
    assert tries(garden, who, verb) == small
    assert small <= 20


def tries(world: World, who: str, verb: str) -> int:
    """How many statements one try sends, its preparation apart."""
    values = PREPARATIONS[verb](world, who)
    return asked(lambda: world.do(who, verb, **values))


def grow(world: World) -> None:
    """More of everything that a use case looks at."""
    for number in range(5):
        world.person(f"further{number}", Role.TECHNICIAN, Role.SUPERVISOR)
        a_completed_order(world)
        an_order_row(world)
    further = [
        RoutePoint(
            id=uuid7(),
            route_id=world.route.id,
            position=10 + number,
            checkpoint_id=world.checkpoints[0].id,
            template_id=world.template.id,
        )
        for number in range(5)
    ]
    questions = [
        an_item(world.template, 10 + number, ItemKind.TEXT, required=False) for number in range(5)
    ]
    save(*further, *questions)


def test_many_answers_photos_and_fails_ask_no_more_than_one(garden: World) -> None:
    questions = [
        an_item(garden.template, 10 + number, ItemKind.PASS_FAIL, priority="urgent")
        for number in range(8)
    ]
    for question in questions:
        question.required = False
    save(*questions)
    garden.items += questions
    run_id = a_run(garden)
    few = [broken(garden, 2)]
    many = [
        broken(garden, item, photos=[a_shot(f"{item}{n}") for n in range(5)])
        for item in range(2, 10)
    ]
    first, second = (
        asked(
            lambda stop=stop, answers=answers: a_visit(
                garden, run_id, stop, answers=[broken(garden), *answers]
            )
        )
        for stop, answers in ((1, few), (2, many))
    )
    assert first == second


def test_many_missed_rounds_ask_no_more_than_one(garden: World) -> None:
    def sweep() -> int:
        return asked(lambda: jobs.mark_missed(garden.clock))

    an_occurrence(garden, opens_in=-500)
    first = sweep()
    for number in range(12):
        an_occurrence(garden, opens_in=-400 - number)
    garden.clock.move(timedelta(hours=1))
    assert sweep() == first


def test_many_alarms_ask_no_more_than_one(garden: World) -> None:
    def sweep() -> int:
        return asked(lambda: jobs.raise_alarms(garden.clock))

    an_occurrence(garden, opens_in=-500)
    first = sweep()
    for number in range(12):
        an_occurrence(garden, opens_in=-400 - number)
    garden.clock.move(timedelta(hours=1))
    assert sweep() == first


def test_the_list_for_the_phone_is_one_question(garden: World) -> None:
    for _ in range(3):
        a_report(garden)
    with garden.work("technician") as uow:
        repository = WorkOrderRepository(uow)
        count = asked(lambda: repository.for_the_phone(closed_since=NOON))
    assert count == 1
