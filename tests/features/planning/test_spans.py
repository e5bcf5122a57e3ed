"""When tasks fall, what work that is, and where their order and their days disagree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.dates.timetable import Trigger
from propapp.core.dates.workdays import Calendar, DayRule
from propapp.core.ids import uuid7
from propapp.features.planning import gantt, months
from propapp.features.planning.spans import Clash, clashes, weekly_load, work_of
from propapp.features.planning.views import level_of, task_card
from propapp.features.plans.models import PlanTask

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def task(key: str = "one", **values: Any) -> PlanTask:
    made = {"starts": MONDAY, "ends": MONDAY + 27 * DAY, "role": Role.GUARD, "name": key} | values
    return PlanTask(plan_id=uuid7(), key=key, **made)


def windows(*hours: int) -> list[dict[str, int]]:
    return [{"opens": hour * 60, "minutes": 60, "grace": 10} for hour in hours]


def hours_of(*tasks: PlanTask, last: date = MONDAY + 6 * DAY) -> dict[date, float]:
    return weekly_load(tasks, Calendar(), MONDAY, last).get(Role.GUARD, {})


def test_what_is_done_twice_a_day_by_two_people_is_counted_so() -> None:
    twice = task(rrule="FREQ=DAILY", windows=windows(8, 20), minutes=30, people=2)
    assert hours_of(twice) == {MONDAY: 14.0}


def test_what_is_done_once_is_spread_over_its_days_and_not_over_more() -> None:
    once = task(minutes=600, ends=MONDAY + 9 * DAY)
    assert hours_of(once, last=MONDAY + 20 * DAY) == {
        MONDAY: pytest.approx(7),
        MONDAY + 7 * DAY: pytest.approx(3),
    }


def test_random_rounds_count_the_fewest_that_keep_their_promise() -> None:
    chance = {"every": 120, "minutes": 30, "begins": 0, "ends": 1440, "grace": 10}
    drawn = task(rrule="FREQ=DAILY", trigger=Trigger.RANDOM, random=chance, minutes=30)
    assert work_of(drawn, Calendar(), MONDAY, MONDAY)[0].times == 16


def test_weather_falls_on_no_day_that_is_known_before() -> None:
    rain = task(trigger=Trigger.RAIN, rrule="FREQ=DAILY")
    assert work_of(rain, Calendar(), MONDAY, MONDAY + 27 * DAY) == []


def test_workdays_keep_the_calendar() -> None:
    office = task(rrule="FREQ=DAILY", day_rule=DayRule.WORKDAYS, minutes=60)
    assert hours_of(office) == {MONDAY: 5.0}


def test_a_task_that_begins_before_what_it_waits_for_has_ended_is_told() -> None:
    first, second = task("first", ends=MONDAY + 5 * DAY), task("second", starts=MONDAY + 4 * DAY)
    third = task("third", starts=MONDAY + 5 * DAY)
    links = {"second": ["first"], "third": ["first"]}
    assert clashes([first, second, third], links) == [Clash("second", "first")]


def test_the_drawing_stays_within_its_plan_and_shows_today() -> None:
    span = MONDAY, MONDAY + 27 * DAY
    tasks = [task("a", ends=MONDAY), task("b", starts=MONDAY + 3 * DAY, milestone=True)]
    drawn = gantt.draw(tasks, {"b": ["a"]}, Calendar(), span, MONDAY + 2 * DAY)
    assert (drawn.width, drawn.height) == (28 * 24 + 1, gantt.HEAD + 2 * gantt.ROW)
    assert drawn.today == 2.5 * 24
    assert drawn.bars[0].bar
    assert not drawn.bars[0].milestone
    assert drawn.bars[1].milestone
    assert [one.key for one in drawn.arrows] == ["b<a"]
    assert gantt.draw(tasks, {}, Calendar(), span, MONDAY - DAY).today == -1


def test_a_month_says_the_routine_once_and_names_what_is_special() -> None:
    daily = task("daily", rrule="FREQ=DAILY", starts=date(2026, 3, 1), ends=date(2026, 3, 31))
    special = [task(f"special{n}", starts=MONDAY, ends=MONDAY) for n in range(6)]
    shown = months.month([daily, *special], Calendar(), date(2026, 3, 1), MONDAY)
    assert [one.id for one in shown.routine] == ["daily"]
    (monday,) = [one for one in shown.days if one.day == MONDAY.isoformat()]
    assert (len(monday.tasks), monday.more, monday.today) == (4, 2, True)
    assert len(shown.days) % 7 == 0
    assert (shown.before, shown.after) == ("2026-02-01", "2026-04-01")


def test_a_week_above_what_the_shifts_have_is_marked() -> None:
    heavy = task(rrule="FREQ=DAILY", windows=windows(8), minutes=600, ends=MONDAY + 6 * DAY)
    shown = months.load([heavy], Calendar(), MONDAY, {Role.GUARD: 40.0})
    (post,) = shown.posts
    assert (post.most, post.over, post.capacity) == (70.0, 1, 40.0)
    assert [bar.over for bar in post.weeks[:2]] == [True, False]


@pytest.mark.parametrize(
    ("priority", "level"), [(25, "high"), (15, "high"), (8, "medium"), (6, "low")]
)
def test_a_priority_has_a_word(priority: int, level: str) -> None:
    assert level_of(priority) == level


def test_a_card_says_when_in_parts_that_a_page_has_words_for() -> None:
    weekly = task_card(task(rrule="FREQ=WEEKLY;BYDAY=TU", windows=windows(9)), routes={})
    assert (weekly.repeat, weekly.weekdays, weekly.windows) == ("weekly", [1], "09:00-10:00")
    assert task_card(task(), routes={}).repeat == "once"
