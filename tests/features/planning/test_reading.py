"""What the plan pages show: whose turn it is first, and a fixed number of questions each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from propapp.core.dates.specs import Season
from propapp.core.errors import InvalidInput, NotFound, WrongStep
from propapp.core.ids import uuid7
from propapp.core.text import sentence
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.planning import deciding, forms, loads, looking, reading
from propapp.features.planning.looking import OnePlan
from propapp.features.planning.months import Load
from propapp.features.planning.once import ONCE
from propapp.features.planning.repository import Narrowed
from propapp.features.plans import repository
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.standards.models import ClauseVersion
from tests.counting import count_queries
from tests.plans import a_draft, a_plan, a_task, approved, in_force
from tests.standards import a_clause, a_standard
from tests.world import World, a_checklist, a_person, found, rows, save


def listed(world: World, who: str, **asked: str) -> list[str]:
    with world.work(who) as uow:
        return [one.id for one in reading.plans_of(uow, world.site, Narrowed(**asked))]


def seen(world: World, who: str, plan: Plan) -> OnePlan:
    with world.work(who) as uow:
        return looking.plan_of(uow, plan.id)


def test_what_waits_for_me_stands_first(garden: World) -> None:
    draft, waiting = a_draft(garden), a_draft(garden, name="Waits")
    garden.do("supervisor", "plan.submit", plan_id=waiting.id)
    assert listed(garden, "manager")[0] == str(waiting.id)
    with garden.work("manager") as uow:
        cards = reading.plans_of(uow, garden.site, Narrowed())
    assert [one.waits for one in cards] == ["review", ""]
    assert {one.id for one in cards} == {str(draft.id), str(waiting.id)}


def test_an_approved_plan_waits_for_its_approver_alone(garden: World) -> None:
    plan = approved(garden, a_draft(garden))
    for who, verb in (("administrator", "put_in_force"), ("manager", "")):
        with garden.work(who) as uow:
            (card,) = reading.plans_of(uow, garden.site, Narrowed())
        assert (card.id, card.waits) == (str(plan.id), verb)


def test_a_list_is_narrowed_by_department_kind_and_state(garden: World) -> None:
    year = a_draft(garden)
    guards = a_draft(garden, kind="month", department="guard")
    over = a_plan(garden, PlanStatus.CLOSED)
    assert listed(garden, "supervisor", kind="month") == [str(guards.id)]
    assert listed(garden, "supervisor", department="guard") == [str(guards.id)]
    assert listed(garden, "supervisor", department="site") == [str(year.id)]
    assert listed(garden, "supervisor", state="closed") == [str(over.id)]
    assert len(listed(garden, "supervisor", state="")) == 3


def test_plans_of_another_site_are_not_there(garden: World) -> None:
    plan = a_draft(garden)
    garden.people["stranger"] = a_person("stranger", {})
    with pytest.raises(NotFound):
        seen(garden, "stranger", plan)


def test_whoever_wrote_it_and_is_named_is_told_that_it_is_their_own(garden: World) -> None:
    manager = garden.actor("manager").person_id
    plan = a_draft(garden, by="manager", reviewer_id=manager)
    with garden.work("manager") as uow:
        head = looking.head_of(uow, looking.plan_of(uow, plan.id))
    assert head.own
    assert "review" not in head.verbs


def test_a_version_is_compared_with_the_last_that_held(garden: World) -> None:
    plan = in_force(garden, a_draft(garden))
    for number in (2, 3):
        garden.do(
            "supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift"
        )
        (draft,) = rows(Plan, root_id=plan.root_id, version=number)
        garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=a_task(f"new{number}"))
        if number == 2:
            garden.do("supervisor", "plan.drop", plan_id=draft.id, reason="Too soon")
    with garden.work("supervisor") as uow:
        story = looking.story_of(uow, looking.plan_of(uow, draft.id))
    assert (story.against, [one.version for one in story.versions]) == (1, [3, 2, 1])
    assert [(one.key, one.kind) for one in story.changes] == [("new3", "added")]
    assert ("dropped", "Too soon") in {(one.did, one.text) for one in story.history}


def test_differences_are_said_in_both_languages(garden: World) -> None:
    plan = in_force(garden, a_draft(garden, a_task("drill")))
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Later")
    (draft,) = rows(Plan, root_id=plan.root_id, version=2)
    changed = a_task(
        "drill",
        role="cleaner",
        windows=[{"opens": 540, "minutes": 60}],
        rrule="FREQ=WEEKLY;BYDAY=MO",
    )
    garden.do("supervisor", "plan.keep_task", plan_id=draft.id, task=changed)
    with garden.work("supervisor") as uow:
        (line,) = looking.story_of(uow, looking.plan_of(uow, draft.id)).changes
    said = {one.field: (one.old_en, one.new_en) for one in line.fields}
    assert said["windows"] == ("08:00-09:00", "09:00-10:00")
    assert said["role"][1] == "Cleaner"
    assert line.roles == ["guard", "cleaner"]
    assert all(one.old and one.new for one in line.fields)


def told(world: World, old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What is said to have changed of a task, old and new, in English."""
    plan = in_force(world, a_draft(world, a_task("drill", **old)))
    world.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Later")
    (draft,) = rows(Plan, root_id=plan.root_id, version=2)
    world.do("supervisor", "plan.keep_task", plan_id=draft.id, task=a_task("drill", **new))
    with world.work("supervisor") as uow:
        (line,) = looking.story_of(uow, looking.plan_of(uow, draft.id)).changes
    assert all(one.old and one.new for one in line.fields)
    return {one.field: (one.old_en, one.new_en) for one in line.fields}


