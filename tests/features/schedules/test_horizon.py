"""The house makes the rounds of the next fourteen days, once, as the schedules say now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from propapp.core.dates.workdays import DayKind, DayRule
from propapp.core.ids import uuid7
from propapp.features.schedules import horizon, jobs
from propapp.features.schedules.models import (
    CalendarDay,
    CalendarYear,
    Occurrence,
    Route,
    TaskSchedule,
)
from tests.counting import queries
from tests.world import NOON, World, a_run, a_schedule, rows, save, write

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def nights(garden: World) -> World:
    """The garden with a round in the afternoon and one over midnight."""
    a_schedule(garden, (13 * 60, 60), (23 * 60, 120))
    return garden


def hours_from_noon(*, within: timedelta = timedelta(days=2)) -> list[float]:
    """When the wanted rounds open, in hours from now."""
    opening = sorted(one.opens_at for one in wanted() if one.opens_at <= NOON + within)
    return [(one - NOON) / timedelta(hours=1) for one in opening]


def wanted() -> list[Occurrence]:
    """The rounds that are not withdrawn."""
    return [one for one in rows(Occurrence) if one.withdrawn_at is None]


def local(one: Occurrence) -> datetime:
    """When it opens, by the clocks of the site."""
    return one.opens_at.astimezone(SHANGHAI)


def change(schedule_id: UUID, **values: Any) -> None:
    """Another rule, as a supervisor's revision leaves it."""
    with write() as session:
        schedule = session.get_one(TaskSchedule, schedule_id)
        for name, value in values.items():
            setattr(schedule, name, value)
        schedule.made_edition = ""


