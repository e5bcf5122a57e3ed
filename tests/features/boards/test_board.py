"""What the board says about a site, at a fixed noon."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.access import Actor
from propapp.core.errors import NotFound
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.boards import lanes, reading, rules, views
from propapp.features.orders.models import OrderStatus, Priority, WorkOrder
from propapp.features.photos.commands import Shot
from propapp.features.plans.models import PlanTask
from propapp.features.rounds.models import Visit
from propapp.features.rounds.service import mark_missed
from propapp.features.schedules.models import Occurrence
from propapp.features.sites.views import chosen
from tests.goals import a_goal, a_served_clause
from tests.goals import a_round as a_planned_round
from tests.world import (
    NOON,
    World,
    a_report,
    a_run,
    a_shot,
    a_visit,
    an_occurrence,
    an_order_row,
    broken,
    bytes_arrive,
    rows,
    well,
    write,
)

HOUR = timedelta(hours=1)


def board(world: World, who: str = "manager") -> views.Board:
    """The board as this person sees it now."""
    return seen_by(world.actor(who), world)


def seen_by(actor: Actor, world: World) -> views.Board:
    with looking(actor, clock=world.clock) as uow:
        return reading.board(uow, chosen(reading.choices(uow), str(world.site.id)))


def windows(world: World) -> list[lanes.Window]:
    return [one for lane in board(world).lanes for one in lane.windows]


def test_a_quiet_site_needs_nobody(garden: World) -> None:
    an_occurrence(garden)
    assert board(garden).pressing == 0
    assert board(garden).needs == []
    assert [one.count for one in board(garden).buckets] == [0, 0, 0, 0]


def test_an_overdue_order_needs_its_assignee_since_its_deadline(garden: World) -> None:
    technician = garden.actor("technician")
    late = an_order_row(
        garden,
        OrderStatus.IN_PROGRESS,
        due_at=NOON - HOUR,
        assignee_id=technician.person_id,
    )
    [need] = board(garden).needs
    assert (need.kind, need.order, need.who) == ("overdue", str(late.id), technician.name)
    assert need.at == "2026-03-10T03:00Z"


def test_an_order_nobody_took_in_time_needs_somebody(garden: World) -> None:
    an_order_row(garden, respond_by=NOON - HOUR)
    [need] = board(garden).needs
    assert (need.kind, need.who) == ("unanswered", "")


def test_an_urgent_order_needs_somebody_until_it_is_taken(garden: World) -> None:
    order = a_report(garden, by="service_desk", priority=Priority.URGENT)
    assert [need.kind for need in board(garden).needs] == ["urgent"]
    garden.do("technician", "order.claim", order_id=order.id)
    assert board(garden).needs == []


def test_urgent_trouble_stands_before_what_waits_longer(garden: World) -> None:
    an_order_row(garden, due_at=NOON - 5 * HOUR)
    an_order_row(garden, priority=Priority.URGENT)
    assert [need.priority for need in board(garden).needs] == ["urgent", "normal"]


def test_more_needs_than_rows_are_counted(garden: World) -> None:
    for _ in range(views.ROWS + 3):
        an_order_row(garden, due_at=NOON - HOUR)
    assert board(garden).pressing == views.ROWS + 3
    assert len(board(garden).needs) == views.ROWS


def test_open_orders_fall_into_four_stretches_of_time(garden: World) -> None:
    for due_at in (-HOUR, HOUR, 6 * HOUR, 30 * HOUR, 40 * HOUR):
        an_order_row(garden, due_at=NOON + due_at)
    an_order_row(garden, OrderStatus.CLOSED, due_at=NOON - HOUR)
    counts = {one.name: one.count for one in board(garden).buckets}
    assert counts == {"overdue": 1, "soon": 1, "today": 1, "later": 2}
    assert board(garden).open_orders == 5


def test_the_next_deadline_comes_first_and_pressing_ones_stand_elsewhere(garden: World) -> None:
    an_order_row(garden, due_at=NOON - HOUR)
    later, next_one = (an_order_row(garden, due_at=NOON + span * HOUR) for span in (9, 3))
    assert [one.order for one in board(garden).coming] == [str(next_one.id), str(later.id)]


def test_a_round_tells_who_walks_it_and_how_far(garden: World) -> None:
    run_id = a_run(garden)
    a_visit(garden, run_id)
    [window] = windows(garden)
    assert (window.run, window.state, window.done, window.total) == (str(run_id), "running", 1, 3)
    assert window.who == garden.actor("guard").name


def test_a_finished_round_is_done(garden: World) -> None:
    run_id = a_run(garden)
    garden.do("guard", "round.finish", run_id=run_id, note="gate was blocked")
    assert [one.state for one in windows(garden)] == ["done"]
    assert board(garden).today.done == 1


def test_a_round_still_walked_after_its_time_is_late_and_needs_its_walker(garden: World) -> None:
    a_run(garden, occurrence=an_occurrence(garden, opens_in=-90, minutes=120))
    garden.clock.move(2 * HOUR)
    [need] = board(garden).needs
    assert (need.kind, need.who) == ("late", garden.actor("guard").name)


def test_a_round_nobody_began_is_missed_before_and_after_the_sweep(garden: World) -> None:
    an_occurrence(garden, opens_in=-180, minutes=120)
    assert [need.kind for need in board(garden).needs] == ["missed"]
    with garden.work("manager") as uow:
        mark_missed(uow)
    assert [need.kind for need in board(garden).needs] == ["missed"]


def test_a_round_whose_phone_is_offline_is_told_apart_from_a_missed_one(garden: World) -> None:
    occurrence = an_occurrence(garden, opens_in=-180, minutes=120)
    since = NOON - timedelta(hours=4)
    with write() as session:
        session.get_one(Occurrence, occurrence.id).offline_since = since
    [need] = board(garden).needs
    assert (need.kind, need.since) == ("offline", rules.stamp(since))
    [window] = windows(garden)
    assert (window.state, window.offline_since) == ("missed", rules.stamp(since))


def test_a_run_outside_the_window_is_kept_and_does_not_make_the_round_good(garden: World) -> None:
    occurrence = an_occurrence(garden, opens_in=-240, minutes=60)
    run_id = a_run(garden, occurrence=occurrence)
    [window] = windows(garden)
    assert (window.state, window.run) == ("missed", str(run_id))


def test_of_two_runs_the_finished_one_stands_for_the_round(garden: World) -> None:
    occurrence = an_occurrence(garden)
    a_run(garden, occurrence=occurrence)
    second = a_run(garden, by="supervisor", occurrence=occurrence)
    garden.do("supervisor", "round.finish", run_id=second, note="the other had no battery")
    [window] = windows(garden)
    assert (window.run, window.state) == (str(second), "done")


def test_a_window_over_midnight_is_shown_as_of_the_day_before(garden: World) -> None:
    an_occurrence(garden, opens_in=-13 * 60, minutes=180)
    assert [one.before for one in windows(garden)] == [True]


def test_yesterdays_and_tomorrows_rounds_are_not_todays(garden: World) -> None:
    an_occurrence(garden, opens_in=-20 * 60)
    an_occurrence(garden, opens_in=13 * 60)
    assert windows(garden) == []


def test_a_long_day_shows_what_is_not_over_and_counts_all(garden: World) -> None:
    for number in range(20):
        an_occurrence(garden, opens_in=-600 + 40 * number, minutes=30, grace=0)
    found = board(garden)
    assert len(found.lanes[0].windows) == lanes.WINDOWS
    assert found.lanes[0].total == 20
    assert "open" in {one.state for one in found.lanes[0].windows}
    assert found.lanes[0].windows[-1].state == "due"
    assert found.today.missed > lanes.WINDOWS


def test_a_defect_shows_its_photo_once_its_bytes_are_here(garden: World) -> None:
    shot = a_shot("hinge")
    a_visit(garden, a_run(garden), answers=[broken(garden, photos=[shot])])
    [defect] = board(garden).defects
    assert defect.photo == ""
    bytes_arrive(shot)
    assert board(garden).defects[0].photo == shot.sha256


def test_the_last_defects_come_first(garden: World) -> None:
    for number in range(views.ROWS + 2):
        garden.clock.move(HOUR)
        a_report(garden, photos=[a_shot(f"leak-{number}")])
    times = [one.at for one in sorted(board(garden).defects, key=lambda one: one.key)]
    assert times == sorted(times, reverse=True)
    assert len(times) == views.ROWS


def test_whoever_may_not_read_orders_sees_no_photo(garden: World) -> None:
    shot = a_shot("leak")
    a_report(garden, photos=[shot])
    bytes_arrive(shot)
    assert [one.photo for one in board(garden, "finance").defects] == [""]


@pytest.mark.parametrize("who", ["guard", "cleaner", "technician", "owner"])
def test_field_staff_and_owners_have_no_board(garden: World, who: str) -> None:
    with pytest.raises(NotFound):
        board(garden, who)


def test_another_sites_board_does_not_exist(garden: World, elsewhere: World) -> None:
    an_order_row(elsewhere, due_at=NOON - HOUR)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        sites = reading.choices(uow)
        assert [site.id for site in sites] == [garden.site.id]
        assert chosen(sites, str(elsewhere.site.id)).id == garden.site.id
        with pytest.raises(NotFound):
            reading.board(uow, elsewhere.site)
    assert board(garden).pressing == 0


def test_charts_take_the_time_from_report_to_answer(garden: World) -> None:
    for minutes in (10, 20, 100):
        an_order_row(
            garden,
            OrderStatus.CLOSED,
            priority=Priority.HIGH,
            responded_at=NOON + timedelta(minutes=minutes),
            completed_at=NOON + 2 * HOUR,
        )
    old = an_order_row(garden, reported_at=NOON - timedelta(days=40), responded_at=NOON)
    assert isinstance(old, WorkOrder)
    garden.clock.move(3 * HOUR)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        drawn = reading.charts(uow, reading.choices(uow)[0], 30)
    [response] = drawn.responses
    assert (response.priority, response.count, response.median) == ("high", 3, 20)
    # A hundred minutes are told as two hours, and drawn as they are: of two promised hours.
    assert (response.p90, response.promised, response.p90_share) == (120, 120, 83)
    assert (drawn.totals.answered, drawn.totals.answered_in_time) == (3, 3)


def test_charts_count_how_the_rounds_of_each_day_ended(garden: World) -> None:
    done = a_run(garden, occurrence=an_occurrence(garden, opens_in=-30))
    garden.do("guard", "round.finish", run_id=done, note="gate was blocked")
    an_occurrence(garden, opens_in=-200, minutes=60)
    an_occurrence(garden, opens_in=-10)
    with garden.work("manager") as uow:
        mark_missed(uow)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        drawn = reading.charts(uow, reading.choices(uow)[0], 14)
    [day] = drawn.rounds
    assert (day.day, day.total, day.done, day.missed, day.share) == ("2026-03-10", 2, 1, 1, 50)


def test_a_photo_tells_who_took_it_when_and_where(garden: World) -> None:
    shot = a_shot("hinge", latitude=31.5, longitude=121.25, accuracy=8, live=False)
    a_visit(garden, a_run(garden), answers=[broken(garden, photos=[shot])])
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        facts = reading.photo(uow, shot.sha256)
    assert (facts.who, facts.position) == (
        garden.actor("guard").name,
        "31.50000, 121.25000 ± 8 m",
    )
    assert (facts.taken_at, facts.live) == (rules.stamp(NOON), False)
    assert (facts.where, facts.where_en) == ("P1", "Point 1")


def test_a_photo_tells_which_goal_clause_and_plan_it_serves(garden: World) -> None:
    clause = a_served_clause(garden)
    goal = a_goal(garden, clauses=[clause.id])
    (task,) = rows(PlanTask)
    run_id = a_run(garden, occurrence=a_planned_round(garden, NOON - HOUR / 4, task))
    kept, found = a_shot("kept"), a_shot("hinge")
    a_visit(garden, run_id, answers=[well(garden, photos=[kept])])
    a_visit(garden, run_id, 2, answers=[broken(garden, photos=[found])])
    serves = [
        ("goals", "Rounds complete", f"/goals/goal?goal={goal.id}"),
        ("standards", f"{clause.number} Lobby clean",
         f"/standards/clause?clause={clause.id}&site={garden.site.id}"),
        ("plans", "Plan 2026 · Patrol", f"/plans/plan?plan={task.plan_id}"),
    ]  # fmt: skip
    assert told_to(garden, "manager", kept) == serves
    # The trouble that was found on the round is an order by now, and its photo that of the order.
    assert told_to(garden, "manager", found) == serves


def test_what_nobody_planned_serves_nothing_and_a_guard_is_not_told(garden: World) -> None:
    a_served_clause(garden)
    a_report(garden, photos=[a_shot("leak")])
    a_visit(garden, a_run(garden), answers=[broken(garden)])
    assert told_to(garden, "manager", a_shot("leak")) == []
    assert told_to(garden, "manager", a_shot("hinge")) == []
    (task,) = rows(PlanTask)
    run_id = a_run(garden, occurrence=a_planned_round(garden, NOON - HOUR / 4, task))
    a_visit(garden, run_id, answers=[broken(garden, photos=[a_shot("planned")])])
    assert told_to(garden, "guard", a_shot("planned")) == []


def test_a_photo_that_several_things_have_is_told_of_as_the_one_that_is_looked_at(
    garden: World,
) -> None:
    a_served_clause(garden)
    (task,) = rows(PlanTask)
    shot = a_shot("hinge")
    order = a_report(garden, photos=[shot])
    run_id = a_run(garden, occurrence=a_planned_round(garden, NOON - HOUR / 4, task))
    a_visit(garden, run_id, answers=[well(garden, photos=[shot])])
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        found = [reading.photo(uow, shot.sha256, one) for one in (None, order.id, run_id, uuid7())]
    assert [one.where for one in found] == [order.place_text] * 2 + ["P1", order.place_text]
    assert [len(one.serves) for one in found] == [0, 0, 2, 0]


def told_to(world: World, who: str, shot: Shot) -> list[tuple[str, str, str]]:
    with looking(world.actor(who), clock=world.clock) as uow:
        return [(one.place, one.name, one.href) for one in reading.photo(uow, shot.sha256).serves]


def test_a_photo_of_an_order_tells_the_place_of_the_order(garden: World) -> None:
    order = a_report(garden, photos=[a_shot("leak")])
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        facts = reading.photo(uow, a_shot("leak").sha256)
    assert facts.where == order.place_text != ""


def test_a_photo_of_another_site_does_not_exist(garden: World, elsewhere: World) -> None:
    shot = a_shot("secret")
    a_report(elsewhere, photos=[shot])
    with (
        looking(garden.actor("manager"), clock=garden.clock) as uow,
        pytest.raises(NotFound),
    ):
        reading.photo(uow, shot.sha256)


def test_a_run_that_is_none_of_mine_does_not_exist(garden: World, elsewhere: World) -> None:
    run_id = a_run(elsewhere)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        for one in (run_id, uuid7()):
            with pytest.raises(NotFound):
                reading.run(uow, one)


def test_finance_sees_the_board_and_no_run(garden: World) -> None:
    run_id = a_run(garden)
    assert len(windows(garden)) == 1
    with (
        looking(garden.actor("finance"), clock=garden.clock) as uow,
        pytest.raises(NotFound),
    ):
        reading.run(uow, run_id)


def test_a_run_shows_every_stop_and_what_was_found_there(garden: World) -> None:
    run_id = a_run(garden)
    shot = a_shot("hinge")
    a_visit(garden, run_id, 1, answers=[broken(garden, photos=[shot])])
    a_visit(garden, run_id, 3, method="hand", hand_reason="code torn off", code="")
    bytes_arrive(shot)
    with looking(garden.actor("auditor"), clock=garden.clock) as uow:
        record = reading.run(uow, run_id)
    assert [step.state for step in record.steps] == ["fault", "next", "done"]
    fault, _, by_hand = record.steps
    [answer] = fault.answers
    assert (answer.verdict, answer.note, answer.photos) == ("fail", "Hinge broken", [shot.sha256])
    assert (by_hand.method, by_hand.hand_reason) == ("hand", "code torn off")
    assert by_hand.flags == ["out_of_order"]
    assert (record.head.done, record.head.fails, record.head.photos) == (2, 1, 1)


def test_a_stop_that_was_left_out_is_named_once_the_run_is_over(garden: World) -> None:
    run_id = a_run(garden)
    garden.do("guard", "round.finish", run_id=run_id, note="gate was blocked")
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        record = reading.run(uow, run_id)
    assert {step.state for step in record.steps} == {"left_out"}
    assert record.head.note == "gate was blocked"


def test_a_corrected_stop_shows_the_last_visit_and_that_it_was_corrected(garden: World) -> None:
    run_id = a_run(garden)
    a_visit(garden, run_id, 1, answers=[broken(garden)])
    garden.clock.move(timedelta(minutes=3))
    a_visit(garden, run_id, 1)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        first = reading.run(uow, run_id).steps[0]
    assert (first.state, first.corrected) == ("done", 1)


def test_rounds_of_any_day(garden: World) -> None:
    an_occurrence(garden, opens_in=-26 * 60)
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        site = reading.choices(uow)[0]
        yesterday = (NOON - timedelta(days=1)).date()
        assert [lane.total for lane in reading.rounds_on(uow, site, yesterday)] == [1]
        assert reading.rounds_on(uow, site, yesterday - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("score", "reasons", "word"),
    [
        (None, [], ""),
        (31, [["code_legacy", 15], ["clock_right", 5]], "thin"),
        (44, [["photo_live", 17]], "fair"),
        (80, [["position_near", 30]], "strong"),
        (60, [["position_near", 30], ["pace_impossible", -30]], "doubtful"),
    ],
)
def test_a_visit_says_how_well_it_is_shown(
    garden: World, score: int | None, reasons: list[list[object]], word: str
) -> None:
    run_id = a_run(garden)
    visit_id = a_visit(garden, run_id).id
    with write() as session:
        visit = session.get_one(Visit, visit_id)
        visit.score, visit.reasons = score, reasons
    with looking(garden.actor("manager"), clock=garden.clock) as uow:
        step = reading.run(uow, run_id).steps[0]
    assert (step.weight, step.score) == (word, -1 if score is None else score)
    assert [[one.code, one.points] for one in step.reasons] == reasons
