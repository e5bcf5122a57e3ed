"""The way of a plan: every step by whom it concerns, every other one refused by its name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from propapp.core.access import Role
from propapp.core.errors import NotYours, OwnPlan, PropappError, RevisionOpen
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.plans.flow import PLAN_FLOW
from propapp.features.plans.models import Plan, PlanStatus
from propapp.features.plans.service import verbs_for
from tests.plans import a_draft, a_head, a_plan, a_task, approved, in_force
from tests.world import World, found, rows


def verbs(plan_id: UUID) -> list[str]:
    return [event.verb for event in rows(TimelineEvent, thing_id=plan_id)]


def test_from_draft_to_closed(garden: World) -> None:
    plan = a_draft(garden)
    in_force(garden, plan)
    assert found(Plan, plan.id).in_force_at == garden.clock.now()
    garden.do("administrator", "plan.close", plan_id=plan.id, reason="The year is over")
    assert found(Plan, plan.id).status is PlanStatus.CLOSED
    assert verbs(plan.id) == [
        f"plan.{past}" for past in ("begun", "reviewed", "approved", "in_force", "closed")
    ]


ASKED: dict[str, dict[str, Any]] = {
    "keep": {},
    "review": {},
    "submit": {},
    "drop": {},
    "send_back": {"reason": "Too few people"},
    "approve": {},
    "put_in_force": {},
    "revise": {"reason": "A new lift"},
    "close": {"reason": "Over"},
}


@pytest.mark.parametrize("status", list(PlanStatus))
@pytest.mark.parametrize("verb", sorted(ASKED))
def test_every_verb_in_every_status(garden: World, verb: str, status: PlanStatus) -> None:
    judge = garden.person("judge", Role.MANAGER, Role.SUPERVISOR)
    hands = {"writers": [str(judge.person_id)]} if verb == "drop" else {}
    plan = a_plan(garden, status, reviewer_id=judge.person_id, approver_id=judge.person_id, **hands)
    asked = dict(ASKED[verb])
    if verb == "keep":
        asked |= a_head(garden)
    if verb == "revise":
        asked |= {"next_id": uuid7()}
    legal = status in PLAN_FLOW.steps[verb].sources
    try:
        garden.do("judge", f"plan.{verb}", plan_id=plan.id, **asked)
    except PropappError as refusal:
        assert not legal
        assert refusal.code == "wrong_step"
        assert found(Plan, plan.id).status is status
    else:
        assert legal
        assert found(Plan, plan.id).status is PLAN_FLOW.steps[verb].target


def test_whoever_wrote_a_plan_neither_reviews_nor_approves_it(garden: World) -> None:
    manager = garden.actor("manager").person_id
    plan = a_draft(garden, by="manager", reviewer_id=manager, approver_id=manager)
    with pytest.raises(OwnPlan):
        garden.do("manager", "plan.review", plan_id=plan.id)
    assert found(Plan, plan.id).status is PlanStatus.DRAFT


def test_a_hand_in_one_task_is_a_hand_in_the_plan(garden: World) -> None:
    plan = a_draft(garden)
    garden.do("manager", "plan.keep_task", plan_id=plan.id, task=a_task("drill"))
    with pytest.raises(OwnPlan):
        garden.do("manager", "plan.review", plan_id=plan.id)


def test_only_those_who_were_named_judge_it_and_the_others_are_told_who(garden: World) -> None:
    plan = a_draft(garden)
    with pytest.raises(NotYours) as refusal:
        garden.do("administrator", "plan.review", plan_id=plan.id)
    assert refusal.value.facts["name"] == "manager"
    garden.do("manager", "plan.review", plan_id=plan.id)
    with pytest.raises(NotYours):
        garden.do("manager", "plan.approve", plan_id=plan.id)


def test_nobody_named_means_nobody_may(garden: World) -> None:
    plan = a_draft(garden, reviewer_id=None)
    with pytest.raises(NotYours):
        garden.do("manager", "plan.review", plan_id=plan.id)


@pytest.mark.parametrize("role", ["guard", "owner", "supervisor"])
def test_nobody_is_named_for_what_they_may_not_do(garden: World, role: str) -> None:
    with pytest.raises(PropappError) as refusal:
        a_draft(garden, approver_id=garden.actor(role).person_id)
    assert refusal.value.code == "not_found"
    assert not rows(Plan)


@pytest.mark.parametrize("verb", ["plan.send_back", "plan.close"])
def test_a_step_that_asks_for_a_reason_is_refused_without_one(garden: World, verb: str) -> None:
    plan = a_draft(garden)
    approved(garden, plan)
    with pytest.raises(PropappError) as refusal:
        garden.do("administrator", verb, plan_id=plan.id, reason=" ")
    assert refusal.value.code == "note_required"


def test_a_plan_without_tasks_is_not_reviewed(garden: World) -> None:
    plan = garden.do(
        "supervisor",
        "plan.keep",
        plan_id=uuid7(),
        reviewer_id=garden.actor("manager").person_id,
        **a_head(garden),
    )
    with pytest.raises(PropappError) as refusal:
        garden.do("manager", "plan.review", plan_id=plan.id)
    assert refusal.value.code == "plan_empty"


def test_what_is_sent_back_is_written_anew_and_judged_again(garden: World) -> None:
    plan = approved(garden, a_draft(garden))
    garden.do("manager", "plan.send_back", plan_id=plan.id, reason="No lift works")
    garden.do("supervisor", "plan.keep_task", plan_id=plan.id, task=a_task("drill"))
    in_force(garden, plan)
    assert found(Plan, plan.id).status is PlanStatus.IN_FORCE


def test_only_one_revision_at_a_time(garden: World) -> None:
    plan = in_force(garden, a_draft(garden))
    revision = {"plan_id": plan.id, "reason": "A new lift"}
    garden.do("supervisor", "plan.revise", next_id=uuid7(), **revision)
    with pytest.raises(RevisionOpen) as refusal:
        garden.do("supervisor", "plan.revise", next_id=uuid7(), **revision)
    assert refusal.value.facts["version"] == "2"


def test_a_version_in_force_makes_the_one_before_revised(garden: World) -> None:
    plan = in_force(garden, a_draft(garden))
    following = garden.do(
        "supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift"
    )
    assert found(Plan, plan.id).status is PlanStatus.IN_FORCE
    in_force(garden, following)
    assert found(Plan, plan.id).status is PlanStatus.REVISED
    assert (following.root_id, found(Plan, following.id).version) == (plan.root_id, 2)


def test_whoever_revises_is_not_named_to_judge_it(garden: World) -> None:
    plan = in_force(garden, a_draft(garden))
    following = garden.do(
        "manager", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift"
    )
    assert following.reviewer_id is None
    assert following.approver_id == plan.approver_id


def test_a_revision_given_up_leaves_room_for_another(garden: World) -> None:
    plan = in_force(garden, a_draft(garden))
    draft = garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="?")
    garden.do("manager", "plan.close", plan_id=draft.id, reason="Not this year")
    third = garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="!")
    assert third.version == 3


def test_buttons_are_offered_to_those_whom_they_concern(garden: World) -> None:
    plan = a_draft(garden)
    offered = {
        who: verbs_for(plan, garden.actor(who))
        for who in ("supervisor", "manager", "administrator", "auditor")
    }
    assert offered == {
        "supervisor": ["submit", "keep", "drop"],
        "manager": ["review", "keep", "close"],
        "administrator": ["close"],
        "auditor": [],
    }