def test_a_clause_and_a_checklist_are_told_by_name_and_version(garden: World) -> None:
    clause = a_clause(number="B-1")
    (first,) = rows(ClauseVersion)
    later = {"starts": date(2026, 3, 1), "title": "Lobby spotless"}
    second = ClauseVersion(**first.model_dump() | {"id": uuid7(), "title_en": "", **later})
    other, _ = a_checklist("other")
    save(second, other)
    said = told(
        garden,
        {"clause_id": first.id},
        {"clause_id": second.id, "template_id": other.id},
    )
    assert said["clause_id"] == (
        "B-1 Lobby clean (2026-01-01)",
        "B-1 Lobby spotless (2026-03-01)",
    )
    assert said["template_id"] == ("–", f"{other.name_en or other.name} · Version {other.version}")
    assert clause.number == "B-1"


def test_chance_weather_and_season_are_told_in_words(garden: World) -> None:
    promise = {"every": 90, "minutes": 30, "begins": 1320, "ends": 1800, "grace": 5}
    random = {"trigger": "random", "windows": [], "coverage": promise}
    said = told(garden, {}, random | {"season": {"first": "04-01", "last": "10-31"}})
    assert said["trigger"] == ("By the calendar", "At random")
    assert said["random"][0] == "–"
    for part in ("90 minutes", "30 minutes", "22:00-06:00", "5 minutes"):
        assert part in said["random"][1]
    assert said["season"] == ("All year", "04-01 – 10-31")
    weather = told(garden, random, {"trigger": "weather:rain", "windows": WINDOW})
    assert weather["trigger"][1] == sentence("office.weather.when.rain", "en")


WINDOW = [{"opens": 480, "minutes": 60, "grace": 10}]


def test_of_windows_the_grace_is_told_where_nothing_else_has_changed(garden: World) -> None:
    old, new = told(garden, {"windows": WINDOW}, {"windows": [WINDOW[0] | {"grace": 30}]})[
        "windows"
    ]
    assert "10" in old
    assert "30" in new
    assert old != new


def test_what_is_done_once_is_told_so(garden: World) -> None:
    said = told(garden, {"work": True}, {"work": True, "rrule": ONCE})
    assert said["rrule"] == ("every 1 day(s)", "once")


