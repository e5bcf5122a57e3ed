"""Whoever plans less than the clause asks, or the law, is told; what asks for enough is not."""

from __future__ import annotations

from typing import Any

import pytest

from propapp.core.ids import uuid7
from propapp.features.planning import looking
from propapp.features.planning.views import TaskCard
from propapp.features.plans import choosing
from propapp.features.plans.choosing import Choice
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.plans.norms import Has
from propapp.features.sites.models import SiteProfile
from propapp.features.standards import jobs as library
from propapp.features.standards.models import ClauseLevel, ClauseVersion, Mark, StandardKind
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause, a_standard
from tests.workbooks import bring, heads, take_in, workbook
from tests.world import World, rows, save

YEAR = 365


def version_of(often: str = "2/day", **values: Any) -> ClauseVersion:
    """A version of a clause that asks so often at all levels."""
    clause = a_clause(often=often, **values)
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    return version


def cards(world: World, plan: Plan) -> dict[str, TaskCard]:
    with world.work("supervisor") as uow:
        page = looking.tasks_page(uow, looking.plan_of(uow, plan.id), "", 0)
    assert page.short == sum(one.short != "" for one in page.cards)
    return {one.key: one for one in page.cards}


def told(world: World, plan: Plan) -> dict[str, str]:
    """By key, who asks for more."""
    return {key: one.short for key, one in cards(world, plan).items() if one.short}


def test_less_often_than_the_clause_asks_is_told_with_both_figures(garden: World) -> None:
    version = version_of()
    plan = a_draft(garden, a_task("wipe", clause_id=version.id), a_task("free"))
    one = cards(garden, plan)["wipe"]
    assert (one.short, one.asked_times, one.planned_times) == ("clause", 2 * YEAR, YEAR)
    assert (one.asked, one.asked_en) == ("每日 2 次", "2 × per day")
    assert set(told(garden, plan)) == {"wipe"}


def test_as_often_as_it_asks_is_not_told(garden: World) -> None:
    version = version_of()
    twice = [{"opens": 480, "minutes": 60}, {"opens": 900, "minutes": 60}]
    assert not told(garden, a_draft(garden, a_task(clause_id=version.id, windows=twice)))


def test_tasks_of_a_subject_serve_it_together(garden: World) -> None:
    first, second = version_of(), version_of()
    plan = a_draft(garden, a_task("a", clause_id=first.id), a_task("b", clause_id=second.id))
    assert not told(garden, plan)


@pytest.mark.parametrize(
    ("values", "short"),
    [
        ({"trigger": "random", "windows": [], "coverage": {"every": 120, "minutes": 30}}, False),
        ({"trigger": "weather:rain"}, False),
        ({"rrule": "FREQ=WEEKLY"}, True),
        ({"rrule": "", "windows": []}, True),
        ({"day_rule": "workdays"}, True),
        ({"season": {"first": "04-01", "last": "10-31"}}, True),
    ],
)
def test_all_that_says_when_is_counted(
    garden: World, values: dict[str, Any], *, short: bool
) -> None:
    version = version_of("1/day")
    plan = a_draft(garden, a_task(clause_id=version.id, **values))
    assert bool(told(garden, plan)) is short


def test_below_the_law_is_told_with_a_stronger_word(garden: World) -> None:
    """Also where the clause of the task is not the law's own, but speaks of the same."""
    law = version_of("2/month", standard=a_standard(StandardKind.STATUTE), subject="lift.service")
    ours = version_of("1/month", subject="lift.service")
    rule = {"rrule": "FREQ=MONTHLY;BYMONTHDAY=5"}
    for version in (law, ours):
        plan = a_draft(garden, a_task(clause_id=version.id, **rule))
        assert told(garden, plan) == {"patrol": "law"}


