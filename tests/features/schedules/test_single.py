"""A task without a route is a single job: a round of one stop, with the checklist of its clause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from propapp.api.snapshot import snapshot
from propapp.core.errors import InvalidInput, PostWalksNothing, WindowImpossible
from propapp.core.ids import derived_id, uuid7
from propapp.core.unit_of_work import unit_of_work
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.rounds.models import NO_CODE, Run, RunStatus, Visit
from propapp.features.schedules import jobs, repository
from propapp.features.schedules.models import Occurrence, Route, RoutePoint, TaskSchedule
from propapp.features.schedules.service import unwalked
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Checkpoint
from propapp.features.standards.checklists import compose
from propapp.features.standards.models import (
    ChecklistItem,
    ChecklistTemplate,
    ClauseLevel,
    ClauseVersion,
)
from propapp.features.standards.repository import JOBS
from tests.plans import a_draft, a_task, in_force
from tests.singles import do_job
from tests.standards import a_clause
from tests.world import NOON, World, a_run, a_visit, looking, rows, save


def a_job(**values: Any) -> dict[str, Any]:
    """Something the technician does every morning at one spot, shown by a photo."""
    asked = {"work": True, "role": "technician", "evidence": {"photos": 1}}
    return a_task("tank", **(asked | values))


def clause_of(world: World, **values: Any) -> ClauseVersion:
    (version,) = rows(ClauseVersion, clause_id=a_clause(**values).id)
    return version


def sweep(world: World) -> None:
    jobs.follow_plans(world.clock)
    jobs.keep_horizon(world.clock)


def revised(world: World, plan: Plan, task: dict[str, Any]) -> None:
    draft = world.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Lift")
    world.do("supervisor", "plan.keep_task", plan_id=draft.id, task=task)
    in_force(world, draft)
    sweep(world)


def questions(route_id: Any) -> list[tuple[str, str]]:
    (stop,) = rows(RoutePoint, route_id=route_id)
    items = sorted(rows(ChecklistItem, template_id=stop.template_id), key=lambda one: one.position)
    return [(item.kind.value, item.label) for item in items]


def test_a_job_becomes_work_of_its_post_with_the_words_of_its_clause(garden: World) -> None:
    clause = clause_of(garden)
    in_force(garden, a_draft(garden, a_job(clause_id=clause.id)))
    sweep(garden)
    (route,) = [one for one in rows(Route) if one.plan_id]
    assert (route.name, route.role.value) == ("Tank", "technician")
    assert len(rows(Occurrence, route_id=route.id)) == 14
    kinds, labels = zip(*questions(route.id), strict=True)
    assert kinds == ("pass_fail", "photo")
    assert labels[0] == "Twice a day"


def test_as_many_photos_are_asked_for_as_the_evidence_rule_says(garden: World) -> None:
    in_force(garden, a_draft(garden, a_job(evidence={"photos": 4, "document": True})))
    sweep(garden)
    (route,) = [one for one in rows(Route) if one.plan_id]
    kinds, labels = zip(*questions(route.id), strict=True)
    assert kinds == ("pass_fail", *["photo"] * 4, "text")
    assert [label.rpartition(" ")[2] for label in labels[1:5]] == ["1/4", "2/4", "3/4", "4/4"]


def test_a_checklist_of_one_photo_or_none_is_the_one_that_it_always_was() -> None:
    for photos, named in ((0, ("False", "False")), (1, ("True", "False"))):
        made, items = compose(None, {"photos": photos}, NOON)
        assert made.code == f"{JOBS}{derived_id('job', None, None, *named).hex[:24]}"
        assert [one.label for one in items] == ["这项作业已按要求完成", "作业完成后的照片"][
            : 1 + photos
        ]
    codes = {compose(None, {"photos": photos}, NOON)[0].code for photos in range(5)}
    assert len(codes) == 5


def test_a_job_is_done_on_the_phone_and_sealed(garden: World) -> None:
    in_force(garden, a_draft(garden, a_job()))
    sweep(garden)
    (route,) = [one for one in rows(Route) if one.plan_id]
    do_job(garden, min(rows(Occurrence, route_id=route.id), key=lambda one: one.opens_at))
    (run,), (visit,) = rows(Run), rows(Visit)
    assert run.status is RunStatus.SEALED
    assert visit.hand_reason == NO_CODE


def items_of(stop: RoutePoint) -> list[ChecklistItem]:
    return sorted(rows(ChecklistItem, template_id=stop.template_id), key=lambda one: one.position)


def test_the_sweep_makes_nothing_twice_and_jobs_share_the_words(garden: World) -> None:
    clause = clause_of(garden)
    other = a_job(clause_id=clause.id) | {"key": "other", "name": "Other"}
    in_force(garden, a_draft(garden, a_job(clause_id=clause.id), other))
    sweep(garden)
    before = rows(Route), rows(RoutePoint), rows(ChecklistTemplate), rows(TaskSchedule)
    sweep(garden)
    assert (rows(Route), rows(RoutePoint), rows(ChecklistTemplate), rows(TaskSchedule)) == before
    stops = [
        one
        for one in rows(RoutePoint)
        if one.route_id in {route.id for route in rows(Route) if route.plan_id}
    ]
    assert len(stops) == 2
    assert len({one.template_id for one in stops}) == 1
    assert len({one.checkpoint_id for one in stops}) == 1


def test_another_version_of_the_clause_is_another_version_of_the_checklist(garden: World) -> None:
    clause = clause_of(garden)
    plan = in_force(garden, a_draft(garden, a_job(clause_id=clause.id)))
    sweep(garden)
    (level,) = rows(ClauseLevel, version_id=clause.id)
    later = ClauseVersion.model_validate(
        clause.model_dump() | {"id": uuid7(), "starts": date(2026, 6, 1)}
    )
    asks = {"id": uuid7(), "version_id": later.id, "text": "Three times a day"}
    save(later, ClauseLevel.model_validate(level.model_dump() | asks))
    revised(garden, plan, a_job(clause_id=later.id))
    (route,) = [one for one in rows(Route) if one.plan_id]
    assert questions(route.id)[0] == ("pass_fail", "Three times a day")
    codes = {one.code for one in rows(ChecklistTemplate) if one.code.startswith("job.")}
    assert len(codes) == 1


def test_a_job_under_way_is_asked_what_it_was_begun_with(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, a_job(evidence={})))
    sweep(garden)
    (route,) = [one for one in rows(Route) if one.plan_id]
    (old,) = rows(RoutePoint, route_id=route.id)
    first = min(rows(Occurrence, route_id=route.id), key=lambda one: one.opens_at)
    garden.clock.set(first.opens_at + timedelta(minutes=5))
    run_id = a_run(garden, "technician", first)
    garden.clock.move(timedelta(minutes=5))
    revised(garden, plan, a_job())
    (check,) = items_of(old)
    asked = {"point_id": old.id, "method": "hand", "hand_reason": NO_CODE, "code": ""}
    answers = [{"item_id": check.id, "verdict": "pass"}]
    a_visit(garden, run_id, by="technician", template_id=old.template_id, answers=answers, **asked)
    new = next(one for one in rows(RoutePoint, route_id=route.id) if one.id != old.id)
    assert [item.kind.value for item in items_of(new)] == ["pass_fail", "photo"]


def test_no_code_is_printed_for_the_spot_and_no_round_is_planned_through_it(garden: World) -> None:
    in_force(garden, a_draft(garden, a_job()))
    sweep(garden)
    (spot,) = [one for one in rows(Checkpoint) if not one.coded]
    with looking() as session:
        printed = {one.id for one, _, _ in sites.checkpoints_at(session, garden.site.id)}
        ways = repository.routes_for(session, garden.actor("technician"))
        reported = {one.id for one in sites.places_of(session, garden.actor("owner"))}
        brought = {place.id for place, _ in sites.places_at(session, garden.site.id)}
    assert spot.id not in printed
    assert brought == reported == {garden.lobby.id}
    assert not [one for one in ways if one.plan_id]


def test_a_phone_is_sent_the_jobs_of_its_week_and_no_others(garden: World) -> None:
    # Tuesday is today: one on Friday, one on the first of next month.
    soon = a_job(rrule="FREQ=WEEKLY;BYDAY=FR")
    later = a_job(rrule="FREQ=MONTHLY;BYMONTHDAY=1") | {"key": "later", "name": "Later"}
    in_force(garden, a_draft(garden, soon, later))
    sweep(garden)
    sent = snapshot(garden.actor("technician"), garden.clock)
    (day,) = [one for one in sent["week"] if one.rounds]
    (named,) = [one for one in sent["routes"] if one.id == day.rounds[0].route_id]
    assert (day.day, named.name) == ("2026-03-13", "Tank")
    assert "Later" not in {one.name for one in sent["routes"]}


def test_a_job_is_never_without_rounds_for_want_of_a_route(garden: World) -> None:
    plan = a_draft(garden, a_job(), a_task("paper", windows=[]))
    with unit_of_work(garden.actor("supervisor"), clock=garden.clock) as uow:
        assert unwalked(uow, plan, rows(PlanTask, plan_id=plan.id)) == {}


def test_the_desk_finds_its_job_on_the_phone_and_no_round_of_another_post(garden: World) -> None:
    call = a_job(role="service_desk", evidence={"document": True})
    in_force(garden, a_draft(garden, call))
    sweep(garden)
    sent = snapshot(garden.actor("service_desk"), garden.clock)
    assert [one.name for one in sent["routes"]] == ["Tank"]
    (route,) = [one for one in rows(Route) if one.plan_id]
    assert [kind for kind, _ in questions(route.id)] == ["pass_fail", "text"]
    first = min(rows(Occurrence, route_id=route.id), key=lambda one: one.opens_at)
    garden.clock.set(first.opens_at + timedelta(minutes=5))
    run_id, (stop,) = a_run(garden, "service_desk", first), rows(RoutePoint, route_id=route.id)
    check, paper = items_of(stop)
    answers = [
        {"item_id": check.id, "verdict": "pass"},
        {"item_id": paper.id, "text": "2026-017"},
    ]
    asked = {"point_id": stop.id, "method": "hand", "hand_reason": NO_CODE, "code": ""}
    a_visit(
        garden, run_id, by="service_desk", template_id=stop.template_id, answers=answers, **asked
    )
    garden.do("service_desk", "round.finish", run_id=run_id)
    assert [one.status for one in rows(Run)] == [RunStatus.SEALED]


def test_a_post_that_does_nothing_on_the_phone_has_no_jobs(garden: World) -> None:
    with pytest.raises(PostWalksNothing):
        a_draft(garden, a_job(role="manager"))


def test_a_job_walks_no_route_and_needs_a_time(garden: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_draft(garden, a_job(route_id=garden.route.id))
    assert refused.value.facts["field"] == "work"
    with pytest.raises(WindowImpossible):
        a_draft(garden, a_job(rrule="", windows=[]))
