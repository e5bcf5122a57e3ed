"""A clause tells what was due, done, late and missed in a month, and what it was made into."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from propapp.core.errors import NotAllowed, NotFound
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.boards import clause_views, reading
from propapp.features.boards.clause_views import ClauseRecord
from propapp.features.plans.models import PlanTask
from propapp.features.rounds.jobs import mark_missed
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence
from propapp.features.standards.models import Clause, ClauseVersion
from tests.counting import count_queries
from tests.plans import a_draft, a_task, in_force
from tests.singles import a_clause_with_a_job, dates_of_job, do_job
from tests.standards import a_clause, a_clause_asked
from tests.world import NOON, World, rows, save

YESTERDAY = NOON - timedelta(days=1)


def served(world: World, **values: object) -> Clause:
    """A clause that a plan in force serves by a route."""
    clause = a_clause()
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    asked: dict[str, Any] = {"route_id": world.route.id, "clause_id": version.id} | values
    in_force(world, a_draft(world, a_task(**asked)))
    return clause


def a_round(world: World, opens_at: datetime) -> Occurrence:
    """A window of an hour that the plan's task asked for."""
    task = rows(PlanTask)[-1]
    made = Occurrence(
        id=uuid7(),
        site_id=world.site.id,
        route_id=world.route.id,
        plan_task_id=task.id,
        local_date=opens_at.date(),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=1),
    )
    save(made)
    return made


def walk(world: World, occurrence: Occurrence, after: int, *, in_window: bool = True) -> UUID:
    """A finished run that began so many minutes after the window opened."""
    begun = occurrence.opens_at + timedelta(minutes=after)
    run = Run(
        id=uuid7(),
        site_id=world.site.id,
        occurrence_id=occurrence.id,
        route_id=world.route.id,
        person_id=world.actor("guard").person_id,
        status=RunStatus.SEALED,
        in_window=in_window,
        points_total=3,
        points_done=3,
        started_at=begun,
        started_received_at=begun,
        finished_at=begun + timedelta(minutes=20),
    )
    save(run)
    return run.id


def record(
    world: World, clause: Clause, who: str = "manager", month: str = "", day: str = ""
) -> ClauseRecord:
    with looking(world.actor(who), clock=world.clock) as uow:
        return clause_views.record(uow, world.site, clause.id, month, day)


def test_due_done_late_and_missed_of_a_month_and_a_way_to_the_proof(garden: World) -> None:
    clause = served(garden)
    done = a_round(garden, YESTERDAY)
    run_id = walk(garden, done, 5)
    walk(garden, a_round(garden, YESTERDAY + timedelta(hours=2)), 65)
    walk(garden, a_round(garden, YESTERDAY + timedelta(hours=4)), 300, in_window=False)
    a_round(garden, YESTERDAY + timedelta(hours=6))
    a_round(garden, NOON + timedelta(days=1))
    a_round(garden, NOON - timedelta(days=40))
    shown = record(garden, clause).month
    total = shown.total
    assert (total.due, total.done, total.late, total.missed, total.coming) == (5, 1, 2, 1, 1)
    assert shown.day == YESTERDAY.date().isoformat()
    assert shown.windows[0].run == str(run_id)
    assert len(shown.windows) == 4
    assert [(one.number, one.tone) for one in shown.days if one.due] == [
        (9, "missed"), (11, "coming"),
    ]  # fmt: skip
    assert len(shown.days) == 31
    assert record(garden, clause, month="2026-01").month.total.due == 1
    assert record(garden, clause, month="nonsense").first == date(2026, 3, 1)


def test_what_the_horizon_makes_of_a_plan_is_found_by_its_clause(garden: World) -> None:
    clause = served(garden)
    jobs.follow_plans(garden.clock)
    jobs.keep_horizon(garden.clock)
    assert record(garden, clause).month.total.coming == 14


def test_a_task_without_a_route_shows_its_days(garden: World) -> None:
    clause = served(garden, route_id=None, rrule="FREQ=MONTHLY;BYMONTHDAY=5,20", windows=[])
    shown = record(garden, clause)
    (task,) = shown.tasks
    assert task.days == ["2026-03-05", "2026-03-20"]
    assert (task.status, task.under) == ("in_force", "2026-01-01")
    assert shown.month.total.due == 0


def test_a_single_job_is_counted_and_leads_to_its_photo(garden: World) -> None:
    clause, plan = a_clause_with_a_job(garden)
    first, second, third, *coming = dates_of_job(plan)
    run_id, shot = do_job(garden, first)
    do_job(garden, second, after=65)
    garden.clock.set(third.closes_at + timedelta(hours=1))
    mark_missed(garden.clock)
    shown = record(garden, clause, day=first.local_date.isoformat())
    total = shown.month.total
    assert (total.done, total.late, total.missed, total.coming) == (1, 1, 1, len(coming))
    # Its dates are the days of the month, not a list beside them.
    (task,) = shown.tasks
    assert (task.walked, task.days) == (True, [])
    (window,) = shown.month.windows
    assert window.run == str(run_id)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        (step,) = reading.run(uow, run_id).steps
        facts = reading.photo(uow, shot.sha256)
    assert [photo for line in step.answers for photo in line.photos] == [shot.sha256]
    assert facts.who == "technician"


def test_versions_stand_in_the_order_of_their_days(garden: World) -> None:
    clause = a_clause()
    garden.do(
        "manager", "clause.keep",
        **a_clause_asked(clause_id=clause.id, number=clause.number, starts=date(2026, 6, 1)),
    )  # fmt: skip
    found = record(garden, clause).versions
    assert [(one.starts, one.state) for one in found] == [
        ("2026-06-01", "comes"), ("2026-01-01", "holds"),
    ]  # fmt: skip


def test_only_who_may_write_is_offered_an_end(garden: World) -> None:
    clause = a_clause()
    assert record(garden, clause).may_drop
    assert not record(garden, clause, who="supervisor").may_end
    with pytest.raises(NotAllowed):
        record(garden, clause, who="guard")


def test_a_foreign_sites_plans_and_rounds_do_not_exist(garden: World, elsewhere: World) -> None:
    clause = served(garden)
    walk(garden, a_round(garden, YESTERDAY), 5)
    with looking(elsewhere.actor("manager"), clock=garden.clock) as uow:
        seen = clause_views.record(uow, garden.site, clause.id, "", "")
    assert (seen.tasks, seen.month.total.due) == ([], 0)
    assert seen.card.number == clause.number
    clause.id = uuid7()
    with pytest.raises(NotFound):
        record(garden, clause)


def test_the_number_of_questions_is_fixed(garden: World) -> None:
    clause = served(garden)
    a_round(garden, YESTERDAY)

    def asked() -> int:
        with count_queries() as sent:
            record(garden, clause)
        return len(sent)

    first = asked()
    for hours in range(1, 8):
        walk(garden, a_round(garden, YESTERDAY + timedelta(hours=hours)), 5)
    in_force(garden, a_draft(garden, a_task("more", route_id=garden.route.id)))
    assert asked() == first <= 8
