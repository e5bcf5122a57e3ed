"""What a new version changes, task by task, and whom it concerns."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.plans.rules import ChangeKind, Version, differences, for_whom
from tests.plans import a_draft, a_task, in_force, version
from tests.world import World, rows


def revised(world: World, plan: Plan) -> Plan:
    """The next version of a plan, as a draft."""
    return world.do(
        "supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift"
    )


def test_a_copy_differs_in_nothing(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, a_task("a"), a_task("b", after=["a"])))
    assert differences(version(plan.id), version(revised(garden, plan).id)) == []


def test_added_removed_and_changed_with_old_and_new(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, a_task("a"), a_task("b"), a_task("c", after=["a"])))
    draft = revised(garden, plan)
    changed = a_task("b", role="cleaner", minutes=90, windows=[{"opens": 600, "minutes": 60}])
    garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=changed)
    garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=a_task("c", after=["b"]))
    garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=a_task("d", role="cleaner"))
    garden.do("supervisor", "plan.drop_task", plan_id=draft.id, key="a")
    found = {one.key: one for one in differences(version(plan.id), version(draft.id))}
    assert {key: one.kind for key, one in found.items()} == {
        "a": ChangeKind.REMOVED,
        "b": ChangeKind.CHANGED,
        "c": ChangeKind.CHANGED,
        "d": ChangeKind.ADDED,
    }
    fields = {one.field: (one.old, one.new) for one in found["b"].fields}
    assert fields["minutes"] == (30, 90)
    assert fields["role"] == ("guard", "cleaner")
    assert set(fields) == {"minutes", "role", "windows"}
    assert [(one.field, one.old, one.new) for one in found["c"].fields] == [("after", ["a"], ["b"])]


def test_the_timeline_says_what_changed_for_whom(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, a_task("a"), a_task("b")))
    draft = revised(garden, plan)
    garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=a_task("a", role="cleaner"))
    garden.do("supervisor", "plan.drop_task", plan_id=draft.id, key="b")
    in_force(garden, draft)
    (event,) = rows(TimelineEvent, thing_id=draft.id, verb="plan.in_force")
    assert event.facts["changes"] == {
        "guard": {"removed": 1, "changed": 1},
        "cleaner": {"changed": 1},
    }


KEYS = st.sampled_from("abcde")
TASKS = st.dictionaries(KEYS, st.integers(1, 3), max_size=5)


@given(old=TASKS, new=TASKS)
def test_differences_tell_all_and_nothing_else(old: dict[str, int], new: dict[str, int]) -> None:
    found = differences(_version(old), _version(new))
    by_kind = {kind: {one.key for one in found if one.kind is kind} for kind in ChangeKind}
    assert by_kind[ChangeKind.ADDED] == set(new) - set(old)
    assert by_kind[ChangeKind.REMOVED] == set(old) - set(new)
    assert by_kind[ChangeKind.CHANGED] == {
        key for key in old if key in new and old[key] != new[key]
    }
    assert sum(for_whom(found).get("guard", {}).values()) == len(found)


def _version(minutes: dict[str, int]) -> Version:

    same: dict[str, Any] = {"role": Role.GUARD, "starts": date.min, "ends": date.max}
    return Version(
        [
            PlanTask(plan_id=uuid7(), key=key, name=key, minutes=n, **same)
            for key, n in minutes.items()
        ]
    )
