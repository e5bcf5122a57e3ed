"""A level is chosen, a year is drawn up from the library, compared, and adopted as a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import InvalidInput, LoosensStatute, NotFound
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.plans import choosing, yearly
from propapp.features.plans.choosing import Choice
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.plans.norms import Has
from propapp.features.plans.yearly import Reason, YearPlan
from propapp.features.standards import jobs
from propapp.features.standards.models import Clause, ClauseVersion
from tests.counting import count_queries
from tests.plans import in_force
from tests.world import World, rows

HAS = {
    Has.BUILDING: 6, Has.LIFT: 12, Has.TANK: 2, Has.PUMP_ROOM: 1, Has.HALL: 6, Has.GREEN: 1,
}  # fmt: skip


@pytest.fixture
def library(garden: World, database: Path) -> World:
    """A site with our own library."""
    jobs.load_library(clock=garden.clock)
    return garden


def choice(level: str = "1", **values: Any) -> Choice:
    made: dict[str, Any] = {"standard": "cpmi-2004", "year": 2027, "has": HAS} | values
    return Choice(level=level, **made)


def draw_up(world: World, chosen: Choice, who: str = "manager") -> YearPlan:
    with looking(world.actor(who), clock=world.clock) as uow:
        return choosing.preview(uow, chosen)


def test_a_better_level_asks_for_more_of_every_post_and_for_no_less_of_the_law(
    library: World,
) -> None:
    best, least = draw_up(library, choice("1")), draw_up(library, choice("3"))
    found = {one.role: one for one in yearly.compare(least, best)}
    assert found[Role.CLEANER].more > 0
    assert found[Role.GUARD].more > 0
    tasks = {task.key: task for task in least.tasks}
    lift = tasks["lift.maintenance"]
    assert (lift.rrule, lift.minutes, lift.people) == ("FREQ=DAILY;INTERVAL=15", 360, 2)
    assert {"fire.patrol", "water.tank-cleaning", "water.quality-test"} <= set(tasks)
    numbers = {one.number: one.reason for one in best.uncovered}
    assert numbers["S01"] is Reason.NO_FREQUENCY
    assert numbers["L28"] is Reason.NO_FREQUENCY


def test_the_city_decides_where_cities_differ(library: World) -> None:
    def quality(city: str) -> str:
        plan = draw_up(library, choice(city=city))
        return next(task.rrule for task in plan.tasks if task.key == "water.quality-test")

    assert quality("shangqiu").startswith("FREQ=YEARLY;BYMONTH=")
    assert quality("zhengzhou") == quality("") == quality("hangzhou")
    assert quality("zhengzhou").startswith("FREQ=MONTHLY")


def test_a_year_that_was_looked_at_becomes_a_draft_and_holds(library: World) -> None:
    chosen = choice("2")
    drawn = draw_up(library, chosen)
    with library.work("supervisor") as uow:
        command = choosing.as_draft(
            drawn,
            chosen,
            plan_id=uuid7(),
            site_id=library.site.id,
            name="2027",
            reviewer_id=library.actor("manager").person_id,
            approver_id=library.actor("administrator").person_id,
        )
        assert not uow.session.new
    plan = library.do("supervisor", "plan.keep", **command.model_dump())
    in_force(library, plan)
    assert rows(Plan)[0].level == "cpmi-2004:2"
    tasks = rows(PlanTask)
    assert len(tasks) == len(drawn.tasks) > 15
    under = {version.id: version.clause_id for version in rows(ClauseVersion)}
    numbers = {clause.id: clause.number for clause in rows(Clause)}
    named = {task.key: numbers[under[task.clause_id]] for task in tasks if task.clause_id}
    assert len(named) == len(tasks)
    assert (named["order.patrol"], named["lift.maintenance"]) == ("S09", "L13")


def test_another_frequency_is_tried_and_the_law_is_not_loosened(library: World) -> None:
    tried = draw_up(library, choice("1", instead={"order.patrol": "1/2 hour"}))
    (guard,) = [
        one for one in yearly.compare(draw_up(library, choice("1")), tried)
        if one.role is Role.GUARD
    ]  # fmt: skip
    assert guard.more == -2190.0
    with pytest.raises(LoosensStatute):
        draw_up(library, choice("1", instead={"lift.maintenance": "1/month"}))


def test_what_is_not_in_the_library_is_not_chosen(library: World) -> None:
    with pytest.raises(NotFound):
        draw_up(library, choice(standard="nothing"))
    with pytest.raises(InvalidInput):
        draw_up(library, choice("9"))


def test_a_preview_asks_a_fixed_number_of_questions(library: World) -> None:
    with looking(library.actor("manager"), clock=library.clock) as uow, count_queries() as sent:
        choosing.preview(uow, choice())
    assert len(sent) == 4
