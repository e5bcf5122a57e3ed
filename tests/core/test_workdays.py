"""The days that the State Council announced, day by day, and those it has not announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propapp.core.dates.workdays import Calendar, DayKind, DayRule

# From the notices on holidays of each year: free weekdays and worked weekends, all of them.
ANNOUNCED = {
    2024: (
        (
            "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 "
            "1004 1007"
        ),
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: (
        "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        (
            "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 "
            "1006 1007"
        ),
        "0104 0214 0228 0509 0920 1010",
    ),
}
CALENDAR = Calendar()


def day_in(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))


def days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=count)
        for count in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize("year", ANNOUNCED)
def test_every_day_of_an_announced_year_is_what_the_notice_says(year: int) -> None:
    free, worked = ({day_in(year, text) for text in part.split()} for part in ANNOUNCED[year])
    for day in days_of(year):
        kind = CALENDAR.kind(day)
        if day.weekday() < 5:
            assert kind.is_worked is (day not in free), day
        else:
            assert (kind is DayKind.MAKE_UP_WORKDAY) is (day in worked), day
        assert CALENDAR.is_announced(day)


def test_a_year_that_is_not_announced_yet_says_so_and_goes_by_weekends() -> None:
    new_year = date(2031, 2, 8)  # a Saturday that a notice might make a working day
    assert not CALENDAR.is_announced(new_year)
    assert CALENDAR.kind(new_year) is DayKind.REST_DAY
    assert CALENDAR.kind(date(2031, 10, 1)) is DayKind.HOLIDAY  # the law itself names it


def test_the_company_knows_better_and_then_the_edition_changes() -> None:
    day = date(2031, 2, 8)
    own = Calendar({day: DayKind.MAKE_UP_WORKDAY})
    assert own.kind(day) is DayKind.MAKE_UP_WORKDAY
    assert own.is_announced(day)
    assert not own.is_announced(day + timedelta(days=1))
    assert own.edition(day, day) != CALENDAR.edition(day, day)
    assert Calendar(years={2031}).is_announced(date(2031, 12, 31))
    assert CALENDAR.edition(day, day) == Calendar().edition(day, day)


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_each_day_is_either_worked_or_free(day: date) -> None:
    kept = [rule for rule in DayRule if CALENDAR.keeps(rule, day)]
    assert len(kept) == 2
    assert DayRule.EVERY in kept
    if day.weekday() < 5:
        assert CALENDAR.kind(day) in {DayKind.WORKDAY, DayKind.HOLIDAY}
    else:
        assert CALENDAR.kind(day) is not DayKind.WORKDAY
