"""From a goal down to one photo, and from a run up to the goals it serves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from propapp.core.errors import DaysBackwards, InvalidInput, NotAllowed, NotFound, WrongStep
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.features.boards import clause_views
from propapp.features.goals import chain, reading
from propapp.features.goals.measures import MEASURES, NEWEST
from propapp.features.goals.views import Rung
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.standards.models import Clause, ClauseVersion
from tests.counting import count_queries
from tests.goals import a_goal, a_round, a_served_clause, a_walk, cards, seen
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause
from tests.world import (
    NOON,
    World,
    a_person,
    a_run,
    a_shot,
    a_visit,
    broken,
    bytes_arrive,
    rows,
    save,
)

DAY = timedelta(days=1)


def by_kind(rungs: list[Rung]) -> dict[str, Rung]:
    return {rung.kind: rung for rung in rungs}


def a_walked_task(world: World) -> PlanTask:
    """The task with a round in time, a late one, a missed one, one in February."""
    (task,) = rows(PlanTask)
    a_walk(world, a_round(world, NOON - DAY, task))
    a_walk(world, a_round(world, NOON - 2 * DAY, task), after=65)
    missed = a_round(world, NOON - 3 * DAY, task)
    missed.missed_at = NOON
    save(missed)
    a_walk(world, a_round(world, NOON - 20 * DAY, task))
    return task


def up(world: World, run_id: object, who: str = "manager") -> dict[str, Rung]:
    with looking(world.actor(who), clock=world.clock) as uow:
        return by_kind(chain.up(uow, run_id))  # type: ignore[arg-type]


def test_a_goal_goes_down_to_a_photo(garden: World) -> None:
    clause = a_served_clause(garden)
    goal = a_goal(garden, clauses=[a_clause().id, clause.id])
    task = a_walked_task(garden)
    shot = a_shot("proof")
    run_id = a_run(garden, occurrence=a_round(garden, NOON - timedelta(minutes=30), task))
    a_visit(garden, run_id, answers=[broken(garden, photos=[shot])])
    garden.do("guard", "round.finish", run_id=run_id, note="Called away")
    bytes_arrive(shot)
    found = by_kind(seen(garden, goal).chain)
    assert [(one.id, one.chosen) for one in found["clause"].knots][1] == (str(clause.id), True)
    (knot,) = found["task"].knots
    assert (knot.due, knot.done, knot.late, knot.missed) == (5, 3, 1, 1)
    assert [(one.id, one.due, one.chosen) for one in found["month"].knots] == [
        ("2026-02", 1, False),
        ("2026-03", 4, True),
    ]
    first, *further = found["round"].knots
    assert (first.id, first.chosen, first.state) == (str(run_id), True, "done")
    assert [one.state for one in further] == ["done", "late"]
    assert [one.photo for one in found["photo"].knots] == [shot.sha256]


def test_another_month_and_round_may_be_chosen(garden: World) -> None:
    goal = a_goal(garden, clauses=[a_served_clause(garden).id])
    a_walked_task(garden)
    found = by_kind(seen(garden, goal, month="2026-02").chain)
    assert [one.at[:10] for one in found["round"].knots] == ["2026-02-18"]
    assert found["photo"].knots == []


def test_a_revised_plan_is_one_task(garden: World) -> None:
    clause = a_served_clause(garden)
    goal = a_goal(garden, clauses=[clause.id])
    a_walked_task(garden)
    (plan,) = rows(Plan)
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="A new lift")
    (draft,) = rows(Plan, version=2)
    in_force(garden, draft)
    (second,) = rows(PlanTask, plan_id=draft.id)
    a_walk(garden, a_round(garden, NOON - timedelta(hours=3), second))
    (knot,) = by_kind(seen(garden, goal).chain)["task"].knots
    assert (knot.due, knot.done, knot.href) == (5, 3, f"/plans/plan?plan={draft.id}")


def test_a_draft_serves_nothing_yet(garden: World) -> None:
    clause = a_clause()
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    a_draft(garden, a_task(clause_id=version.id))
    found = by_kind(seen(garden, a_goal(garden, clauses=[clause.id])).chain)
    assert found["task"].knots == []


def test_a_task_without_a_route_says_on_how_many_days_it_falls(garden: World) -> None:
    clause = a_served_clause(garden, route_id=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15")
    found = by_kind(seen(garden, a_goal(garden, clauses=[clause.id])).chain)
    (knot,) = found["task"].knots
    assert (knot.walked, knot.counted, knot.days) == (False, False, 12)


def test_a_run_tells_which_goal_clause_and_plan_it_serves(garden: World) -> None:
    clause = a_served_clause(garden)
    goal = a_goal(garden, clauses=[clause.id])
    a_goal(garden, clauses=[clause.id], starts="2027-01-01", ends="2027-12-31")
    (task,) = rows(PlanTask)
    found = up(garden, a_walk(garden, a_round(garden, NOON - DAY, task)).id)
    assert [one.href for one in found["goal"].knots] == [f"/goals/goal?goal={goal.id}"]
    assert [one.number for one in found["clause"].knots] == [clause.number]
    assert [one.note for one in found["task"].knots] == ["Plan 2026"]
    assert found["round"].knots[0].name == "Night"


def test_a_round_that_nobody_planned_ends_the_chain(garden: World) -> None:
    found = up(garden, a_walk(garden, a_round(garden, NOON - DAY)).id)
    assert [len(found[kind].knots) for kind in ("goal", "clause", "task", "round")] == [0, 0, 0, 1]


def test_the_chain_of_another_site_is_not_there(garden: World, elsewhere: World) -> None:
    run = a_walk(garden, a_round(garden, NOON - DAY))
    assert up(elsewhere, run.id) == {}
    goal = a_goal(garden)
    with pytest.raises(NotFound):
        seen(elsewhere, goal)


def test_a_guard_reads_no_goals(garden: World) -> None:
    a_goal(garden)
    assert cards(garden, "guard") == []
    assert up(garden, a_walk(garden, a_round(garden, NOON - DAY)).id, "guard") == {}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("ends", {"ends": "2027-06-30"}),
        ("target", {"target": 101}),
        ("measure", {"measure": "happiness"}),
    ],
)
def test_what_can_never_be_is_refused(garden: World, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_goal(garden, **values)
    assert refusal.value.facts["field"] == field
    assert cards(garden) == []


def test_a_goal_does_not_end_before_it_begins(garden: World) -> None:
    with pytest.raises(DaysBackwards):
        a_goal(garden, ends="2025-12-31")
    assert cards(garden) == []


def test_nobody_from_elsewhere_answers_for_a_goal(garden: World) -> None:
    with pytest.raises(NotFound):
        a_goal(garden, responsible_id=a_person("stranger", {}).person_id)
    with pytest.raises(NotFound):
        a_goal(garden, responsible_id=garden.actor("owner").person_id)


def test_a_dropped_goal_counts_no_more_and_stays_to_be_read(garden: World) -> None:
    goal = a_goal(garden)
    garden.do("manager", "goal.drop", goal_id=goal.id, reason="Another contract")
    assert cards(garden) == []
    (card,) = cards(garden, past=True)
    assert card.drop_reason == "Another contract"
    with pytest.raises(WrongStep):
        garden.do("manager", "goal.serve", goal_id=goal.id, clause_ids=[])


def test_a_change_says_which_fields(garden: World) -> None:
    goal = a_goal(garden)
    a_goal(garden, goal_id=goal.id, target=95, name="Rounds")
    (event,) = rows(TimelineEvent, verb="goal.changed")
    assert event.facts["fields"] == ["name", "target"]
    with pytest.raises(NotAllowed):
        garden.do("supervisor", "goal.serve", goal_id=goal.id, clause_ids=[])


def test_a_change_of_the_target_tells_the_old_and_the_new_one(garden: World) -> None:
    goal = a_goal(garden)
    a_goal(garden, goal_id=goal.id, weight=30)
    a_goal(garden, goal_id=goal.id, target=95.5)
    a_goal(garden, goal_id=goal.id, measure="urgent_safety", comparison="at_most", target=2)
    told = [(one.old_aim, one.aim) for one in seen(garden, goal).history if one.did == "changed"]
    assert told == [("≥ 95.5 %", "≤ 2"), ("≥ 90 %", "≥ 95.5 %"), ("", "")]
    last = rows(TimelineEvent, verb="goal.changed")[-1].facts
    assert (last["before"]["target"], last["after"]["target"]) == ("95.5", "2")


def test_a_goal_keeps_the_formula_it_was_set_under_until_its_measure_is_another(
    garden: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = a_goal(garden)
    second = replace(NEWEST["rounds_complete"], version=2)
    monkeypatch.setitem(NEWEST, "rounds_complete", second)  # type: ignore[arg-type]
    monkeypatch.setitem(MEASURES, ("rounds_complete", 2), second)  # type: ignore[arg-type]

    def edited(**values: Any) -> int:
        return a_goal(garden, goal_id=goal.id, **values).measure_version

    assert edited(target=95, name="Rounds") == 1
    assert edited(measure="rounds_on_time") == 1
    assert edited(measure="rounds_complete") == 2
    assert a_goal(garden).measure_version == 2


def test_what_does_not_fit_is_counted_and_stands_a_tap_away(garden: World) -> None:
    clause = a_served_clause(garden)
    goal = a_goal(garden, clauses=[clause.id])
    (task,) = rows(PlanTask)
    few = by_kind(seen(garden, goal).chain)
    assert (few["round"].more, few["photo"].more) == (0, 0)
    for number in range(14):
        a_walk(garden, a_round(garden, NOON - timedelta(hours=2 * number + 2), task))
    shots = [a_shot(f"proof {number}") for number in range(8)]
    run_id = a_run(garden, occurrence=a_round(garden, NOON - timedelta(minutes=30), task))
    a_visit(garden, run_id, answers=[broken(garden, photos=shots[:4])])
    a_visit(garden, run_id, 2, answers=[broken(garden, photos=shots[4:])])
    garden.do("guard", "round.finish", run_id=run_id, note="Called away")
    bytes_arrive(*shots)
    found = by_kind(seen(garden, goal).chain)
    assert (len(found["round"].knots), found["round"].more) == (12, 3)
    place = f"clause={clause.id}&site={garden.site.id}"
    assert found["round"].href == f"/standards/clause?{place}&month=2026-03"
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        page = clause_views.record(uow, garden.site, clause.id, "2026-03", "")
    assert page.month.total.due == 15
    assert (len(found["photo"].knots), found["photo"].more) == (6, 2)
    assert found["photo"].href == f"/board/run?run={run_id}"
    assert [one.photo for one in found["photo"].knots] == sorted(shot.sha256 for shot in shots)[:6]


def test_a_clause_that_is_not_there_serves_nothing(garden: World) -> None:
    goal = a_goal(garden)
    with pytest.raises(NotFound):
        garden.do("manager", "goal.serve", goal_id=goal.id, clause_ids=[uuid7()])


def test_the_list_asks_as_often_for_many_goals(garden: World) -> None:
    def asked() -> int:
        with looking(garden.actor("manager"), clock=garden.clock) as uow, count_queries() as sent:
            reading.goals_at(uow, garden.site)
        return len(sent)

    a_goal(garden, clauses=[a_served_clause(garden).id])
    first = asked()
    for number in range(6):
        a_goal(garden, name=f"Goal {number}")
        a_walk(garden, a_round(garden, NOON - (number + 1) * DAY))
    assert asked() == first <= 5


def test_a_page_asks_as_often_however_much_hangs_on_it(garden: World) -> None:
    goal = a_goal(garden, clauses=[a_served_clause(garden).id])
    task = a_walked_task(garden)

    def asked() -> int:
        with looking(garden.actor("manager"), clock=garden.clock) as uow, count_queries() as sent:
            reading.goal_page(uow, goal.id, chain.Wish())
        return len(sent)

    first = asked()
    for number in range(8):
        a_walk(garden, a_round(garden, NOON - timedelta(days=40 + number), task))
        a_served_clause(garden, key=f"more{number}")
    clauses = [clause.id for clause in rows(Clause)]
    garden.do("manager", "goal.serve", goal_id=goal.id, clause_ids=clauses)
    assert asked() == first <= 14
