"""Plan against actual: planned as the workload counts it, actual as the clause's page does."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.boards import clause_views
from propapp.features.planning import looking as planning
from propapp.features.planning.spans import monday_of
from propapp.features.reports.against import TaskLine
from tests.features.reports.conftest import DAY, Month
from tests.goals import a_round, a_walk
from tests.plans import a_task, approved
from tests.world import NOON, found, save


def line_of(month: Month, key: str = "patrol", **other: object) -> TaskLine:
    return next(one for one in month.against(**other).lines if one.line.task.key == key)


def test_hours_planned_are_those_of_the_workload(month: Month) -> None:
    whole = month.against(first=date(2026, 2, 2), last=date(2026, 3, 29))
    with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
        load = planning.load_of(uow, planning.plan_of(uow, month.plan.id), "", date(2026, 2, 2))
    (guards,) = [post for post in load.posts if post.role == Role.GUARD.value]
    weeks = {bar.monday: bar.hours for bar in guards.weeks}
    counted: defaultdict[str, float] = defaultdict(float)
    for one in whole.lines:
        if one.line.task.role is Role.GUARD:
            for begin, cell in one.cells.items():
                counted[monday_of(begin).isoformat()] += cell.times * one.minutes / 60
    assert counted == {monday: weeks[monday] for monday in counted}
    assert len(counted) == 8


def test_what_came_of_it_is_what_the_clause_s_page_says(month: Month) -> None:
    with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
        page = clause_views.record(uow, month.world.site, month.clause.id, "2026-03", "")
    line = line_of(month)
    assert line.tally.count == page.month.total
    assert line.clause == page.card.number


def test_planned_by_now_less_done_is_the_difference(month: Month) -> None:
    line = line_of(month)
    # Once a day from eight to nine, the tenth's included at noon; three hours each time.
    assert (line.times, line.over, line.hours) == (31, 10, 93)
    assert line.difference == 4 - 10
    by_week = month.against().buckets
    assert by_week[0] == date(2026, 3, 1)
    assert by_week[1] == date(2026, 3, 2)


def test_what_is_not_walked_is_planned_and_has_no_difference(month: Month) -> None:
    line = line_of(month, "office")
    assert (line.times, line.over, line.difference) == (2, 1, None)
    (post,) = [one for one in month.against().posts if one.role is Role.MANAGER]
    assert (post.unrecorded, post.over) == (1, 0)


def test_nothing_is_planned_before_a_plan_is_in_force(month: Month) -> None:
    row = found(type(month.plan), month.plan.id)
    # Ten in the morning at the site: the window of that day has opened before.
    row.in_force_at = NOON - 5 * DAY - timedelta(hours=2)
    save(row)
    assert line_of(month).times == 31 - 5


def test_each_version_counts_while_it_held(month: Month) -> None:
    world = month.world
    twice = [{"opens": 480, "minutes": 60}, {"opens": 1200, "minutes": 60}]
    draft = world.do(
        "supervisor", "plan.revise", plan_id=month.plan.id, next_id=uuid7(), reason="More"
    )
    asked = a_task(route_id=world.route.id, windows=twice)
    world.do(
        "supervisor",
        "plan.keep",
        plan_id=draft.id,
        site_id=world.site.id,
        kind="year",
        name="Plan 2026",
        starts="2026-01-01",
        ends="2026-12-31",
        reviewer_id=world.actor("manager").person_id,
        approver_id=world.actor("administrator").person_id,
        tasks=[asked],
    )
    approved(world, draft)
    world.do("administrator", "plan.put_in_force", plan_id=draft.id)
    line = line_of(month)
    # Nine mornings and that of the tenth under the first; from that noon on twice a day.
    assert line.times == 10 + 1 + 2 * 21
    assert len(line.line.versions) == 2


def test_a_long_plan_is_told_month_by_month_and_only_its_own_rounds_count(month: Month) -> None:
    world = month.world
    a_walk(world, a_round(world, NOON - 4 * DAY))
    plan = month.plan
    whole = month.against(first=plan.starts, last=plan.ends, plan_id=plan.root_id)
    assert whole.by_month
    assert len(whole.buckets) == 12
    assert sum(one.tally.count.due for one in whole.lines) == 7
    assert sum(post.tally.count.due for post in whole.posts) == 7
