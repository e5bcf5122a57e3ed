"""The performance report says what the pages say, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from propapp.core.access import Role
from propapp.core.errors import NotFound
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.boards import clause_views, reading
from propapp.features.goals import reading as goals
from propapp.features.goals.models import Goal
from propapp.features.orders.models import OrderStatus
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.reports import contents
from propapp.features.rounds.jobs import mark_missed
from propapp.features.rounds.models import Run, Visit, VisitMethod
from tests.counting import count_queries
from tests.features.reports.conftest import DAY, HOUR, Month
from tests.goals import a_round, a_served_clause, a_walk, seen
from tests.singles import a_clause_with_a_job, dates_of_job, do_job
from tests.world import NOON, World, an_order_row, rows, save


def test_a_clause_has_the_figures_of_its_page(month: Month) -> None:
    (line,) = month.performance().clauses
    with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
        page = clause_views.record(uow, month.world.site, month.clause.id, "2026-03", "")
    assert line.tally.count == page.month.total
    count = line.tally.count
    assert (count.due, count.done, count.late, count.missed, count.coming) == (6, 2, 2, 1, 1)
    assert line.card.number == page.card.number


def test_days_without_a_route_are_those_of_the_clause_s_page(month: Month) -> None:
    served = a_served_clause(
        month.world, route_id=None, rrule="FREQ=MONTHLY;BYMONTHDAY=5,20", windows=[], key="papers"
    )
    with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
        page = clause_views.record(uow, month.world.site, served.id, "2026-03", "")
    days = {line.card.id: line.days for line in month.performance().clauses}
    assert days[str(served.id)] == sum(len(task.days) for task in page.tasks) == 2


def test_a_single_job_is_due_done_late_and_missed_with_the_photo_that_shows_it(
    month: Month,
) -> None:
    world = month.world
    clause, plan = a_clause_with_a_job(world)
    first, second, third, *coming = dates_of_job(plan)
    run_id, shot = do_job(world, first)
    do_job(world, second, after=65)
    world.clock.set(third.closes_at + HOUR)
    mark_missed(world.clock)
    found = month.performance()
    (line,) = [one for one in found.clauses if one.card.id == str(clause.id)]
    count = line.tally.count
    assert (count.done, count.late, count.missed, count.coming) == (1, 1, 1, len(coming))
    assert (line.tally.sealed, line.proof.visits, line.proof.photos) == (2, 2, 2)
    # It has rounds of its own, so it is no mere date.
    assert line.days == 0
    (post,) = [one for one in found.posts if one.role is Role.TECHNICIAN]
    assert post.tally.count == count
    told = [one for one in found.lapses if one.occurrence.plan_task_id in tank(plan)]
    assert sorted(one.outcome.value for one in told) == ["late", "missed"]
    with looking(world.actor("manager"), clock=world.clock) as uow:
        page = clause_views.record(uow, world.site, clause.id, "2026-03", str(first.local_date))
        (step,) = reading.run(uow, run_id).steps
    assert page.month.total == count
    assert [window.run for window in page.month.windows] == [str(run_id)]
    assert [photo for one in step.answers for photo in one.photos] == [shot.sha256]


def tank(plan: Plan) -> set[UUID]:
    return {task.id for task in rows(PlanTask, plan_id=plan.id)}


def test_a_goal_has_the_figures_of_its_page_and_of_its_month(month: Month) -> None:
    ((card, bar),) = month.performance().goals
    (goal,) = rows(Goal)
    with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
        (listed,) = goals.goals_at(uow, month.world.site)
    assert card == listed
    page = seen(month.world, goal)
    assert bar == next(one for one in page.months if one.month == "2026-03")


def test_posts_and_days_add_up_to_the_whole(month: Month) -> None:
    found = month.performance()
    (post,) = found.posts
    assert post.tally.count == found.tally.count
    assert sum(tally.count.due for _, tally in found.days) == found.tally.count.due == 7
    assert found.tally.runs == 5


def test_what_was_late_says_by_how_much_and_what_was_heard_late_says_so(month: Month) -> None:
    told = {(one.outcome.value, one.late, one.delayed) for one in month.performance().lapses}
    assert told == {
        ("late", 5, False),
        ("late", 240, False),
        ("missed", None, False),
        ("done", None, True),
    }


def test_only_so_many_are_told_of_and_the_others_are_counted(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_LAPSES", 2)
    found = month.performance()
    assert (len(found.lapses), found.lapsed) == (2, 4)


def test_orders_have_the_figures_of_the_board_and_of_the_goals(month: Month) -> None:
    world = month.world
    reported = NOON - 5 * DAY
    times = {"reported_at": reported, "responded_at": reported + HOUR, "due_at": reported + DAY}
    an_order_row(world, OrderStatus.CLOSED, **times, completed_at=reported + 2 * HOUR)
    an_order_row(world, OrderStatus.CLOSED, **times, completed_at=reported + 3 * DAY)
    an_order_row(world, OrderStatus.REPORTED, reported_at=reported, due_at=NOON - HOUR)
    found = month.performance()
    with looking(world.actor("manager"), clock=world.clock) as uow:
        board = reading.charts(uow, world.site, 14)
    for name in ("answered", "answered_in_time", "finished", "finished_in_time"):
        assert getattr(found.orders.totals, name) == getattr(board.totals, name)
    assert found.orders.completions == board.completions
    assert (found.in_time.part, found.in_time.whole) == (1, 3)
    assert len(found.late_orders) == found.in_time.whole - found.in_time.part


def test_visits_are_proof_and_the_worst_are_named(month: Month) -> None:
    (run,) = [one for one in rows(Run) if one.started_received_at == NOON]
    save(*(a_scored_visit(month.world, run.id, score) for score in (20, 90)))
    found = month.performance()
    assert (found.proof.visits, found.proof.scored, found.proof.fair) == (2, 2, 1)
    (line,) = found.clauses
    assert line.proof == found.proof
    assert [one.visit.score for one in found.weak] == [20]


def a_scored_visit(world: World, run_id: UUID, score: int) -> Visit:
    return Visit(
        id=uuid7(),
        run_id=run_id,
        site_id=world.site.id,
        point_id=world.points[0].id,
        checkpoint_id=world.checkpoints[0].id,
        template_id=world.template.id,
        position=1,
        method=VisitMethod.SCAN,
        arrived_at=NOON,
        left_at=NOON,
        received_at=NOON,
        score=score,
        reasons=[["by_hand", 0]],
    )


def test_another_s_site_has_no_report(month: Month, elsewhere: World) -> None:
    with pytest.raises(NotFound):
        month.performance(site=elsewhere.site)


def test_a_large_month_asks_as_often_as_a_small_one_and_holds_little_at_once(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        with count_queries() as sent:
            month.performance()
        return len(sent)

    small = asked()
    for number in range(120):
        one = a_round(month.world, NOON - 2 * DAY + timedelta(minutes=5 * number + 1), month.task)
        a_walk(month.world, one, 1 if number % 2 else 65)
    monkeypatch.setattr("propapp.features.reports.rounds.AT_A_TIME", 10)
    monkeypatch.setattr(contents, "_STEP", 10)
    heard: list[int] = []
    assert asked() == small
    assert small <= 35
    with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
        contents.count_rounds(uow, month.stretch(), lambda done, _total: heard.append(done))
        held = len(uow.session.identity_map)
    assert heard[:3] == [10, 20, 30]
    # What has streamed by is let go of, but for the lapses that are told of.
    assert held < 2 * 127
