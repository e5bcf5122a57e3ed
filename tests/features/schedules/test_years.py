"""A year as people read it, and its notice as they enter it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from propapp.core.dates.workdays import DayKind
from propapp.core.errors import NoticeImpossible
from propapp.core.unit_of_work import looking
from propapp.features.schedules import notice_form, service, years
from propapp.features.schedules.models import CalendarDay, CalendarYear
from propapp.features.schedules.state.year import NAMES
from propapp.features.schedules.years import YearShown
from tests.counting import count_queries
from tests.world import World, rows

SPRING = {"first_spring": "2031-01-22", "last_spring": "2031-01-28", "made_up_spring": "02-08"}


def shown(world: World, year: int) -> YearShown:
    """The year as its page has it."""
    with looking(world.actor("supervisor"), clock=world.clock) as uow:
        return years.year_of(uow, year)


def enter(world: World, **form: str) -> None:
    """As the form is sent."""
    command = notice_form.notice_command({"source": "Notice"} | form, 2031, NAMES)
    with world.work("supervisor") as uow:
        service.enter_year(uow, command)


def test_an_announced_year_has_its_breaks_with_what_is_made_up_for(garden: World) -> None:
    year = shown(garden, 2026)
    found = {one.name: one for one in year.breaks}
    assert year.known == "announced"
    assert (found["spring"].first, found["spring"].last) == ("2026-02-15", "2026-02-23")
    assert found["spring"].make_ups == ["2026-02-14", "2026-02-28"]
    assert found["national"].count == 7
    assert len(found) == len(year.breaks) == 7
    february = year.months[1].days
    assert (february[13].kind, february[13].column) == ("make_up_workday", 6)


def test_a_year_that_is_not_announced_is_marked_and_so_is_the_year_before(garden: World) -> None:
    assert shown(garden, 2031).known == "unknown"
    assert shown(garden, 2030).next_unknown
    enter(garden, **SPRING)
    year = shown(garden, 2031)
    assert (year.known, year.source) == ("entered", "Notice")
    assert not shown(garden, 2030).next_unknown
    spring = next(one for one in year.breaks if one.name == "spring")
    # The weekend before it belongs to the days off as well.
    assert (spring.last, spring.make_ups) == ("2031-01-28", ["2031-02-08"])


def test_a_notice_that_is_entered_again_replaces_the_first_one_whole(garden: World) -> None:
    enter(garden, **SPRING)
    enter(garden, first_national="10-01", last_national="10-07")
    assert {one.name for one in rows(CalendarDay)} == {"national"}
    assert [one.year for one in rows(CalendarYear)] == [2031]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"first_spring": "2031-01-22", "last_spring": "2031-01-20"},
        {"first_spring": "2031-02-30"},
        {"first_spring": "2030-12-31"},
        {"first_spring": "someday"},
        {"last_spring": "2031-01-22"},
        {"made_up_spring": "02-08"},
        SPRING | {"made_up_spring": "02-10"},
        SPRING | {"made_up_spring": "01-25"},
        SPRING | {"made_up_spring": "02-08 02-08"},
        SPRING | {"first_new_year": "01-22"},
    ],
)
def test_a_notice_that_cannot_be_is_refused_and_nothing_is_written(
    garden: World, wrong: dict[str, Any]
) -> None:
    with pytest.raises(NoticeImpossible):
        enter(garden, **wrong)
    assert rows(CalendarDay) == []


def test_days_are_read_as_people_write_them() -> None:
    form = SPRING | {"source": "Notice", "made_up_spring": "2031-02-08、02-15，"}
    days = notice_form.notice_command(form, 2031, NAMES).days
    made_up = [one.day for one in days if one.kind is DayKind.MAKE_UP_WORKDAY]
    assert made_up == [date(2031, 2, 8), date(2031, 2, 15)]


def test_a_year_is_a_fixed_number_of_questions(garden: World) -> None:
    with count_queries() as few:
        shown(garden, 2031)
    enter(garden, **SPRING)
    with count_queries() as many:
        shown(garden, 2031)
    assert len(few) == len(many)