def test_fourteen_days_ahead_and_nothing_that_is_past(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    assert hours_from_noon() == [1, 11, 25, 35]
    assert max(one.opens_at for one in wanted()) >= NOON + timedelta(days=13, hours=23)
    assert len(wanted()) <= 2 * 16


def test_the_round_of_last_night_that_still_runs_is_there(nights: World) -> None:
    nights.clock.set(NOON + timedelta(hours=12, minutes=30))  # half past midnight
    jobs.keep_horizon(nights.clock)
    assert min(one.opens_at for one in rows(Occurrence)) == NOON + timedelta(hours=11)


@pytest.mark.reliability("I4", "F57", "Nights of 23 and 25 hours, leap days, the turn of the year")
def test_a_night_over_the_new_year_belongs_to_the_old_one(garden: World) -> None:
    garden.clock.set(datetime(2026, 12, 31, 4, tzinfo=NOON.tzinfo))
    a_schedule(garden, (23 * 60, 120))
    jobs.keep_horizon(garden.clock)
    night = min(wanted(), key=lambda one: one.opens_at)
    assert night.local_date == date(2026, 12, 31)
    assert night.closes_at.astimezone(SHANGHAI) == datetime(2027, 1, 1, 1, tzinfo=SHANGHAI)
    # Nobody has announced 2027 yet, and its rounds say so.
    assert {one.provisional for one in wanted() if one.local_date.year == 2026} == {False}
    assert {one.provisional for one in wanted() if one.local_date.year == 2027} == {True}


def test_running_twice_makes_nothing_twice_and_forgets_nothing(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    first = rows(Occurrence)
    with write() as session:
        session.get_one(Occurrence, first[0].id).missed_at = NOON
    assert jobs.keep_horizon(nights.clock) == 0
    change(rows(TaskSchedule)[0].id)  # made anew, though nothing changed
    jobs.keep_horizon(nights.clock)
    assert {one.id for one in rows(Occurrence)} == {one.id for one in first}
    assert [one.missed_at for one in rows(Occurrence, id=first[0].id)] == [NOON]


def test_the_next_day_adds_one_day(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    before = len(wanted())
    nights.clock.move(timedelta(days=1))
    assert jobs.keep_horizon(nights.clock) == 2
    assert len(wanted()) == before + 2


def test_a_route_that_rests_has_no_rounds(nights: World) -> None:
    with write() as session:
        session.get_one(Route, nights.route.id).active = False
    assert jobs.keep_horizon(nights.clock) == 0
    assert rows(Occurrence) == []


def test_a_route_given_up_loses_what_it_had_ahead_but_no_row(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    made = len(rows(Occurrence))
    with write() as session:
        session.get_one(Route, nights.route.id).active = False
    jobs.keep_horizon(nights.clock)
    assert wanted() == []
    assert len(rows(Occurrence)) == made


def test_another_rule_withdraws_what_it_does_not_want_and_keeps_what_it_does(
    nights: World,
) -> None:
    jobs.keep_horizon(nights.clock)
    schedule = rows(TaskSchedule)[0]
    change(schedule.id, windows=[{"opens": 13 * 60, "minutes": 90, "grace": 5}])
    jobs.keep_horizon(nights.clock)
    assert {local(one).hour for one in wanted()} == {13}
    assert {(one.closes_at - one.opens_at, one.grace) for one in wanted()} == {
        (timedelta(minutes=90), 5)
    }
    change(schedule.id, windows=schedule.windows)
    jobs.keep_horizon(nights.clock)
    assert {local(one).hour for one in wanted()} == {13, 23}


def test_what_is_open_already_is_not_taken_away(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    nights.clock.move(timedelta(hours=1, minutes=10))
    run_id = a_run(nights, occurrence=min(wanted(), key=lambda one: one.opens_at))
    change(rows(TaskSchedule)[0].id, windows=[{"opens": 600, "minutes": 60, "grace": 5}])
    jobs.keep_horizon(nights.clock)
    assert run_id
    assert min(one.opens_at for one in wanted()) == NOON + timedelta(hours=1)


def test_two_schedules_that_want_the_same_round_share_it(nights: World) -> None:
    other = a_schedule(nights, (13 * 60, 60))
    jobs.keep_horizon(nights.clock)
    with write() as session:
        session.get_one(TaskSchedule, other.id).active = False
        for one in rows(TaskSchedule):
            session.get_one(TaskSchedule, one.id).made_edition = ""
    for _ in range(2):  # the second look gives back what the first one took with it
        jobs.keep_horizon(nights.clock)
    assert {local(one).hour for one in wanted()} == {13, 23}


def test_workdays_follow_the_announced_calendar(garden: World) -> None:
    garden.clock.set(datetime(2026, 4, 30, 0, tzinfo=NOON.tzinfo))
    a_schedule(garden, (480, 60), day_rule=DayRule.WORKDAYS)
    jobs.keep_horizon(garden.clock)
    days = sorted(one.local_date for one in wanted())
    # The May holiday is free, and Saturday the ninth is worked for it.
    assert [f"{day:%m%d}" for day in days][:5] == ["0430", "0506", "0507", "0508", "0509"]
    assert date(2026, 5, 10) not in days


def test_a_notice_that_comes_late_moves_what_was_made_by_weekends(garden: World) -> None:
    garden.clock.set(datetime(2031, 1, 30, 2, tzinfo=NOON.tzinfo))
    a_schedule(
        garden,
        (480, 60),
        day_rule=DayRule.WORKDAYS,
        starts=date(2031, 1, 1),
        ends=date(2031, 12, 31),
    )
    jobs.keep_horizon(garden.clock)
    worked_saturday, free_monday = date(2031, 2, 8), date(2031, 2, 3)
    assert {one.provisional for one in wanted()} == {True}
    save(
        CalendarYear(year=2031, source="State Council notice"),
        CalendarDay(day=worked_saturday, kind=DayKind.MAKE_UP_WORKDAY),
        CalendarDay(day=free_monday, kind=DayKind.HOLIDAY),
    )
    jobs.keep_horizon(garden.clock)
    days = {one.local_date for one in wanted()}
    assert worked_saturday in days
    assert free_monday not in days
    assert {one.provisional for one in wanted()} == {False}


def test_a_season_passes_the_new_year(garden: World) -> None:
    garden.clock.set(datetime(2027, 2, 25, 0, tzinfo=NOON.tzinfo))
    a_schedule(garden, (480, 60), season={"from": "11-15", "to": "02-28"})
    jobs.keep_horizon(garden.clock)
    assert max(one.local_date for one in wanted()) == date(2027, 2, 28)


def test_hourly_rounds_every_other_hour(garden: World) -> None:
    a_schedule(garden, (10, 20), rrule="FREQ=HOURLY;INTERVAL=2")
    jobs.keep_horizon(garden.clock)
    today = [local(one) for one in wanted() if one.local_date == date(2026, 3, 11)]
    assert [(one.hour, one.minute) for one in sorted(today)] == [
        (hour, 10) for hour in range(0, 24, 2)
    ]


def test_many_windows_and_schedules_ask_no_more_than_few(
    nights: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with queries(6):
        jobs.keep_horizon(nights.clock)
    for minute in range(0, 600, 50):
        a_schedule(nights, *[(minute + more, 5) for more in range(0, 50, 5)])
    with queries(6):
        jobs.keep_horizon(nights.clock)
    assert len(rows(Occurrence)) > 1500
    with queries(3):  # nothing is behind: a look at the calendar and one at the schedules
        jobs.keep_horizon(nights.clock)


def test_so_many_at_a_time_and_all_in_the_end(
    nights: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (horizon, jobs):
        monkeypatch.setattr(module, "AT_A_TIME", 2)
    monkeypatch.setattr(horizon.Sweep.run, "__kwdefaults__", {"limit": 2})
    routes = [
        Route(id=uuid7(), site_id=nights.site.id, name=f"R{number}", role=nights.route.role)
        for number in range(5)
    ]
    save(*routes)
    for route in routes:
        a_schedule(nights, (480, 60), route_id=route.id)
    jobs.keep_horizon(nights.clock)
    assert {one.route_id for one in rows(Occurrence)} == {
        nights.route.id,
        *(route.id for route in routes),
    }