def test_the_law_of_another_city_is_no_law_here(garden: World) -> None:
    paper = a_standard(StandardKind.STATUTE)
    for often, city in (("1/month", "zhengzhou"), ("2/month", "shanghai")):
        law = version_of(often, standard=paper, subject="lift.service", cities=[city])
    save(SiteProfile(site_id=garden.site.id, city="zhengzhou"))
    rule = {"rrule": "FREQ=MONTHLY;BYMONTHDAY=5"}
    ours = version_of("1/month", subject="lift.service")
    assert not told(garden, a_draft(garden, a_task(clause_id=ours.id, **rule)))
    assert told(garden, a_draft(garden, a_task(clause_id=law.id, **rule))) == {"patrol": "clause"}


def test_what_other_plans_in_force_do_counts_and_what_is_spelt_out_counts_once(
    garden: World,
) -> None:
    version = version_of()
    once = {"clause_id": version.id}
    year = in_force(garden, a_draft(garden, a_task("day", **once)))
    assert not told(garden, a_draft(garden, a_task("night", **once)))
    spelt = a_draft(garden, a_task("day", **once), parent_id=year.root_id)
    assert told(garden, spelt) == {"day": "clause"}
    in_force(garden, spelt)
    assert told(garden, year) == {"day": "clause"}, "nor is it more for the plan above"


def test_what_it_takes_the_place_of_does_not_count(garden: World) -> None:
    version = version_of()
    plan = in_force(garden, a_draft(garden, a_task(clause_id=version.id)))
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Later")
    (draft,) = rows(Plan, root_id=plan.root_id, version=2)
    assert told(garden, draft) == {"patrol": "clause"}


def test_a_month_owes_whole_times_only(garden: World) -> None:
    version = version_of("1/quarter")
    days = {"starts": "2026-03-01", "ends": "2026-03-31"}
    plan = a_draft(garden, a_task(clause_id=version.id, rrule="", windows=[]), kind="month", **days)
    assert not told(garden, plan)


def test_the_level_of_the_plan_is_what_counts(garden: World) -> None:
    version = version_of("2/day")
    (lowest,) = rows(ClauseLevel, version_id=version.id)
    lowest.level = "2"
    other = {"level": "1", "text": "Once a day", "often": "1/day", "mark": Mark.COMPANY}
    save(lowest, ClauseLevel(version_id=version.id, **other))
    task = a_task(clause_id=version.id)
    assert told(garden, a_draft(garden, task, level="paper:2")) == {"patrol": "clause"}
    assert not told(garden, a_draft(garden, task, level="paper:1"))
    assert not told(garden, a_draft(garden, task)), "without a level the least that any asks"


def test_a_workbook_that_plans_less_is_told_too(garden: World) -> None:
    version = version_of("1/day")
    plan = a_draft(garden, a_task("wipe", clause_id=version.id))
    assert not told(garden, plan)
    content = workbook(
        [heads("id", "name", "role", "repeat"), ["wipe", "Wipe", "秩序员", "每周一"]]
    )
    take_in(garden, "supervisor", bring(garden, "supervisor", "tasks", content, plan.id))
    assert told(garden, plan) == {"wipe": "clause"}


@pytest.mark.parametrize("level", ["1", "2", "3"])
def test_a_year_that_is_made_from_a_level_falls_short_nowhere(garden: World, level: str) -> None:
    """Every clause of the library, at each level, with the law of the city."""
    library.load_library(clock=garden.clock)
    save(SiteProfile(site_id=garden.site.id, city="zhengzhou"))
    choice = Choice("cpmi-2004", level, 2026, "zhengzhou", dict.fromkeys(Has, 3))
    with garden.work("supervisor") as uow:
        command = choosing.as_draft(
            choosing.preview(uow, choice), choice, plan_id=uuid7(), site_id=garden.site.id, name="Y"
        )
    plan = garden.do("supervisor", "plan.keep", **command.model_dump())
    assert len(rows(PlanTask, plan_id=plan.id)) > 20
    with garden.work("supervisor") as uow:
        assert looking.tasks_page(uow, looking.plan_of(uow, plan.id), "", 0).short == 0
