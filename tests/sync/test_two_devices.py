"""Two devices change the same thing: what each said stays, and nobody is overruled silently.

A run is never deleted, by anybody: what was wrong in it is corrected by a later visit. What can be
both changed and taken out is a draft, and there the later of the two is told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply
from propapp.core.sync.models import Operation, OperationStatus
from propapp.core.sync.settle import Answer as Told
from propapp.core.timeline import TimelineEvent
from propapp.core.use_case import load_use_cases
from propapp.features.plans.models import PlanTask
from propapp.features.rounds.models import Answer, Run, RunStatus, Visit
from tests.plans import a_draft, a_task
from tests.sync.phones import Phone
from tests.world import World, a_run, a_world, found, rows, well

WHAT = "The same thing changed and taken out on two devices"


@pytest.fixture
def garden(database: Path) -> World:
    """A site at noon with people of every role."""
    return a_world()


def sends(world: World, who: str, phone: Phone, kind: str, thread: UUID, **body: Any) -> Told:
    """One operation of this person's phone, as the server answers it."""
    load_use_cases()
    made = phone.does(kind, thread=thread, **body)
    return apply(world.actor(who), phone.id, made, world.clock)


def was_here(world: World, phone: Phone, run_id: UUID, who: str = "guard", **values: Any) -> Told:
    """A visit to the first point, with an answer that says from where."""
    item = {**well(world, note=str(phone.id)), "item_id": str(world.items[0].id)}
    body = {
        "visit_id": str(uuid7()),
        "run_id": str(run_id),
        "point_id": str(world.points[0].id),
        "method": "scan",
        "code": world.code(1),
        "arrived_at": world.clock.now().isoformat(),
        "answers": [item],
    }
    return sends(world, who, phone, "round.visit", run_id, **{**body, **values})


@pytest.mark.reliability("I1 I2 I4", "F64", WHAT)
def test_both_corrections_of_a_point_stay_and_the_later_one_counts(garden: World) -> None:
    run_id, one, other = a_run(garden), Phone(), Phone()
    answers = [was_here(garden, phone, run_id) for phone in (one, other, one)]
    assert [answer.status for answer in answers] == ["applied"] * 3
    first, second, third = sorted(rows(Visit), key=lambda visit: visit.id)
    assert (first.superseded_by, second.superseded_by, third.superseded_by) == (
        second.id,
        third.id,
        None,
    )
    assert {answer.note for answer in rows(Answer)} == {str(one.id), str(other.id)}
    told = [event.verb for event in rows(TimelineEvent, thing_id=run_id)]
    assert told[-3:] == ["run.visited", "run.corrected", "run.corrected"]
    assert found(Run, run_id).points_done == 1


@pytest.mark.reliability("I1 I6", "F64", WHAT)
def test_a_correction_after_the_other_device_has_finished_is_refused_and_kept(
    garden: World,
) -> None:
    run_id, one, other = a_run(garden), Phone(), Phone()
    was_here(garden, one, run_id)
    end = {"run_id": str(run_id), "note": "Rain"}
    assert sends(garden, "guard", one, "round.finish", run_id, **end).status == "applied"
    late = was_here(garden, other, run_id)
    assert (late.status, late.code) == ("rejected", "wrong_step")
    assert len(rows(Visit)) == 1
    assert found(Run, run_id).status is not RunStatus.RUNNING
    # What was refused lies whole at the server, with its reason, for whoever asks.
    [kept] = rows(Operation, status=OperationStatus.REJECTED)
    assert str(other.id) in kept.body


@pytest.mark.reliability("I1 I8", "F64", WHAT)
def test_nobody_else_changes_a_run_and_no_verb_takes_one_out(garden: World) -> None:
    run_id = a_run(garden)
    theirs = was_here(garden, Phone(), run_id, "supervisor")
    assert theirs.status == "rejected"
    assert rows(Visit) == []
    verbs = {name for name in load_use_cases() if name.split(".")[0] in {"round", "run", "visit"}}
    assert verbs == {"round.start", "round.visit", "round.finish", "visit.judge"}


@pytest.mark.reliability("I1 I6", "F64", WHAT)
@pytest.mark.parametrize("first", ["keep", "drop"])
def test_of_a_change_and_a_removal_both_are_told_and_the_later_one_stands(
    garden: World, first: str
) -> None:
    draft = a_draft(garden, a_task("patrol", route_id=garden.route.id), a_task("sweep"))
    task = a_task("patrol", name="Night patrol", route_id=str(garden.route.id))
    body = {
        "keep": {"plan_id": str(draft.id), "task": task},
        "drop": {"plan_id": str(draft.id), "key": "patrol"},
    }
    second = "drop" if first == "keep" else "keep"
    for verb in (first, second):
        told = sends(garden, "supervisor", Phone(), f"plan.{verb}_task", draft.id, **body[verb])
        assert told.status == "applied"
    said = [event.verb for event in rows(TimelineEvent, thing_id=draft.id)][-2:]
    if first == "keep":
        assert said == ["plan.task_changed", "plan.task_dropped"]
    else:
        assert said == ["plan.task_dropped", "plan.task_added"]
    left = {one.key for one in rows(PlanTask, plan_id=draft.id)}
    assert left == ({"sweep"} if first == "keep" else {"sweep", "patrol"})


@pytest.mark.reliability("I2 I6", "F64", WHAT)
def test_of_two_removals_the_second_is_told_that_it_is_gone(garden: World) -> None:
    draft = a_draft(garden, a_task("patrol", route_id=garden.route.id), a_task("sweep"))
    body = {"plan_id": str(draft.id), "key": "patrol"}
    answers = [
        sends(garden, who, Phone(), "plan.drop_task", draft.id, **body)
        for who in ("supervisor", "supervisor")
    ]
    assert [(one.status, one.code) for one in answers] == [
        ("applied", ""),
        ("rejected", "not_found"),
    ]
