"""Each measure against a small world made by hand, and figures that are never made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.accidents.models import AccidentStatus
from propapp.features.goals import rules, tallies
from propapp.features.goals.measures import MEASURES, NEWEST, Tally, Unit, total
from propapp.features.goals.models import Comparison
from propapp.features.goals.rules import Period, Standing
from propapp.features.orders.models import Category, OrderStatus, Priority, Source
from propapp.features.rounds.models import Look, RunStatus, SecondLook, Visit, VisitMethod
from tests.accidents import an_accident
from tests.counting import count_queries
from tests.goals import a_goal, a_round, a_walk, cards, seen
from tests.world import NOON, World, an_order_row, save

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def counted(world: World, code: str, version: int = 1) -> Tally:
    """What the measure counts in the whole of 2026."""
    period = Period(date(2026, 1, 1), date(2026, 12, 31), world.site.zone)
    with world.work("manager") as uow:
        found = tallies.ask(uow.session, (code, version), (world.site.id, period), uow.now)
    return total(tallies.by_month(found, period))


def some_rounds(world: World) -> None:
    """Done, late, half done, still walked, missed; one to come and one withdrawn."""
    a_walk(world, a_round(world, NOON - 5 * DAY))
    a_walk(world, a_round(world, NOON - 4 * DAY), after=65)
    a_walk(world, a_round(world, NOON - 3 * DAY), points_done=2)
    a_walk(world, a_round(world, NOON - 2 * DAY), status=RunStatus.RUNNING, finished_at=None)
    a_round(world, NOON - DAY)
    a_round(world, NOON + DAY)
    withdrawn = a_round(world, NOON - 6 * DAY)
    withdrawn.withdrawn_at = NOON
    save(withdrawn)
    # Last year's is none of this year's.
    a_walk(world, a_round(world, NOON - 200 * DAY))


def some_orders(world: World) -> None:
    """Taken soon, late, never, not yet; rated well and badly; one cancelled, one by staff."""
    reported = NOON - 5 * DAY
    soon: dict[str, Any] = {
        "reported_at": reported,
        "responded_at": reported + HOUR,
        "due_at": reported + DAY,
    }
    an_order_row(
        world,
        OrderStatus.CLOSED,
        **soon,
        completed_at=reported + 2 * HOUR,
        closed_at=reported + 3 * HOUR,
        stars=5,
    )
    an_order_row(
        world,
        OrderStatus.CLOSED,
        **soon | {"responded_at": reported + 25 * HOUR},
        completed_at=reported + 30 * HOUR,
        closed_at=reported + 31 * HOUR,
        stars=2,
    )
    an_order_row(world, reported_at=reported, due_at=reported + DAY)
    an_order_row(world, reported_at=NOON - HOUR, due_at=NOON + DAY)
    an_order_row(world, OrderStatus.CANCELLED, **soon)
    an_order_row(
        world,
        source=Source.STAFF,
        reported_at=reported,
        completed_at=reported + HOUR,
        due_at=reported + DAY,
        category=Category.LIFT,
        priority=Priority.URGENT,
    )


def some_visits(world: World) -> None:
    """Two shown well, one poorly, one not scored, one corrected; two judged, one waiting."""
    run = a_walk(world, a_round(world, NOON - DAY))
    made: list[Visit] = []
    for number, score in enumerate([80, 40, 39, None, 10]):
        visit = Visit(
            id=uuid7(),
            run_id=run.id,
            site_id=world.site.id,
            point_id=world.points[0].id,
            checkpoint_id=world.checkpoints[0].id,
            template_id=world.template.id,
            position=number,
            method=VisitMethod.SCAN,
            arrived_at=run.started_at,
            left_at=run.started_at,
            received_at=run.started_at,
            score=score,
            superseded_by=uuid7() if number == 4 else None,
        )
        save(visit)
        made.append(visit)
    looks = (Look.CREDIBLE, Look.NOT_CREDIBLE, Look.WAITING)
    for visit, look in zip(made, looks, strict=False):
        save(
            SecondLook(
                id=visit.id,
                site_id=world.site.id,
                look=look,
                drawn_at=NOON,
                judged_at=None if look is Look.WAITING else NOON - HOUR,
            )
        )


def some_accidents(world: World) -> None:
    """Of five, one is the company's and of one it is not known yet."""
    for status in AccidentStatus:
        an_accident(world, status=status, occurred_at=NOON - HOUR)
    an_accident(world, occurred_at=NOON + HOUR)


def some_complaints(world: World) -> None:
    """Answered soon, late, only taken, by the owner's own words alone, not yet; one a repair."""
    reported = NOON - 5 * DAY
    desk, owner = (world.actor(name).person_id for name in ("service_desk", "owner"))

    def complained(*said: tuple[str, UUID, timedelta], **values: Any) -> None:
        made: dict[str, Any] = {
            "category": Category.COMPLAINT,
            "reported_by": owner,
            "reported_at": reported,
            "responded_at": reported + HOUR,
        }
        order = an_order_row(world, **made | values)
        save(
            *(
                TimelineEvent(
                    site_id=world.site.id,
                    thing_kind="order",
                    thing_id=order.id,
                    verb=f"order.{past}",
                    person_id=who,
                    occurred_at=reported + after,
                    received_at=reported + after,
                )
                for past, who, after in said
            )
        )

    complained(("claimed", desk, HOUR), ("noted", desk, 3 * HOUR), ("completed", desk, 2 * DAY))
    complained(("completed", desk, 24 * HOUR))
    complained(("held", desk, 25 * HOUR))
    complained(("claimed", desk, HOUR), ("noted", owner, 2 * HOUR))
    complained(reported_at=NOON - HOUR)
    complained(("noted", desk, HOUR), category=Category.WATER)
    complained(("noted", desk, HOUR), status=OrderStatus.CANCELLED)


