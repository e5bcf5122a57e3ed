"""Writing a plan: what cannot be is refused by its name, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from propapp.core.errors import PropappError
from propapp.features.plans.models import Plan, PlanTask
from tests.plans import a_draft, a_head, a_task, version
from tests.world import World, found, rows


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ({"rrule": "every morning"}, "rule_unreadable"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule_never_happens"),
        ({"windows": [{"opens": 481, "minutes": 60}]}, "window_impossible"),
        ({"windows": [{"opens": 480, "minutes": 60}] * 2}, "window_impossible"),
        ({"rrule": ""}, "window_impossible"),
        ({"starts": "2025-12-31"}, "outside_plan"),
        ({"ends": "2027-01-01"}, "outside_plan"),
        ({"starts": "2026-06-02", "ends": "2026-06-01"}, "outside_plan"),
        ({"trigger": "random"}, "invalid_input"),
        ({"trigger": "random", "coverage": {"every": 30, "minutes": 30}}, "coverage_impossible"),
        ({"after": ["nothing"]}, "invalid_input"),
        ({"after": ["patrol"]}, "tasks_in_circle"),
    ],
)
def test_a_task_that_cannot_be_is_refused(garden: World, task: dict[str, Any], code: str) -> None:
    with pytest.raises(PropappError) as refusal:
        a_draft(garden, a_task(**task))
    assert refusal.value.code == code
    assert not rows(Plan)
    assert not rows(PlanTask)


@pytest.mark.parametrize(
    "task",
    [
        {"windows": [{"opens": 1380, "minutes": 120}]},  # over midnight
        {"season": {"first": "11-15", "last": "03-15"}},  # over the new year
        {"rrule": "", "windows": [], "milestone": True, "starts": "2026-06-01"},
        {"rrule": "FREQ=MONTHLY;BYDAY=1MO", "windows": []},
        {"trigger": "random", "coverage": {"every": 120, "minutes": 30}},
        {"trigger": "weather:storm", "windows": [{"opens": 0, "minutes": 60}]},
    ],
)
def test_what_looks_odd_but_can_be_is_kept(garden: World, task: dict[str, Any]) -> None:
    plan = a_draft(garden, a_task(**task))
    assert [one.key for one in version(plan.id).tasks] == ["patrol"]


def test_tasks_that_wait_for_each_other_are_named(garden: World) -> None:
    plan = a_draft(garden, a_task("a"), a_task("b", after=["a"]), a_task("c", after=["b"]))
    with pytest.raises(PropappError) as refusal:
        garden.do("supervisor", "plan.keep_task", plan_id=plan.id, task=a_task("a", after=["c"]))
    assert refusal.value.code == "tasks_in_circle"
    assert all(name in refusal.value.facts["keys"] for name in "ABC")
    assert version(plan.id).links == {"b": ["a"], "c": ["b"]}


def test_one_task_is_written_without_touching_the_others(garden: World) -> None:
    plan = a_draft(garden, a_task("a"), a_task("b", after=["a"]))
    before = {task.key: task.id for task in version(plan.id).tasks}
    garden.do("supervisor", "plan.keep_task", plan_id=plan.id, task=a_task("a", minutes=90))
    garden.do("supervisor", "plan.keep_task", plan_id=plan.id, task=a_task("c"))
    after = version(plan.id)
    assert [task.key for task in after.tasks] == ["a", "b", "c"]
    assert after.tasks[0].minutes == 90
    assert {key: task.id for key, task in zip("ab", after.tasks, strict=False)} == before


def test_a_head_that_is_written_again_keeps_the_level_it_was_drawn_up_by(garden: World) -> None:
    draft = a_draft(garden, level="cpmi-2004:2")
    a_draft(garden, plan_id=draft.id, name="Another name")
    plan = found(Plan, draft.id)
    assert (plan.name, plan.level) == ("Another name", "cpmi-2004:2")


def test_a_dropped_task_is_waited_for_no_more(garden: World) -> None:
    plan = a_draft(garden, a_task("a"), a_task("b", after=["a"]))
    garden.do("supervisor", "plan.drop_task", plan_id=plan.id, key="a")
    assert [task.key for task in version(plan.id).tasks] == ["b"]
    assert version(plan.id).links == {}


def test_a_shorter_plan_does_not_leave_tasks_outside_it(garden: World) -> None:
    plan = a_draft(garden)
    with pytest.raises(PropappError) as refusal:
        garden.do("manager", "plan.keep", plan_id=plan.id, **a_head(garden, ends="2026-06-30"))
    assert refusal.value.code == "outside_plan"
    assert found(Plan, plan.id).ends.month == 12
    assert found(Plan, plan.id).writers == [str(garden.actor("supervisor").person_id)]


def test_a_plan_of_a_month_names_the_plan_above_it(garden: World, elsewhere: World) -> None:
    year = a_draft(garden)
    month = a_draft(garden, kind="month", starts="2026-03-01", ends="2026-03-31", parent_id=year.id)
    assert month.parent_id == year.root_id
    with pytest.raises(PropappError) as refusal:
        a_draft(garden, parent_id=a_draft(elsewhere).id)
    assert refusal.value.code == "not_found"


def test_priority_is_urgency_times_importance(garden: World) -> None:
    plan = a_draft(garden, a_task(urgency=4, importance=5))
    assert version(plan.id).tasks[0].priority == 20


def test_a_key_is_used_once(garden: World) -> None:
    with pytest.raises(PropappError):
        a_draft(garden, a_task("a"), a_task("a"))
    assert not rows(PlanTask)
