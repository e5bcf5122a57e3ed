"""A level and a site become a year: never less than asked, never less than the law, one for all."""

from __future__ import annotations

from datetime import date
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propapp.core.access import Role
from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.errors import LoosensStatute
from propapp.core.ids import uuid7
from propapp.features.plans import yearly
from propapp.features.plans.models import PlanTask
from propapp.features.plans.norms import Has, norms
from propapp.features.plans.rhythm import rhythm
from propapp.features.plans.yearly import Reason, Wanted, YearPlan
from propapp.features.standards import figures
from propapp.features.standards.figures import Frequency, Unit
from propapp.features.standards.rules import Statute

HAS = {Has.BUILDING: 6, Has.LIFT: 12, Has.TANK: 2, Has.PUMP_ROOM: 1, Has.HALL: 6}
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def wanted(subject: str, often: str, *limits: str, **values: Any) -> Wanted:
    made: dict[str, Any] = {"number": "S01", "title": subject, "title_en": subject} | values
    return Wanted(uuid7(), subject=subject, demand=figures.read(often, limits), **made)


def law(often: str, *cities: str) -> Statute:
    return Statute("L01", figures.read(often), frozenset(cities))


def year(*found: Wanted, city: str = "", **values: Any) -> YearPlan:
    made: dict[str, Any] = {"has": HAS, "norms": norms(), "year": 2026, "city": city} | values
    return yearly.draw_up(found, made.pop("statutes", {}), **made)


def times(plan: YearPlan, subject: str) -> int:
    (spec,) = [one for one in plan.tasks if one.key == subject.replace("_", "-")]
    return opened(spec.rrule, [one.model_dump() for one in spec.windows])


def opened(rrule: str, windows: list[dict[str, int]]) -> int:
    task = PlanTask(
        plan_id=uuid7(), key="k", name="n", role=Role.GUARD, rrule=rrule, windows=windows,
        starts=FIRST, ends=LAST,
    )  # fmt: skip
    timetable.refuse_impossible(task, Calendar())
    return len(list(timetable.openings(task, Calendar(), FIRST, LAST)))


@settings(max_examples=150, deadline=None)
@given(
    st.builds(Frequency, st.integers(1, 12), st.integers(1, 6), st.sampled_from(Unit)),
    st.text("abcdef._", min_size=1, max_size=20),
)
def test_it_falls_as_often_as_was_asked_and_is_a_rule_that_can_be(
    often: Frequency, seed: str
) -> None:
    rrule, windows = rhythm(often, begins=8, ends=18, seed=seed)
    count = opened(rrule, [one.model_dump() for one in windows])
    whole_spans = floor(often.per_year / often.times)
    assert count >= often.times * whole_spans


@pytest.mark.parametrize(
    ("often", "count"),
    [("1/hour", 8760), ("1/2 hour", 4380), ("2/day", 730), ("1/15 day", 25), ("1/week", 52),
     ("2/week", 104), ("2/month", 24), ("1/month", 12), ("1/2 month", 6), ("1/quarter", 4),
     ("1/half_year", 2), ("1/year", 1), ("3/year", 3)],
)  # fmt: skip
def test_so_often_in_a_year(often: str, count: int) -> None:
    read = figures.read_often(often)
    assert read
    rrule, windows = rhythm(read, begins=8, ends=18, seed="lift.maintenance")
    assert opened(rrule, [one.model_dump() for one in windows]) == count


def test_a_task_has_its_post_hours_proof_and_clause() -> None:
    one = wanted("cleaning.handrails", "1/day", evidence={"photos": 1})
    plan = year(one)
    (task,) = plan.tasks
    assert (task.role, task.clause_id, task.evidence.photos) == (Role.CLEANER, one.version_id, 1)
    assert (task.minutes, task.people) == (240, 1)
    assert plan.hours == {Role.CLEANER: 365 * 4.0}


def test_what_is_too_much_for_one_is_done_by_several() -> None:
    (task,) = year(wanted("cleaning.corridors", "1/day")).tasks
    assert (task.minutes, task.people) == (270, 2)


def test_a_level_below_the_law_is_planned_as_the_law_asks() -> None:
    statutes = {"water.quality_test": [law("1/month", "zhengzhou"), law("1/quarter", "anyang")]}
    asked = wanted("water.quality_test", "1/half_year")
    assert times(year(asked, city="zhengzhou", statutes=statutes), "water.quality_test") == 12
    assert times(year(asked, city="anyang", statutes=statutes), "water.quality_test") == 4
    assert times(year(asked, city="elsewhere", statutes=statutes), "water.quality_test") == 12


def test_another_frequency_may_be_tried_but_not_below_the_law() -> None:
    statutes = {"lift.maintenance": [law("1/15 day")]}
    asked = wanted("lift.maintenance", "1/15 day")
    more = year(asked, statutes=statutes, instead={"lift.maintenance": "1/week"})
    assert times(more, "lift.maintenance") == 52
    with pytest.raises(LoosensStatute):
        year(asked, statutes=statutes, instead={"lift.maintenance": "1/month"})


def test_two_choices_side_by_side() -> None:
    low = year(wanted("cleaning.handrails", "2/week"), wanted("order.patrol", "1/3 hour"))
    high = year(wanted("cleaning.handrails", "1/day"), wanted("order.patrol", "1/hour"))
    found = {one.role: (one.one, one.other, one.more) for one in yearly.compare(low, high)}
    assert found == {
        Role.GUARD: (1460.0, 4380.0, 2920.0),
        Role.CLEANER: (416.0, 1460.0, 1044.0),
    }


def test_what_no_task_serves_says_why() -> None:
    plan = year(
        wanted("service.hotline", "", "open >= 24 h", number="S01"),
        wanted("no.norm", "1/day", number="S02"),
        wanted("green.lawn", "1/month", number="S03"),
        wanted("fire.patrol", "1/day", number="L02", is_law=True),
        wanted("fire.patrol", "1/day", number="S04"),
    )
    assert {one.number: one.reason for one in plan.uncovered} == {
        "S01": Reason.NO_FREQUENCY,
        "S02": Reason.NO_NORM,
        "S03": Reason.NOT_HERE,
        "S04": Reason.SERVED,
    }
    assert [task.importance for task in plan.tasks] == [5]
