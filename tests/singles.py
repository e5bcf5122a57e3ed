"""Single jobs for tests: a plan in force that asks for one, and somebody who does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from propapp.core.ids import uuid7
from propapp.features.photos.commands import Shot
from propapp.features.plans.models import Plan
from propapp.features.rounds import jobs as rounds
from propapp.features.rounds.models import NO_CODE
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, Route, RoutePoint
from propapp.features.standards.models import ChecklistItem, Clause, ClauseVersion
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause
from tests.world import World, a_shot, bytes_arrive, rows


def a_clause_with_a_job(world: World, **values: Any) -> tuple[Clause, Plan]:
    """A clause that a plan in force serves by a job of the technician's, shown by a photo."""
    clause = a_clause()
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    asked: dict[str, Any] = {
        "work": True,
        "role": "technician",
        "evidence": {"photos": 1},
        "clause_id": version.id,
    } | values
    plan = in_force(world, a_draft(world, a_task("tank", **asked)))
    jobs.follow_plans(world.clock)
    jobs.keep_horizon(world.clock)
    return clause, plan


def dates_of_job(plan: Plan) -> Sequence[Occurrence]:
    """Its dates, the first first."""
    (route,) = rows(Route, plan_id=plan.root_id)
    return sorted(rows(Occurrence, route_id=route.id), key=lambda one: one.opens_at)


def do_job(
    world: World, one: Occurrence, *, after: int = 5, by: str = "technician"
) -> tuple[UUID, Shot]:
    """Done and sealed so many minutes after it opened; its run and the photo that shows it."""
    world.clock.set(one.opens_at + timedelta(minutes=after))
    (stop,) = rows(RoutePoint, route_id=one.route_id)
    check, photo = sorted(
        rows(ChecklistItem, template_id=stop.template_id), key=lambda item: item.position
    )
    run_id, shot = uuid7(), a_shot(f"job {one.id}", taken_at=world.clock.now())
    world.do(by, "round.start", run_id=run_id, occurrence_id=one.id)
    world.do(
        by,
        "round.visit",
        run_id=run_id,
        visit_id=uuid7(),
        point_id=stop.id,
        method="hand",
        hand_reason=NO_CODE,
        arrived_at=world.clock.now(),
        answers=[
            {"item_id": check.id, "verdict": "pass"},
            {"item_id": photo.id, "verdict": "pass", "photos": [shot]},
        ],
    )
    world.do(by, "round.finish", run_id=run_id)
    bytes_arrive(shot, at=world.clock.now(), by=world.actor(by))
    rounds.seal_complete(world.clock)
    return run_id, shot
