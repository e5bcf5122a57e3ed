"""The form of one task: what is typed is what is kept, and is read back as it was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from propapp.core.errors import InvalidInput, NotFound, WindowImpossible
from propapp.core.unit_of_work import looking as looking_as
from propapp.features.boards.kept import Kept
from propapp.features.photos.models import PhotoUse
from propapp.features.planning import drafting, forms, looking
from propapp.features.planning.drafting import Opened
from propapp.features.planning.once import ONCE
from propapp.features.planning.views import TaskDraft
from propapp.features.plans import repository
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.reports.against import against
from propapp.features.reports.rounds import Stretch
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.standards.models import ClauseVersion
from tests.counting import count_queries
from tests.plans import a_draft, a_task, in_force
from tests.singles import do_job
from tests.standards import a_clause
from tests.world import World, rows

TYPED = {
    "title": "Drill",
    "role": "guard",
    "route": "",
    "starts": "2026-03-12",
    "ends": "2026-03-20",
    "season_first": "",
    "season_last": "",
    "clause": "",
}


def kept(world: World, plan: Plan, repeat: str, *, key: str = "", **typed: str) -> PlanTask:
    """The task, as the form writes it."""
    with world.work("supervisor") as uow:
        known = repository.task_by_key(uow.session, plan.id, key) if key else None
        command = forms.task_command(TYPED | typed, plan.id, repeat, known=known, keys=[])
    world.do("supervisor", "plan.keep_task", **command.model_dump())
    (task,) = rows(PlanTask, plan_id=plan.id, key=command.task.key)
    return task


def opened(world: World, plan: Plan, key: str = "") -> Opened:
    """The form, as its page opens it."""
    with world.work("supervisor") as uow:
        return drafting.opened(uow, looking.plan_of(uow, plan.id), key)


def again(world: World, plan: Plan, task: PlanTask, **typed: str) -> PlanTask:
    """The task, opened and kept with nothing touched but this."""
    draft = opened(world, plan, task.key).task
    fields = {
        "title": draft.name,
        "route": forms.WORK if draft.work else draft.route.id,
        "windows": draft.windows,
        "grace": str(draft.grace),
        "reach": str(draft.reach),
        "walk": str(draft.walk),
        "rrule": draft.rrule,
        "day_rule": draft.day_rule,
        "starts": draft.starts,
        "ends": draft.ends,
        "season_first": draft.season_first,
        "season_last": draft.season_last,
        "clause": draft.clause.id,
        "template": draft.template,
    }
    return kept(world, plan, draft.kind, key=task.key, **fields | typed)


def when(task: PlanTask) -> dict[str, Any]:
    """All that says when it is done."""
    names = ("trigger", "rrule", "windows", "day_rule", "season", "random", "starts", "ends")
    return {name: getattr(task, name) for name in names}


def test_random_rounds_are_written_with_what_they_promise(garden: World) -> None:
    plan = a_draft(garden)
    route = str(garden.route.id)
    task = kept(
        garden, plan, "random", route=route, windows="20:00-06:00", reach="90", walk="30", grace="5"
    )
    promise = {"every": 90, "minutes": 30, "begins": 1200, "ends": 1800, "grace": 5}
    assert (task.trigger.value, task.random) == ("random", promise)
    draft = opened(garden, plan, task.key).task
    assert (draft.kind, draft.reach, draft.walk, draft.grace) == ("random", 90, 30, 5)
    assert draft.windows == "20:00-06:00"
    assert when(again(garden, plan, task)) == when(task)


@pytest.mark.parametrize("windows", ["", "08:00-09:00, 10:00-11:00"])
def test_random_rounds_fall_within_one_stretch(garden: World, windows: str) -> None:
    plan = a_draft(garden)
    with pytest.raises(WindowImpossible):
        kept(garden, plan, "random", route=str(garden.route.id), windows=windows)


def test_what_the_weather_begins_is_written_and_told_in_minutes(garden: World) -> None:
    plan = a_draft(garden)
    task = kept(
        garden, plan, "weather:rain", route=str(garden.route.id), windows="00:00-02:00", grace="15"
    )
    assert task.trigger.value == "weather:rain"
    assert task.windows == [{"opens": 0, "minutes": 120, "grace": 15}]
    with garden.work("supervisor") as uow:
        cards = looking.tasks_page(uow, looking.plan_of(uow, plan.id), "", 0).cards
    (card,) = [one for one in cards if one.key == task.key]
    assert (card.repeat, card.weather, card.within) == ("weather", "rain", 120)
    assert when(again(garden, plan, task)) == when(task)


@pytest.mark.parametrize(
    "values",
    [
        {"trigger": "random", "windows": [], "coverage": {"every": 120, "minutes": 30}},
        {"trigger": "weather:snow"},
        {},
        {"season": {"first": "11-15", "last": "03-15"}},
        {"day_rule": "workdays"},
    ],
)
def test_days_that_the_form_has_no_fields_for_stay(garden: World, values: dict[str, Any]) -> None:
    for key, rule in (("a", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), ("b", "FREQ=DAILY;INTERVAL=3")):
        plan = a_draft(garden, a_task(key, rrule=rule, **values))
        (task,) = rows(PlanTask, plan_id=plan.id)
        assert when(again(garden, plan, task)) == when(task)


def test_work_that_is_done_once_is_a_window_of_its_day(garden: World) -> None:
    plan = a_draft(garden)
    task = kept(garden, plan, "once", route=forms.WORK, windows="09:00-11:00")
    assert (task.work, task.rrule, task.starts, task.ends) == (
        True, ONCE, date(2026, 3, 12), date(2026, 3, 12),
    )  # fmt: skip
    draft = opened(garden, plan, task.key).task
    assert (draft.kind, draft.repeat, draft.windows) == ("once", "once", "09:00-11:00")
    assert when(again(garden, plan, task)) == when(task)


def test_work_without_a_window_is_refused_and_a_date_needs_none(garden: World) -> None:
    plan = a_draft(garden)
    for repeat in ("once", "daily", "weather:rain"):
        with pytest.raises(WindowImpossible):
            kept(garden, plan, repeat, route=forms.WORK)
    task = kept(garden, plan, "once")
    assert (task.rrule, task.windows, task.ends) == ("", [], date(2026, 3, 20))


def test_a_campaign_is_found_on_the_phone_on_its_day_and_its_photo_counts(garden: World) -> None:
    """From the form to the plan's own figures; on no other day is it there."""
    plan = a_draft(garden, a_task("paper", windows=[]), kind="campaign")
    task = kept(garden, plan, "once", route=forms.WORK, windows="09:00-11:00", photos="1")
    in_force(garden, plan)
    jobs.follow_plans(garden.clock)
    jobs.keep_horizon(garden.clock)
    (only,) = rows(Occurrence)
    assert (only.local_date, only.plan_task_id) == (date(2026, 3, 12), task.id)
    (route,) = [one for one in rows(Route) if one.plan_id]
    assert route.role.value == "guard"
    do_job(garden, only, by="guard")
    assert len(rows(PhotoUse)) == 1
    with looking_as(garden.actor("manager"), clock=garden.clock) as uow:
        stretch = Stretch(garden.site, date(2026, 3, 1), date(2026, 3, 31), plan.root_id)
        person = garden.actor("manager").person_id
        found = against(uow, stretch, person, lambda _done, _total: None)
    (line,) = [one for one in found.lines if one.line.task.key == task.key]
    assert (line.times, line.tally.outcomes[Kept.DONE], line.tally.sealed) == (1, 1, 1)


