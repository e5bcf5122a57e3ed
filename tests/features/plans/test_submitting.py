"""A draft waits for its reviewer when its writer says so, and its writers may give it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from propapp.core.errors import JudgesMissing, NotYours, PlanEmpty
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.plans import jobs
from propapp.features.plans.models import Plan, PlanStatus
from propapp.features.plans.service import verbs_for
from tests.plans import a_draft, a_head, a_plan, a_task, in_force
from tests.world import World, found, rows


def test_a_draft_that_was_submitted_waits_since_then(garden: World) -> None:
    plan = a_draft(garden)
    garden.do("supervisor", "plan.submit", plan_id=plan.id)
    assert found(Plan, plan.id).submitted_at == garden.clock.now()
    assert found(Plan, plan.id).status is PlanStatus.DRAFT


def test_what_was_written_on_is_submitted_no_more(garden: World) -> None:
    plan = a_draft(garden)
    garden.do("supervisor", "plan.submit", plan_id=plan.id)
    garden.do("supervisor", "plan.keep_task", plan_id=plan.id, task=a_task("drill"))
    assert found(Plan, plan.id).submitted_at is None


def test_what_was_sent_back_is_submitted_no_more(garden: World) -> None:
    plan = a_draft(garden)
    garden.do("supervisor", "plan.submit", plan_id=plan.id)
    garden.do("manager", "plan.review", plan_id=plan.id)
    garden.do("manager", "plan.send_back", plan_id=plan.id, reason="Too few people")
    assert found(Plan, plan.id).submitted_at is None


def test_nothing_is_submitted_to_nobody_and_no_empty_plan_to_anybody(garden: World) -> None:
    with pytest.raises(JudgesMissing):
        garden.do("supervisor", "plan.submit", plan_id=a_draft(garden, approver_id=None).id)
    empty = garden.do("supervisor", "plan.keep", plan_id=uuid7(), **a_head(garden))
    with pytest.raises(PlanEmpty):
        garden.do("supervisor", "plan.submit", plan_id=empty.id)


def test_a_supervisor_gives_up_their_own_draft_and_no_other(garden: World) -> None:
    plan, other = a_draft(garden), a_draft(garden, by="manager")
    garden.do("supervisor", "plan.drop", plan_id=plan.id)
    assert found(Plan, plan.id).status is PlanStatus.CLOSED
    with pytest.raises(NotYours) as refusal:
        garden.do("supervisor", "plan.drop", plan_id=other.id)
    assert refusal.value.facts["name"] == "manager"


def test_a_revision_that_is_given_up_leaves_the_plan_in_force(garden: World) -> None:
    plan = a_draft(garden)
    in_force(garden, plan)
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift")
    (draft,) = rows(Plan, version=2)
    assert "drop" in verbs_for(draft, garden.actor("supervisor"))
    garden.do("supervisor", "plan.drop", plan_id=draft.id)
    assert found(Plan, plan.id).status is PlanStatus.IN_FORCE


def test_a_plan_whose_last_day_is_over_ends_by_itself_at_its_own_midnight(garden: World) -> None:
    today = garden.clock.now().date()
    plan = a_draft(garden, ends=today.isoformat())
    in_force(garden, plan)
    assert jobs.end_plans(garden.clock) == 0
    garden.clock.move(timedelta(days=1))
    assert jobs.end_plans(garden.clock) == 1
    assert found(Plan, plan.id).status is PlanStatus.CLOSED
    assert jobs.end_plans(garden.clock) == 0
    (said,) = rows(TimelineEvent, verb="plan.ended")
    assert said.person_id is None


def test_the_database_itself_keeps_a_second_version_from_holding(garden: World) -> None:
    plan = a_plan(garden, PlanStatus.IN_FORCE)
    with pytest.raises(IntegrityError):
        a_plan(garden, PlanStatus.IN_FORCE, root_id=plan.id, version=2)
