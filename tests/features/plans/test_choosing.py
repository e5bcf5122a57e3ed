"""A level is chosen, a year is drawn up from the library, compared, and adopted as a draft."""

from __future__ import annotations

from datetime import date
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
from propapp.features.standards.models import Clause, ClauseVersion, Standard
from tests.counting import count_queries
from tests.plans import in_force
from tests.standards import a_clause_asked, a_level
from tests.world import NOON, World, rows

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


def clause_of(number: str, paper: str = "cpmi-2004") -> Clause:
    (standard,) = rows(Standard, code=paper)
    (clause,) = rows(Clause, number=number, standard_id=standard.id)
    return clause


def reasons(plan: YearPlan) -> dict[str, Reason]:
    return {one.number: one.reason for one in plan.uncovered}


def test_a_clause_that_asks_for_more_than_was_tried_is_served_too_seldom(library: World) -> None:
    whole = draw_up(library, choice("1"))
    tried = draw_up(library, choice("1", instead={"order.patrol": "3/day"}))
    assert "S09" not in reasons(whole)
    assert reasons(tried)["S09"] is Reason.LESS
    assert "order.patrol" in {task.key for task in tried.tasks}
    more = draw_up(library, choice("1", instead={"order.patrol": "2/hour"}))
    assert "S09" not in reasons(more)


def test_a_year_is_drawn_up_from_what_holds_when_it_begins(library: World) -> None:
    """In March 2026 the year after is planned by the words of its own first day."""
    patrol, glass = clause_of("S09"), clause_of("S16")
    levels = [a_level(level="1", text="Every half hour", often="2/hour")]
    said = {"clause_id": patrol.id, "number": "S09", "subject": "order.patrol", "levels": levels}
    library.do(
        "manager", "clause.keep", **a_clause_asked(**said, starts=date(2027, 1, 1), title="New")
    )
    library.do(
        "manager", "clause.end", clause_id=glass.id, last_day=date(2026, 12, 31), reason="Over"
    )
    now, ahead = draw_up(library, choice(year=2026)), draw_up(library, choice(year=2027))
    patrols = [
        next(one for one in plan.doings if one.subject == "order.patrol") for plan in (now, ahead)
    ]
    assert [one.times for one in patrols] == [8760, 17520]
    assert [one.spec.name for one in patrols][1] == "New"
    glazed = [[one.spec.clause_id for one in plan.doings if one.subject == "cleaning.glass"]
              for plan in (now, ahead)]  # fmt: skip
    (version,) = rows(ClauseVersion, clause_id=glass.id)
    assert glazed == [[version.id], []]
    assert {one.number for one in ahead.uncovered} & {"S09", "S16"} == set()


def test_a_clause_that_ends_or_changes_within_the_year_says_from_which_day(library: World) -> None:
    patrol, glass = clause_of("S09"), clause_of("S16")
    levels = [a_level(level="1", often="2/hour")]
    said = {"clause_id": patrol.id, "number": "S09", "subject": "order.patrol", "levels": levels}
    library.do("manager", "clause.keep", **a_clause_asked(**said, starts=date(2027, 7, 1)))
    library.do(
        "manager", "clause.end", clause_id=glass.id, last_day=date(2027, 3, 31), reason="Over"
    )
    plan = draw_up(library, choice())
    found = {one.number: one.day for one in plan.uncovered if one.reason is Reason.CHANGES}
    assert found == {"S09": date(2027, 7, 1), "S16": date(2027, 4, 1)}
    patrolled = next(one for one in plan.doings if one.subject == "order.patrol")
    assert patrolled.times == 8760


def test_all_that_is_counted_at_a_site_changes_its_year(library: World) -> None:
    base = {thing: 1 for thing in Has if thing is not Has.SITE}
    few = draw_up(library, choice(has=base))
    same: set[Has] = set()
    for thing in base:
        many = draw_up(library, choice(has=base | {thing: 4}))
        if sum(many.minutes.values()) <= sum(few.minutes.values()):
            same.add(thing)
    assert same == set()
    without = draw_up(library, choice(has=base | {Has.GREEN: 0, Has.CAR_PARK: 0}))
    lost = {task.key for task in few.tasks} - {task.key for task in without.tasks}
    assert lost == {"green.weeding", "green.lawn", "green.patrol", "cleaning.car-park"}
    assert {reasons(without)[number] for number in ("O17-1", "O15-3")} == {Reason.NOT_HERE}


def test_a_custom_says_nothing_where_the_paper_or_the_law_has_a_word(library: World) -> None:
    least = draw_up(library, choice("3"))
    numbers = set(reasons(least)) | {one.spec.name for one in least.doings}
    # The level does not ask for the hall; what the trade does elsewhere is no word on it.
    assert not {"O12", "O14-1", "O15-1", "M05", "L12"} & numbers
    assert {"O21-1", "M04"} <= numbers


def test_the_companys_own_clause_enters_a_year(library: World) -> None:
    asked = {"subject": "green.lawn", "number": "X1", "title": "Our lawn", "area": "green"}
    library.do(
        "manager", "clause.keep", **a_clause_asked(**asked, levels=[a_level(often="2/month")])
    )
    asked = {"subject": "cleaning.grounds", "number": "X2", "title": "Our grounds"}
    library.do("manager", "clause.keep", **a_clause_asked(**asked, levels=[a_level(often="3/day")]))
    asked = {"subject": "order.smile", "number": "X3", "title": "We greet", "area": "order"}
    library.do("manager", "clause.keep", **a_clause_asked(**asked))
    plan = draw_up(library, choice(year=NOON.year))
    named = {one.subject: (one.spec.name, one.times) for one in plan.doings}
    assert named["green.lawn"] == ("Our lawn", 24)
    assert named["cleaning.grounds"] == ("Our grounds", 3 * 365)
    assert reasons(plan)["X3"] is Reason.NO_NORM


def test_what_is_not_in_the_library_is_not_chosen(library: World) -> None:
    with pytest.raises(NotFound):
        draw_up(library, choice(standard="nothing"))
    with pytest.raises(InvalidInput):
        draw_up(library, choice("9"))


def test_a_preview_asks_a_fixed_number_of_questions(library: World) -> None:
    with looking(library.actor("manager"), clock=library.clock) as uow, count_queries() as sent:
        choosing.preview(uow, choice())
    assert len(sent) == 5
