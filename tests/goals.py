"""Goals for tests: everything valid by default, a test names only what matters to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.goals import reading
from propapp.features.goals.chain import Wish
from propapp.features.goals.models import Goal, Letter, LetterPart, LetterStatus
from propapp.features.goals.reading import OneGoal
from propapp.features.goals.rules import words_digest
from propapp.features.goals.views import GoalCard
from propapp.features.plans.models import PlanTask
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.models import Occurrence
from propapp.features.standards.models import Clause, ClauseVersion
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause
from tests.world import NOON, World, rows, save


def a_goal_asked(world: World, **values: Any) -> dict[str, Any]:
    """A goal as the manager sets it: nine of ten rounds complete this year."""
    return {
        "goal_id": uuid7(),
        "site_id": world.site.id,
        "name": "Rounds complete",
        "name_en": "Rounds complete",
        "measure": "rounds_complete",
        "comparison": "at_least",
        "target": 90,
        "weight": 20,
        "source": "Contract of 2026",
        "responsible_id": world.actor("supervisor").person_id,
        "starts": "2026-01-01",
        "ends": "2026-12-31",
    } | values


def a_goal(world: World, *, clauses: Sequence[UUID] = (), **values: Any) -> Goal:
    """A goal that the manager has set, served by these clauses."""
    goal = world.do("manager", "goal.keep", **a_goal_asked(world, **values))
    if clauses:
        world.do("manager", "goal.serve", goal_id=goal.id, clause_ids=list(clauses))
    return goal


def cards(world: World, who: str = "manager", *, past: bool = False) -> list[GoalCard]:
    """The list of goals as this person sees it."""
    with looking(world.actor(who), clock=world.clock) as uow:
        return reading.goals_at(uow, world.site, past=past)


def seen(world: World, goal: Goal, who: str = "manager", **wish: str) -> OneGoal:
    """The page of a goal as this person sees it."""
    with looking(world.actor(who), clock=world.clock) as uow:
        return reading.goal_page(uow, goal.id, Wish(**wish))[1]


def a_served_clause(world: World, **values: Any) -> Clause:
    """A clause that a plan in force serves by the route."""
    clause = a_clause()
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    asked: dict[str, Any] = {"route_id": world.route.id, "clause_id": version.id} | values
    in_force(world, a_draft(world, a_task(**asked)))
    return clause


def a_round(world: World, opens_at: datetime, task: PlanTask | None = None) -> Occurrence:
    """A window of an hour, which the task of a plan asked for where one is named."""
    made = Occurrence(
        id=uuid7(),
        site_id=world.site.id,
        route_id=world.route.id,
        plan_task_id=task.id if task else None,
        local_date=opens_at.date(),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=1),
    )
    save(made)
    return made


def a_walk(world: World, occurrence: Occurrence, after: int = 5, **values: Any) -> Run:
    """A finished run that began so many minutes after the window opened."""
    begun = occurrence.opens_at + timedelta(minutes=after)
    made: dict[str, Any] = {
        "status": RunStatus.SEALED,
        "in_window": True,
        "points_total": 3,
        "points_done": 3,
        "finished_at": begun + timedelta(minutes=20),
    } | values
    run = Run(
        id=uuid7(),
        site_id=world.site.id,
        occurrence_id=occurrence.id,
        route_id=world.route.id,
        person_id=world.actor("guard").person_id,
        started_at=begun,
        started_received_at=begun,
        **made,
    )
    save(run)
    return run


def a_part(world: World, who: str = "guard", **values: Any) -> dict[str, Any]:
    """What one person is to answer for; by default all of it."""
    post = who if who in {role.value for role in Role} else "guard"
    asked = {"post": post, "person_id": world.actor(who).person_id, "weight": 100}
    return asked | {"duty": "Walks every round"} | values


def a_letter(
    world: World, *parts: dict[str, Any], goal: Goal | None = None, **values: Any
) -> Letter:
    """A draft that shares a goal out."""
    asked: dict[str, Any] = {
        "letter_id": uuid7(),
        "goal_id": (goal or a_goal(world)).id,
        "parts": list(parts) or [a_part(world)],
    } | values
    return world.do("manager", "letter.keep", **asked)


def issued(world: World, *parts: dict[str, Any], goal: Goal | None = None, **values: Any) -> Letter:
    """A letter that holds and waits for its signatures."""
    letter = a_letter(world, *parts, goal=goal, **values)
    return world.do("manager", "letter.issue", letter_id=letter.id)


def a_waiting_part(world: World, person_id: UUID, post: Role = Role.GUARD) -> LetterPart:
    """A part of an issued letter put straight into the database; only for tries at the door."""
    goal = a_goal(world)
    letter = Letter(
        id=uuid7(),
        goal_id=goal.id,
        site_id=world.site.id,
        status=LetterStatus.ISSUED,
        made_by=goal.made_by,
        made_at=NOON,
        changed_at=NOON,
        issued_by=goal.made_by,
        issued_at=NOON,
    )
    part = LetterPart(
        id=uuid7(),
        letter_id=letter.id,
        site_id=world.site.id,
        post=post,
        person_id=person_id,
        weight=100,
        words="Words",
        words_en="Words",
        words_sha256=words_digest("Words", "Words"),
    )
    save(letter, part)
    return part