def test_the_head_of_a_plan_is_compared_too(garden: World) -> None:
    """Days, name, department, level, the plan above and who judges it."""
    year = in_force(garden, a_draft(garden, name="Year", name_en="Year"))
    task = a_task(ends="2026-10-31")
    plan = in_force(garden, a_draft(garden, task, level="cpmi:1"))
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Later")
    (draft,) = rows(Plan, root_id=plan.root_id, version=2)
    levels = [{"code": "1", "name": "一级", "name_en": "Level 1"}]
    a_standard(code="cpmi", name="标准", name_en="Standard", levels=levels)
    garden.do(
        "supervisor",
        "plan.keep",
        **{name: getattr(draft, name) for name in ("site_id", "starts")},
        plan_id=draft.id,
        kind="campaign",
        department="guard",
        name="Plan of guards",
        name_en=draft.name_en,
        ends="2026-11-30",
        reviewer_id=garden.actor("administrator").person_id,
        approver_id=draft.approver_id,
        parent_id=year.root_id,
        level="",
    )
    with garden.work("supervisor") as uow:
        story = looking.story_of(uow, looking.plan_of(uow, draft.id))
    said = {one.field: (one.old_en, one.new_en) for one in story.head}
    assert said["ends"] == ("2026-12-31", "2026-11-30")
    assert said["department"] == ("Whole site", "Guard")
    assert said["level"] == ("Standard Level 1", "–")
    assert said["parent_id"] == ("–", "Year")
    assert said["kind"] == ("Year", "Campaign")
    assert said["name"] == ("Plan 2026", "Plan of guards")
    assert said["reviewer_id"] == ("Manager", "Administrator")
    assert not {"approver_id", "starts", "name_en"} & set(said)
    assert all(one.old and one.new for one in story.head)


