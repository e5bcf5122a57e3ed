"""What hours come to: sums are sums, nobody is cut in two, the same choice differs in nothing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from propapp.core.access import Role
from propapp.core.dates.workdays import Calendar, DayKind
from propapp.core.ids import derived_id
from propapp.features.planning import costing, sides
from propapp.features.planning.costing import Cost
from propapp.features.plans import yearly
from propapp.features.plans.norms import Has, norms
from propapp.features.plans.yearly import Wanted, YearPlan
from propapp.features.rosters.duty import DutyLimits
from propapp.features.standards import figures

WORK = st.dictionaries(st.sampled_from(Role), st.integers(0, 3_000_000), max_size=6)
PAY = st.dictionaries(st.sampled_from([role.value for role in Role]), st.integers(0, 100_000))
HOURS = st.integers(100, 4000)
OFTEN = st.sampled_from(["1/day", "2/day", "1/2 hour", "1/week", "3/week", "1/month", "1/quarter"])
ASKED = st.dictionaries(st.sampled_from(sorted(norms())), OFTEN, max_size=6)


def year(asked: dict[str, str]) -> YearPlan:
    wanted = [
        Wanted(derived_id("test", subject), "X1", subject, subject, "", figures.read(often))
        for subject, often in asked.items()
    ]
    has = dict.fromkeys(Has, 3)
    return yearly.draw_up(wanted, {}, year=2026, city="", has=has, norms=norms())


@given(WORK, PAY, HOURS)
def test_posts_add_up_to_the_total_and_work_costs_what_its_hours_cost(
    minutes: dict[Role, int], hourly: dict[str, int], hours: int
) -> None:
    cost = costing.cost(minutes, hourly, hours)
    assert cost.minutes == sum(minutes.values())
    assert cost.fen == sum(one.fen for one in cost.posts)
    assert cost.people == sum(one.people for one in cost.posts)
    for one in cost.posts:
        exact = Fraction(minutes[one.role] * hourly.get(one.role.value, 0), 60)
        assert abs(one.fen - exact) <= Fraction(1, 2)


@given(WORK, HOURS)
def test_as_many_people_as_it_takes_and_not_one_more(minutes: dict[Role, int], hours: int) -> None:
    for one in costing.cost(minutes, {}, hours).posts:
        assert one.people * hours * 60 >= one.minutes
        assert (one.people - 1) * hours * 60 < one.minutes or one.people == 0
        assert one.people * 10 - 9 <= one.tenths <= one.people * 10 or one.people == 0


@settings(deadline=None)
@given(ASKED, PAY)
def test_the_same_choice_twice_has_no_difference(
    asked: dict[str, str], hourly: dict[str, int]
) -> None:
    plan = year(asked)
    cost = costing.cost(plan.minutes, hourly, 2000)
    shown = sides.result(plan, year(asked), (cost, cost))
    assert not shown.changes
    lines = [shown.total, *shown.posts]
    amounts = [amount for one in lines for amount in (one.hours, one.people, one.cost)]
    assert all(amount.trend == "same" and amount.one == amount.other for amount in amounts)


@settings(deadline=None)
@given(ASKED, ASKED)
def test_the_difference_of_the_posts_is_that_of_the_tasks(
    before: dict[str, str], after: dict[str, str]
) -> None:
    one, other = year(before), year(after)
    shown = sides.result(one, other, (Cost(), Cost()))
    by_key = {doing.spec.key: doing.minutes for doing in one.doings}
    now = {doing.spec.key: doing.minutes for doing in other.doings}
    changed = {line.key for line in shown.changes}
    assert all(by_key[key] == now[key] for key in {*by_key, *now} - changed)
    more = sum(now.get(key, 0) - by_key.get(key, 0) for key in changed)
    assert more == sum(other.minutes.values()) - sum(one.minutes.values())


def test_a_difference_has_its_sign() -> None:
    one = costing.cost({Role.GUARD: 600, Role.CLEANER: 60}, {"guard": 2650}, 100)
    other = costing.cost({Role.GUARD: 90}, {"guard": 2650}, 100)
    empty = year({})
    shown = sides.result(empty, empty, (one, other))
    guard = shown.posts[0]
    assert (guard.hours.one, guard.hours.other) == ("10", "1.5")
    assert (guard.hours.more, guard.hours.trend) == ("\N{MINUS SIGN}8.5", "less")
    assert (guard.cost.one, guard.cost.other) == ("265", "39.75")
    assert shown.total.people.more == "\N{MINUS SIGN}1"
    swapped = sides.result(empty, empty, (other, one))
    assert (swapped.total.cost.more, swapped.total.cost.trend) == ("+225.25", "more")


def test_a_person_has_eight_hours_a_workday_as_far_as_the_rules_of_duty_go() -> None:
    days = sum(Calendar().kind(date.fromordinal(one)).is_worked for one in _of_2026())
    assert costing.hours_of_person(Calendar(), 2026, DutyLimits()) == days * 8
    free = Calendar({date(2026, 3, 10): DayKind.HOLIDAY})
    assert costing.hours_of_person(free, 2026, DutyLimits()) == days * 8 - 8
    part = DutyLimits(week=20 * 60)
    assert costing.hours_of_person(Calendar(), 2026, part) == 20 * 365 // 7


def _of_2026() -> range:
    return range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
