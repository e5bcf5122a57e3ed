"""Schedules follow the plans in force, whatever is revised, and as often as the sweep runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.errors import FollowsPlan
from propapp.core.ids import derived_id, uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.plans import repository as plans
from propapp.features.plans.models import Plan
from propapp.features.schedules import jobs, service
from propapp.features.schedules.models import Occurrence, Route, TaskSchedule
from propapp.features.schedules.service import Unwalked
from tests.plans import a_draft, a_task, in_force
from tests.world import World, a_schedule, found, looking, rows, save


def sweep(world: World) -> int:
    """As the house does it: first the plans, then the horizon."""
    changed = jobs.follow_plans(world.clock)
    jobs.keep_horizon(world.clock)
    return changed


def patrol(world: World, **values: object) -> dict[str, object]:
    return a_task("patrol", route_id=world.route.id, **values)


def ahead(world: World) -> list[Occurrence]:
    now = world.clock.now()
    coming = [one for one in rows(Occurrence) if one.opens_at > now and not one.withdrawn_at]
    return sorted(coming, key=lambda one: one.opens_at)


def revised(world: World, plan: Plan, *tasks: dict[str, object], drop: str = "") -> Plan:
    """The next version of a plan with these tasks, in force."""
    draft = world.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Lift")
    for task in tasks:
        world.do("supervisor", "plan.keep_task", plan_id=draft.id, task=task)
    if drop:
        world.do("supervisor", "plan.drop_task", plan_id=draft.id, key=drop)
    return in_force(world, draft)


def test_a_plan_in_force_makes_schedules_and_rounds(garden: World) -> None:
    plan = a_draft(garden, patrol(garden), a_task("paper", windows=[]))
    sweep(garden)
    assert not rows(TaskSchedule)
    in_force(garden, plan)
    assert sweep(garden) == 1
    (schedule,) = rows(TaskSchedule)
    assert schedule.id == derived_id("schedule", plan.root_id, "patrol")
    assert len(ahead(garden)) == 14
    assert {one.plan_task_id for one in ahead(garden)} == {schedule.plan_task_id}


def test_the_sweep_changes_nothing_twice(garden: World) -> None:
    in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    before = rows(TaskSchedule), rows(Occurrence), rows(TimelineEvent)
    assert sweep(garden) == 0
    assert (rows(TaskSchedule), rows(Occurrence), rows(TimelineEvent)) == before


def test_a_revision_moves_the_rounds_and_keeps_the_schedule(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    old = rows(Occurrence)
    following = revised(garden, plan, patrol(garden, windows=[{"opens": 600, "minutes": 60}]))
    assert sweep(garden) == 1
    assert {one.opens_at.hour for one in ahead(garden)} == {2}  # ten o'clock there
    withdrawn = [found(Occurrence, one.id).withdrawn_at for one in old]
    assert any(withdrawn)
    (schedule,) = rows(TaskSchedule)
    assert schedule.version == following.version == 2


def test_what_is_not_changed_stays_and_points_to_the_new_version(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    before = {one.id for one in ahead(garden)}
    revised(garden, plan, a_task("paper", windows=[]))
    assert sweep(garden) == 0
    (schedule,) = rows(TaskSchedule)
    assert {one.id for one in ahead(garden)} == before
    assert {one.plan_task_id for one in ahead(garden)} == {schedule.plan_task_id}
    assert not rows(TimelineEvent, verb="schedule.revised")


def test_a_task_that_ended_has_its_rounds_withdrawn_and_not_deleted(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, patrol(garden), a_task("paper", windows=[])))
    sweep(garden)
    made = len(rows(Occurrence))
    following = revised(garden, plan, drop="patrol")
    sweep(garden)
    assert (ahead(garden), len(rows(Occurrence))) == ([], made)
    revised(garden, following, patrol(garden))
    sweep(garden)
    assert len(ahead(garden)) == 14
    assert [one.active for one in rows(TaskSchedule)] == [True]


def test_a_plan_closed_walks_no_more(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    garden.do("administrator", "plan.close", plan_id=plan.id, reason="Over")
    sweep(garden)
    assert not ahead(garden)


def test_another_route_takes_the_rounds_with_it(garden: World) -> None:
    other = Route(site_id=garden.site.id, name="Other", role=garden.route.role)
    save(other)
    plan = in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    revised(garden, plan, patrol(garden) | {"route_id": other.id})
    sweep(garden)
    assert {one.route_id for one in ahead(garden)} == {other.id}


def test_a_route_of_another_site_is_never_walked(garden: World, elsewhere: World) -> None:
    in_force(garden, a_draft(garden, patrol(garden) | {"route_id": elsewhere.route.id}))
    in_force(garden, a_draft(garden, patrol(garden) | {"route_id": uuid7()}))
    assert sweep(garden) == 0


def test_what_the_plan_above_has_is_not_walked_twice(garden: World) -> None:
    year = in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    drill = a_task("drill", route_id=garden.route.id, windows=[{"opens": 900, "minutes": 60}])
    month = a_draft(garden, patrol(garden), drill, kind="month", parent_id=year.id)
    in_force(garden, month)
    assert sweep(garden) == 1
    assert len(rows(TaskSchedule)) == 2


def test_a_round_by_hand_at_the_same_time_stays_when_the_plan_ends(garden: World) -> None:
    a_schedule(garden, (480, 60))
    plan = in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    assert len(ahead(garden)) == 14
    garden.do("administrator", "plan.close", plan_id=plan.id, reason="Over")
    sweep(garden)
    jobs.keep_horizon(garden.clock)
    assert len(ahead(garden)) == 14


def test_a_random_task_is_drawn_as_the_plan_says(garden: World) -> None:
    coverage = {"every": 120, "minutes": 30}
    in_force(garden, a_draft(garden, patrol(garden, trigger="random", coverage=coverage)))
    sweep(garden)
    jobs.draw_rounds(garden.clock)
    garden.clock.move(timedelta(days=1))
    jobs.draw_rounds(garden.clock)
    (schedule,) = rows(TaskSchedule)
    assert {one.plan_task_id for one in rows(Occurrence)} == {schedule.plan_task_id}


def test_the_schedule_of_a_plan_is_changed_by_the_plan_alone(garden: World) -> None:
    in_force(garden, a_draft(garden, patrol(garden)))
    sweep(garden)
    (schedule,) = rows(TaskSchedule)
    with pytest.raises(FollowsPlan):
        garden.do("supervisor", "schedule.stop", schedule_id=schedule.id)


def test_what_gets_no_rounds_is_told_with_its_reason(garden: World) -> None:
    plan = a_draft(
        garden,
        a_task("gone", route_id=uuid7()),
        a_task("well", route_id=garden.route.id),
        a_task("paper", windows=[]),
    )
    with looking() as session:
        tasks = plans.tasks_of(session, [plan.id])
    with garden.work("supervisor") as uow:
        assert service.unwalked(uow, plan, tasks) == {"gone": Unwalked.ROUTE_GONE}
    garden.route.active = False
    save(garden.route)
    with garden.work("supervisor") as uow:
        assert service.unwalked(uow, plan, tasks)["well"] is Unwalked.ROUTE_STOPPED
