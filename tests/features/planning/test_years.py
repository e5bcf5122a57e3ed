"""The page of a year: what it offers, what two choices come to, every odd value by its field."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import InvalidInput, LoosensStatute, NotFound
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.planning import year_forms, years
from propapp.features.planning.sides import Result
from propapp.features.planning.state.watching import watched
from propapp.features.planning.years import Counted
from propapp.features.plans import choosing
from propapp.features.plans.choosing import Choice
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules import jobs as schedules
from propapp.features.schedules.models import Occurrence, TaskSchedule
from propapp.features.sites.models import Has
from propapp.features.standards import jobs
from tests.counting import count_queries
from tests.plans import a_draft, a_task, in_force
from tests.world import World, rows

HAS = {Has.BUILDING: 6, Has.LIFT: 12, Has.TANK: 2, Has.PUMP_ROOM: 1, Has.HALL: 6, Has.GREEN: 1}


@pytest.fixture
def library(garden: World, database: Path) -> World:
    """A site with our own library."""
    jobs.load_library(clock=garden.clock)
    return garden


def choice(level: str = "1", **values: Any) -> Choice:
    made: dict[str, Any] = {"standard": "cpmi-2004", "year": 2026, "has": HAS} | values
    return Choice(level=level, **made)


def asked(world: World, question: Callable[[UnitOfWork], Any], who: str = "supervisor") -> Any:
    with looking(world.actor(who), clock=world.clock) as uow:
        return question(uow)


def compared(world: World, one: Choice, other: Choice) -> tuple[Result, int]:
    return asked(world, lambda uow: years.compared(uow, world.site.id, one, other))


def test_the_page_begins_with_what_is_known(library: World) -> None:
    offered = asked(library, lambda uow: years.offered(uow, library.site))
    assert {"cpmi-2004", "beijing-751"} <= {one.code for one in offered.papers}
    assert all(one.levels for one in offered.papers)
    assert Counted("building", 1, 1) in offered.counts
    assert (offered.years, offered.year) == ([2026, 2027, 2028], 2026)
    assert {"zhengzhou", "shanghai"} <= set(offered.cities)
    assert (offered.may_describe, offered.may_price) == (True, False)
    library.do("manager", "site.describe", site_id=library.site.id, has={"building": 9, "lift": 2})
    library.do("manager", "site.price", site_id=library.site.id, hourly={"guard": 2650})
    offered = asked(library, lambda uow: years.offered(uow, library.site), "manager")
    assert Counted("building", 9, 1) in offered.counts
    assert Counted("lift", 2, 0) in offered.counts
    assert {one.role: one.yuan for one in offered.rates}["guard"] == "26.50"
    assert (offered.version, offered.may_price) == (2, True)


def test_two_levels_side_by_side_in_hours_people_and_money(library: World) -> None:
    rates = {"guard": 2600, "cleaner": 2300, "technician": 3500, "service_desk": 3000}
    library.do("manager", "site.price", site_id=library.site.id, hourly=rates, person_hours=2000)
    shown, hours = compared(library, choice("3"), choice("1"))
    assert hours == 2000
    assert shown.total.hours.trend == shown.total.cost.trend == "more"
    assert shown.total.hours.more.startswith("+")
    by_post = {one.role: one for one in shown.posts}
    assert by_post["cleaner"].people.trend == "more"
    assert {line.kind for line in shown.changes} >= {"changed"}
    assert {group.reason for group in shown.groups} >= {"no_frequency"}
    law = {one.subject for one in shown.doings if one.is_law}
    assert "lift.maintenance" in law


@pytest.mark.parametrize("other", [choice(), choice("3")])
def test_how_far_the_years_are_is_told_subject_by_subject(library: World, other: Choice) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    asked(library, lambda uow: years.compared(uow, library.site.id, choice(), other, tell))
    done = [far for far, _ in told]
    assert done == sorted(done)
    assert len({total for _, total in told}) == 1
    assert (told[0][0], told[-1][0]) == (0, told[-1][1])
    assert len(told) > 20


def test_the_page_is_told_while_the_work_goes_on_and_gets_its_refusal() -> None:
    seen = Event()

    def work(tell: Callable[[int, int], None]) -> None:
        tell(3, 9)
        assert seen.wait(30)
        raise NotFound(kind="standard")

    async def look() -> None:
        async for one in watched(work):
            far.append(one)
            seen.set()

    far: list[tuple[int, int]] = []
    # In a thread of its own: beside a browser a loop runs in this one.
    with ThreadPoolExecutor(1) as aside, pytest.raises(NotFound):
        aside.submit(lambda: asyncio.run(look())).result()
    # The first look may come before the first word.
    assert far[0] in {(0, 0), (3, 9)}
    assert far[-1] == (3, 9)


def test_the_questions_are_as_many_whatever_is_chosen(library: World) -> None:
    def count(question: Callable[[UnitOfWork], Any]) -> int:
        actor = library.actor("supervisor")
        with looking(actor, clock=library.clock) as uow, count_queries() as sent:
            question(uow)
        return len(sent)

    few = count(lambda uow: years.offered(uow, library.site))
    same = count(lambda uow: years.compared(uow, library.site.id, choice(), choice()))
    other = count(lambda uow: years.compared(uow, library.site.id, choice("3"), choice("1")))
    assert (few, same, other) == (10, 9, 14)
    in_force(library, a_draft(library, a_task(route_id=library.route.id)))
    assert count(lambda uow: years.offered(uow, library.site)) == few


def test_a_year_in_force_makes_the_rounds_of_its_routes_with_clause_and_proof(
    library: World,
) -> None:
    chosen = choice("2")
    drawn = asked(library, lambda uow: choosing.preview(uow, chosen))
    command = choosing.as_draft(
        drawn,
        chosen,
        plan_id=uuid7(),
        site_id=library.site.id,
        name="2026",
        reviewer_id=library.actor("manager").person_id,
        approver_id=library.actor("administrator").person_id,
        routes={"order.patrol": library.route.id},
    )
    plan = in_force(library, library.do("supervisor", "plan.keep", **command.model_dump()))
    schedules.follow_plans(library.clock)
    schedules.keep_horizon(library.clock)
    made = {one.plan_task_id: one for one in rows(TaskSchedule, active=True)}
    # What walks no route is a single job, of the desk too; only a manager has dates.
    tasks = rows(PlanTask)
    assert set(made) == {one.id for one in tasks if one.role is not Role.MANAGER}
    assert Role.SERVICE_DESK in {one.role for one in tasks}
    task = next(one for one in tasks if one.key == "order.patrol")
    assert {one.role for one in tasks if not one.is_walked} <= {Role.MANAGER}
    schedule = made[task.id]
    assert (schedule.route_id, schedule.rrule) == (library.route.id, task.rrule)
    rounds = [one for one in rows(Occurrence) if one.plan_task_id == task.id]
    assert len(rounds) >= 14
    assert task.clause_id is not None
    assert rows(Plan)[0].id == plan.id
    walked = asked(library, lambda uow: years.offered(uow, library.site)).walked
    assert walked == {"order.patrol": str(library.route.id)}


def test_a_frequency_that_the_law_forbids_names_its_subject(library: World) -> None:
    tried = choice("1", instead={"lift.maintenance": "1/month"})
    with pytest.raises(LoosensStatute) as refused:
        compared(library, choice("1"), tried)
    assert refused.value.facts["subject"] == "lift.maintenance"


FORM = {"city": "zhengzhou", "has.lift": "12", "has.building": " 6 "}
CITIES = ["shanghai", "zhengzhou"]


def described(**odd: str) -> Any:
    return year_forms.description(FORM | odd, uuid7(), 1, CITIES)


def test_what_is_typed_becomes_what_the_site_has() -> None:
    command = described()
    assert command.city == "zhengzhou"
    assert (command.has[Has.LIFT], command.has[Has.BUILDING], command.has[Has.TANK]) == (12, 6, 0)


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"has.lift": "a few"}, "has.lift"),
        ({"has.tank": "-1"}, "has.tank"),
        ({"has.hall": "2001"}, "has.hall"),
        ({"has.green": "1.5"}, "has.green"),
        ({"has.car_park": "\u0663"}, "has.car_park"),
        ({"city": "atlantis"}, "city"),
    ],
)
def test_each_odd_count_is_refused_at_its_field(odd: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        described(**odd)
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"hourly.guard": "26.505"}, "hourly.guard"),
        ({"hourly.guard": "-1"}, "hourly.guard"),
        ({"hourly.cleaner": "1000.01"}, "hourly.cleaner"),
        ({"hourly.cleaner": "1e2"}, "hourly.cleaner"),
        ({"person_hours": "99"}, "person_hours"),
        ({"person_hours": "many"}, "person_hours"),
    ],
)
def test_each_odd_price_is_refused_at_its_field(said: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        year_forms.prices(said, uuid7(), 1, [Role.GUARD, Role.CLEANER])
    assert refused.value.facts["field"] == field


def test_yuan_become_whole_fen() -> None:
    said = {"hourly.guard": "26.5", "hourly.cleaner": "0.29", "person_hours": ""}
    command = year_forms.prices(said, uuid7(), 1, [Role.GUARD, Role.CLEANER, Role.TECHNICIAN])
    assert command.hourly == {Role.GUARD: 2650, Role.CLEANER: 29}
    assert command.person_hours is None


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"subject": "", "times": "1", "unit": "day"}, "subject"),
        ({"subject": "x", "times": "0", "unit": "day"}, "often"),
        ({"subject": "x", "times": "1", "span": "0", "unit": "day"}, "often"),
        ({"subject": "x", "times": "1", "unit": "century"}, "often"),
        ({"subject": "x", "times": "often", "unit": "day"}, "often"),
    ],
)
def test_an_odd_frequency_is_refused_at_its_field(form: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        year_forms.frequency(form)
    assert refused.value.facts["field"] == field
    assert year_forms.frequency({"subject": "x", "times": "3", "span": "2", "unit": "week"}) == (
        "x",
        "3/2 week",
    )


def test_a_draft_needs_a_name_and_two_judges_who_did_not_write_it() -> None:
    me, one, other = uuid7(), uuid7(), uuid7()
    whole = {"title": "2027", "reviewer": str(one), "approver": str(other)}
    assert year_forms.judges(whole, me) == ("2027", one, other)
    for odd, field in (
        ({"title": " "}, "title"),
        ({"reviewer": ""}, "reviewer"),
        ({"approver": "nobody"}, "approver"),
        ({"approver": str(me)}, "own_judge"),
    ):
        with pytest.raises(InvalidInput) as refused:
            year_forms.judges(whole | odd, me)
        assert refused.value.facts["field"] == field


def test_only_the_routes_of_its_post_are_walked_for_a_task() -> None:
    route = str(uuid7())
    offered = {"patrol": [route], "sweep": []}
    walked = year_forms.walks({"route.patrol": route, "route.sweep": ""}, offered)
    assert {key: str(one) for key, one in walked.items()} == {"patrol": route}
    with pytest.raises(InvalidInput):
        year_forms.walks({"route.sweep": route}, offered)