VIEWS: dict[str, Callable[[UnitOfWork, OnePlan], Any]] = {
    "head": looking.head_of,
    "list": lambda uow, one: looking.tasks_page(uow, one, "", 0),
    "month": lambda uow, one: looking.month_of(uow, one, "", None),
    "gantt": lambda uow, one: looking.gantt_of(uow, one, "", 0),
    "load": lambda uow, one: looking.load_of(uow, one, "", date(2026, 1, 1)),
    "story": looking.story_of,
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_asks_as_often_for_a_large_plan(garden: World, view: str) -> None:
    small = a_draft(garden, a_task("t0"))
    large = a_draft(garden, *[a_task(f"t{n}", route_id=garden.route.id) for n in range(60)])

    def asked(plan: Plan) -> int:
        with garden.work("supervisor") as uow:
            one = looking.plan_of(uow, plan.id)
            with count_queries() as sent:
                VIEWS[view](uow, one)
            return len(sent)

    assert asked(large) <= asked(small) + 1 <= 10


def of_all(world: World, post: str = "") -> tuple[Load, list[str]]:
    with world.work("supervisor") as uow:
        return loads.load_of_all(uow, world.site, post, date(2026, 3, 9))


def daily(key: str, **values: Any) -> dict[str, Any]:
    """Seven hours a week."""
    return a_task(key, rrule="FREQ=DAILY", minutes=60, people=1, **values)


def test_plans_in_force_are_seen_together_and_what_one_spells_out_counts_once(
    garden: World,
) -> None:
    whole = in_force(garden, a_draft(garden, daily("walk"), daily("wipe", role="cleaner")))
    parts = [daily("walk"), daily("more")]
    in_force(garden, a_draft(garden, *parts, parent_id=whole.root_id, name="Part"))
    a_draft(garden, daily("unwritten"))
    load, posts = of_all(garden)
    assert {one.role: one.most for one in load.posts} == {"guard": 14, "cleaner": 7}
    assert [(one.name, one.mean) for one in load.plans] == [(whole.name, 14), ("Part", 7)]
    assert posts == ["guard", "cleaner"]
    narrowed, posts = of_all(garden, "cleaner")
    assert [one.role for one in narrowed.posts] == ["cleaner"]
    assert ([one.mean for one in narrowed.plans], posts) == ([7, 0], ["guard", "cleaner"])


def test_all_plans_together_ask_as_often_as_one(garden: World) -> None:
    def asked() -> int:
        with count_queries() as sent:
            of_all(garden)
        return len(sent)

    in_force(garden, a_draft(garden, daily("walk")))
    first = asked()
    for _ in range(5):
        in_force(garden, a_draft(garden, daily("walk")))
    assert asked() == first


def test_a_list_asks_as_often_for_many_plans(garden: World) -> None:
    def asked() -> int:
        with count_queries() as sent:
            listed(garden, "manager")
        return len(sent)

    a_draft(garden)
    first = asked()
    for _ in range(8):
        a_draft(garden)
    assert asked() == first


def test_more_tasks_than_a_leaf_holds_are_turned_over(garden: World) -> None:
    plan = a_draft(garden, *[a_task(f"t{n:02}") for n in range(looking.PAGE + 5)])
    with garden.work("supervisor") as uow:
        one = looking.plan_of(uow, plan.id)
        leaves = [looking.tasks_page(uow, one, "", page) for page in (0, 1)]
    assert [len(leaf.cards) for leaf in leaves] == [looking.PAGE, 5]
    assert leaves[0].total == looking.PAGE + 5


def test_a_verb_that_no_plan_has_is_refused(garden: World) -> None:
    plan = a_draft(garden)
    with garden.work("supervisor") as uow, pytest.raises(WrongStep):
        deciding.decide(uow, plan.id, "keep_task", "")


TYPED = {
    "title": "Drill",
    "role": "guard",
    "route": "",
    "starts": "2026-05-01",
    "ends": "2026-05-03",
    "minutes": "90",
    "people": "4",
    "urgency": "5",
    "importance": "4",
    "photos": "2",
    "milestone": "on",
}


def kept(world: World, plan: Plan, form: dict[str, str], repeat: str, key: str = "") -> PlanTask:
    with world.work("supervisor") as uow:
        known = repository.task_by_key(uow.session, plan.id, key) if key else None
        command = forms.task_command(form, plan.id, repeat, known=known, keys=["patrol"])
    world.do("supervisor", "plan.keep_task", **command.model_dump())
    (task,) = rows(PlanTask, plan_id=plan.id, key=command.task.key)
    return task


def test_a_task_is_written_as_it_was_typed(garden: World) -> None:
    task = kept(garden, a_draft(garden), TYPED | {"after0": "on"}, "once")
    assert (task.name, task.minutes, task.people, task.priority) == ("Drill", 90, 4, 20)
    assert (task.milestone, task.rrule, task.evidence["photos"]) == (True, "", 2)


def test_what_the_form_does_not_show_stays_as_it_was(garden: World) -> None:
    a_draft(garden, a_task("patrol", season={"first": "04-01", "last": "06-30"}))
    (known,) = rows(PlanTask, key="patrol")
    known.clause_id = clause = uuid7()
    typed = TYPED | {"windows": "09:00-10:00"}
    task = forms.task_command(typed, known.plan_id, "daily", known=known, keys=[]).task
    assert (task.key, task.clause_id) == ("patrol", clause)
    assert task.season == Season(first="04-01", last="06-30")
    assert task.windows[0].opens == 540


@pytest.mark.parametrize("field", ["title", "minutes", "starts"])
def test_what_cannot_be_read_is_refused_by_its_field(garden: World, field: str) -> None:
    typed = TYPED | {field: {"title": "", "minutes": "many", "starts": "May"}[field]}
    with pytest.raises(InvalidInput):
        forms.task_command(typed, uuid7(), "once", known=None, keys=[])


def test_a_plan_is_written_as_it_was_typed(garden: World) -> None:
    form = {
        "title": "March",
        "kind": "month",
        "department": "guard",
        "starts": "2026-03-01",
        "ends": "2026-03-31",
        "reviewer": str(garden.actor("manager").person_id),
    }
    command = forms.plan_command(form, uuid7(), garden.site.id)
    plan = garden.do("supervisor", "plan.keep", **command.model_dump())
    kept_plan = found(Plan, plan.id)
    assert (kept_plan.name, kept_plan.approver_id) == ("March", None)
    assert kept_plan.reviewer_id == garden.actor("manager").person_id


def test_a_task_names_its_clause_and_the_checklists_of_its_route(garden: World) -> None:
    clause = a_clause()
    (version,) = rows(ClauseVersion)
    walked = a_task(route_id=garden.route.id, clause_id=version.id)
    plan = a_draft(garden, walked, a_task("free"))
    with garden.work("supervisor") as uow:
        page = looking.tasks_page(uow, looking.plan_of(uow, plan.id), "", 0)
    patrol, free = page.cards
    assert patrol.clause.id == str(clause.id)
    assert patrol.clause.name == f"{clause.number} Lobby clean"
    assert patrol.checklists == garden.template.name
    assert (free.clause.id, free.checklists) == ("", "")