def test_a_clause_a_season_and_a_checklist_are_chosen_and_taken_off(garden: World) -> None:
    a_clause()
    (version,) = rows(ClauseVersion)
    plan = a_draft(garden)
    task = kept(
        garden, plan, "daily", route=forms.WORK, windows="09:00-10:00", clause=str(version.id),
        template=str(garden.template.id), season_first="03-01", season_last="10-31",
    )  # fmt: skip
    assert (task.clause_id, task.template_id) == (version.id, garden.template.id)
    assert task.season == {"from": "03-01", "to": "10-31"}
    form = opened(garden, plan, task.key)
    assert form.task.clause.name.endswith("Lobby clean")
    assert form.task.template in {one.id for one in form.checklists}
    assert when(again(garden, plan, task)) == when(task)
    off = again(garden, plan, task, clause="", template="", season_first="", season_last="")
    assert (off.clause_id, off.template_id, off.season) == (None, None, None)


def test_a_season_that_is_none_is_refused(garden: World) -> None:
    with pytest.raises(InvalidInput):
        kept(garden, a_draft(garden), "daily", season_first="April", season_last="10-31")


def test_clauses_are_looked_for_by_their_words(garden: World) -> None:
    clause = a_clause()
    (version,) = rows(ClauseVersion)
    with garden.work("supervisor") as uow:
        (one,) = drafting.clauses_like(uow, garden.site, " lobby ")
        assert drafting.clauses_like(uow, garden.site, "nothing like it") == []
    assert (one.id, one.name) == (str(version.id), f"{clause.number} Lobby clean")


def test_a_new_task_is_from_the_first_day_to_the_last_by_the_plan_s_post(garden: World) -> None:
    plan = a_draft(garden, department="cleaner")
    form = opened(garden, plan)
    new = TaskDraft(role="cleaner", minutes=60, starts="2026-01-01", ends="2026-12-31")
    assert (form.may, form.task) == (True, new)
    assert [one.id for one in form.before] == ["patrol"]


def test_of_a_task_that_is_not_there_there_is_no_form(garden: World) -> None:
    plan = a_draft(garden)
    with pytest.raises(NotFound):
        opened(garden, plan, "nothing")
    in_force(garden, plan)
    assert not opened(garden, plan, "patrol").may


def test_a_route_and_a_checklist_that_are_offered_no_more_stay_the_task_s_own(
    garden: World,
) -> None:
    plan = a_draft(garden, a_task(route_id=garden.route.id))
    garden.do("supervisor", "route.give_up", route_id=garden.route.id)
    form = opened(garden, plan, "patrol")
    assert form.task.route.id in {one.id for one in form.routes}


def test_the_form_asks_as_often_of_a_large_plan(garden: World) -> None:
    def asked(plan: Plan) -> int:
        with garden.work("supervisor") as uow:
            one = looking.plan_of(uow, plan.id)
            with count_queries() as sent:
                drafting.opened(uow, one, one.tasks[0].key)
            return len(sent)

    small = a_draft(garden)
    large = a_draft(garden, *[a_task(f"t{n}", route_id=garden.route.id) for n in range(60)])
    assert asked(large) == asked(small) <= 6


def test_the_form_says_of_a_draft_what_the_list_says(garden: World) -> None:
    plan = a_draft(garden, a_task("drill", milestone=True, evidence={"photos": 2}))
    form = opened(garden, plan, "drill").task
    assert (form.milestone, form.photos, form.name) == (True, 2, "Drill")
