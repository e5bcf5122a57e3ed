"""Our reading of recurrence rules, held against dateutil's; and what is refused with which word."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from propapp.core.dates.recurrence import WEEKDAYS, falling, parse
from propapp.core.errors import RuleUnreadable

START = date(2026, 1, 1)


def days_of(rule: str, starts: date = START, last: date = date(2030, 12, 31)) -> list[date]:
    """The days that we say the rule falls on."""
    return [one.day for one in falling(rule, starts, starts, last)]


def moments(rule: str, starts: date, first: date, last: date) -> list[datetime]:
    """Every instant that we say the rule falls on, by the clock of the wall."""
    return [
        datetime.combine(one.day, time(hour))
        for one in falling(rule, starts, first, last)
        for hour in one.hours
    ]


def judged(rule: str, starts: date, first: date, last: date) -> list[datetime]:
    """What dateutil says, which counts."""
    begin = datetime.combine(starts, time())
    end = datetime.combine(last, time(23, 59))
    found: list[datetime] = []
    try:
        asked = rrulestr(rule, dtstart=begin)
    except ValueError as refusal:
        # Hours that the interval never reaches; dateutil will not even begin.
        assert "empty set" in str(refusal)
        return []
    for one in asked:
        if one > end:
            break
        if one.date() >= first:
            found.append(one)
    return found


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule that happens at least now and then, so that dateutil comes to an end."""
    freq = draw(st.sampled_from(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 5))}"]
    wide = freq in {"MONTHLY", "YEARLY"}
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=4, unique=True))
    nth = draw(st.sampled_from(["", "1", "2", "-1", "-2"])) if wide else ""
    if weekdays:
        parts.append("BYDAY=" + ",".join(nth + day for day in weekdays))
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    if months and freq != "HOURLY":
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if not weekdays and freq in {"MONTHLY", "YEARLY", "DAILY"} and draw(st.booleans()):
        month_days = draw(
            st.lists(st.integers(1, 28) | st.integers(-28, -1), min_size=1, max_size=3, unique=True)
        )
        parts.append("BYMONTHDAY=" + ",".join(map(str, month_days)))
    if wide and weekdays and not nth and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1, -2]))}")
    if freq == "HOURLY" and draw(st.booleans()):
        hours = draw(st.lists(st.integers(0, 23), min_size=2, max_size=9, unique=True))
        parts.append("BYHOUR=" + ",".join(map(str, hours)))
    if freq == "WEEKLY" and draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    ending = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if ending == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    if ending == "UNTIL":
        until = START + timedelta(days=draw(st.integers(0, 500)))
        parts.append(f"UNTIL={until:%Y%m%d}T235900")
    return ";".join(parts)


@given(
    rule=rules(),
    starts=st.dates(START, date(2027, 3, 1)),
    skipped=st.integers(0, 200),
    span=st.integers(0, 800),
)
@settings(max_examples=300, deadline=None)
@example("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2026, 3, 1), 0, 5000)
@example("FREQ=YEARLY;BYDAY=-1FR", date(2026, 1, 31), 3, 800)
@example("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 1, 31), 0, 800)
@example("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", date(2026, 1, 1), 0, 60)
@example("FREQ=HOURLY;INTERVAL=5;COUNT=30", date(2026, 12, 30), 2, 20)
def test_a_rule_falls_where_dateutil_says(rule: str, starts: date, skipped: int, span: int) -> None:
    first = starts + timedelta(days=skipped)
    last = first + timedelta(days=span)
    assert moments(rule, starts, first, last) == judged(rule, starts, first, last)


def test_it_goes_on_over_the_turn_of_the_year() -> None:
    days = days_of("FREQ=DAILY;INTERVAL=3", date(2026, 12, 28), date(2027, 1, 4))
    assert days == [date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 3)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
    ],
)
def test_what_never_happens_is_known_at_once(rule: str) -> None:
    assert days_of(rule) == []


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("", ""),
        ("every day", "EVERY DAY"),
        ("FREQ=SECONDLY", "FREQ"),
        ("FREQ=MINUTELY;INTERVAL=5", "FREQ"),
        ("INTERVAL=2", "FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=DAILY;INTERVAL=2;INTERVAL=3", "INTERVAL=3"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH=13"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY"),
        ("FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260301", "COUNT"),
        ("FREQ=YEARLY;BYEASTER=1", "BYEASTER=1"),
        ("FREQ=DAILY;COUNT=1,2", "COUNT=1,2"),
    ],
)
def test_what_cannot_be_read_is_named(rule: str, part: str) -> None:
    with pytest.raises(RuleUnreadable) as refusal:
        parse(rule)
    assert refusal.value.facts["part"] == part


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        parse(text)
    except RuleUnreadable:
        return
    assert "FREQ" in text.upper()
