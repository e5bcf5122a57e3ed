"""Whoever it concerns is told of a plan, once, and never of what they did themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from propapp.core.ids import uuid7
from propapp.features.messages.models import Message
from propapp.features.planning import jobs
from propapp.features.plans.models import Plan
from tests.counting import count_queries
from tests.plans import a_draft, a_task, approved, in_force
from tests.world import World, rows


def told(world: World) -> set[tuple[str, str]]:
    """Who got which message by the next sweep."""
    known = {message.id for message in rows(Message)}
    jobs.tell_of_plans(world.clock)
    names = {actor.person_id: name for name, actor in world.people.items()}
    fresh = [message for message in rows(Message) if message.id not in known]
    return {(names[one.person_id], one.kind) for one in fresh}


def later(world: World, verb: str, who: str, plan: Plan, **values: Any) -> set[tuple[str, str]]:
    world.clock.move(timedelta(minutes=1))
    world.do(who, verb, plan_id=plan.id, **values)
    return told(world)


def test_each_step_is_told_to_whose_turn_it_is_and_to_who_wrote_it(garden: World) -> None:
    plan = a_draft(garden)
    assert told(garden) == set()
    assert later(garden, "plan.submit", "supervisor", plan) == {("manager", "plan.submitted")}
    assert later(garden, "plan.review", "manager", plan) == {
        ("administrator", "plan.reviewed"),
        ("supervisor", "plan.reviewed"),
    }
    assert later(garden, "plan.send_back", "administrator", plan, reason="Too few") == {
        ("supervisor", "plan.sent_back")
    }
    (message,) = rows(Message, kind="plan.sent_back")
    assert (message.facts["text"], message.facts["by"]) == ("Too few", "administrator")


def test_nobody_is_told_twice(garden: World) -> None:
    plan = a_draft(garden)
    assert later(garden, "plan.submit", "supervisor", plan)
    assert told(garden) == set()


def test_a_post_is_told_what_a_new_version_changes_for_it(garden: World) -> None:
    plan = in_force(garden, a_draft(garden))
    assert ("guard", "plan.for_your_post") in told(garden)
    garden.clock.move(timedelta(minutes=1))
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift")
    (draft,) = rows(Plan, root_id=plan.root_id, version=2)
    garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=a_task("lift", role="cleaner"))
    garden.clock.move(timedelta(minutes=1))
    in_force(garden, draft)
    new = told(garden)
    assert ("cleaner", "plan.for_your_post") in new
    assert ("guard", "plan.for_your_post") not in new
    (message,) = rows(Message, kind="plan.for_your_post", thing_id=draft.id)
    assert (message.facts["added"], message.facts["removed"]) == (1, 0)


def test_only_the_last_of_several_steps_is_told(garden: World) -> None:
    plan = a_draft(garden)
    garden.clock.move(timedelta(minutes=1))
    garden.do("supervisor", "plan.submit", plan_id=plan.id)
    garden.clock.move(timedelta(minutes=1))
    approved(garden, plan)
    assert {kind for _, kind in told(garden)} == {"plan.approved"}


@pytest.mark.parametrize("count", [9])
def test_many_plans_ask_no_more_than_one(garden: World, count: int) -> None:
    def sweep() -> int:
        with count_queries() as sent:
            jobs.tell_of_plans(garden.clock)
        return len(sent)

    in_force(garden, a_draft(garden))
    first = sweep()
    for _ in range(count):
        in_force(garden, a_draft(garden))
    assert sweep() == first