HAND_MADE: dict[str, tuple[Callable[[World], None], Tally]] = {
    "rounds_complete": (some_rounds, Tally(2, 5)),
    "rounds_on_time": (some_rounds, Tally(2, 5)),
    "answered_in_a_day": (some_orders, Tally(1, 3)),
    "complaints_answered": (some_complaints, Tally(2, 4)),
    "owners_satisfied": (some_orders, Tally(1, 2)),
    "stars": (some_orders, Tally(7, 2)),
    "orders_in_time": (some_orders, Tally(2, 4)),
    "looks_passed": (some_visits, Tally(1, 2)),
    "visits_proven": (some_visits, Tally(2, 3)),
    "urgent_safety": (some_orders, Tally(1, 5)),
    "accidents": (some_accidents, Tally(2, 2)),
}


@pytest.mark.parametrize("code", list(NEWEST))
def test_a_measure_counts_what_it_says(garden: World, code: str) -> None:
    make, expected = HAND_MADE[code]
    make(garden)
    assert counted(garden, code) == expected


@pytest.mark.parametrize("code", list(NEWEST))
def test_a_measure_asks_one_question(garden: World, code: str) -> None:
    period = Period(date(2026, 1, 1), date(2026, 12, 31), garden.site.zone)
    some_rounds(garden)
    with garden.work("manager") as uow, count_queries() as sent:
        tallies.ask(uow.session, (code, 1), (garden.site.id, period), uow.now)
    assert len(sent) == 1


def test_another_site_is_not_counted(garden: World, elsewhere: World) -> None:
    some_rounds(elsewhere)
    assert counted(garden, "rounds_complete") == Tally()


def test_every_version_of_a_formula_stays(garden: World) -> None:
    assert set(MEASURES) == set(tallies.ASKS)


def test_a_month_ends_at_midnight_of_the_site(garden: World) -> None:
    """Seventeen hours UTC on the last of January is the first of February in Shanghai."""
    goal = a_goal(garden)
    a_walk(garden, a_round(garden, NOON.replace(month=1, day=31, hour=15)))
    a_round(garden, NOON.replace(month=1, day=31, hour=17))
    months = {one.month: (one.part, one.whole) for one in seen(garden, goal).months}
    assert months["2026-01"] == (1, 1)
    assert months["2026-02"] == (0, 1)
    assert list(months)[-1] == "2026-03"


def test_few_cases_make_no_figure(garden: World) -> None:
    a_goal(garden)
    for day in range(1, 5):
        a_walk(garden, a_round(garden, NOON - day * DAY))
    (card,) = cards(garden)
    assert (card.standing, card.value, card.whole) == ("too_few", "", 4)
    a_walk(garden, a_round(garden, NOON - 5 * DAY))
    (card,) = cards(garden)
    assert (card.standing, card.value) == ("on_target", "100")


def test_no_accident_is_a_figure_and_one_of_which_nothing_is_found_counts(garden: World) -> None:
    goal = a_goal(garden, measure="accidents", comparison="at_most", target=0)
    (card,) = cards(garden)
    assert (card.standing, card.value) == ("on_target", "0")
    assert [(one.value, one.good) for one in seen(garden, goal).months] == [("0", True)] * 3
    accident = an_accident(garden)
    (card,) = cards(garden)
    assert (card.standing, card.value) == ("off", "1")
    asked = {"accident_id": accident.id, "liable": False, "reason": "He had run"}
    garden.do("manager", "accident.find", **asked)
    (card,) = cards(garden)
    assert (card.standing, card.value) == ("on_target", "0")


def test_a_goal_of_next_year_has_not_begun(garden: World) -> None:
    a_goal(garden, starts="2027-01-01", ends="2027-12-31")
    assert [card.standing for card in cards(garden)] == ["coming"]


PERCENT = st.builds(
    lambda whole, part: Tally(min(part, whole), whole), st.integers(5, 10**6), st.integers(0, 10**6)
)


@given(PERCENT, st.sampled_from(Comparison), st.integers(0, 1000).map(lambda one: one / 10))
def test_a_goal_is_on_target_exactly_when_its_figure_reaches_it(
    tally: Tally, comparison: Comparison, target: float
) -> None:
    measure = NEWEST["rounds_complete"]
    stands = rules.standing(measure, tally, comparison, target, begun=True)
    exact, wanted = Fraction(100 * tally.part, tally.whole), Fraction(str(target))
    good = exact >= wanted if comparison is Comparison.AT_LEAST else exact <= wanted
    assert (stands is Standing.ON_TARGET) is good


@example(Tally(999_999, 1_000_000))
@given(PERCENT)
def test_a_hundred_means_all(tally: Tally) -> None:
    said = rules.said(NEWEST["rounds_complete"].figure(tally))
    assert (said == "100") is (tally.part == tally.whole)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 366))
def test_the_months_of_a_period_are_whole_and_next_to_each_other(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days), "Asia/Shanghai")
    cuts = period.cuts
    assert len(cuts) == len(period.months) + 1
    assert cuts == sorted(set(cuts))
    assert cuts[-1] - cuts[0] == timedelta(days=days + 1)


def test_a_scale_holds_figure_and_target() -> None:
    for measure in NEWEST.values():
        assert measure.top > 0
        assert measure.unit is not Unit.PERCENT or measure.top == 100
