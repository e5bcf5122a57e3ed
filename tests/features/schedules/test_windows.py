"""Daily windows as instants: over midnight, and through nights in which clocks jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propapp.core.ids import uuid7
from propapp.features.schedules import rules
from propapp.features.schedules.models import Occurrence
from propapp.features.schedules.rules import OccurrenceState
from tests.world import NOON

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]


def test_a_window_reaches_over_midnight() -> None:
    night = rules.dated(date(2026, 3, 10), opens=22 * 60, minutes=480, zone="Asia/Shanghai")
    assert night.opens_at == datetime(2026, 3, 10, 14, tzinfo=UTC)
    assert night.closes_at == datetime(2026, 3, 10, 22, tzinfo=UTC)


@pytest.mark.reliability("I4", "F57", "Nights of 23 and 25 hours, leap days, the turn of the year")
@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 6, 1), 8)],
)
def test_a_night_ends_at_six_by_the_wall_clock_however_long_it_is(day: date, hours: int) -> None:
    night = rules.dated(day, opens=22 * 60, minutes=480, zone="Europe/Berlin")
    assert night.closes_at - night.opens_at == timedelta(hours=hours)


@pytest.mark.reliability("I4", "F57", "Nights of 23 and 25 hours, leap days, the turn of the year")
def test_a_window_within_the_skipped_hour_keeps_its_length() -> None:
    gap = rules.dated(date(2026, 3, 29), opens=150, minutes=30, zone="Europe/Berlin")
    assert gap.closes_at - gap.opens_at == timedelta(minutes=30)


@given(
    day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    opens=st.integers(0, 1439),
    minutes=st.integers(1, 1440),
    zone=st.sampled_from(ZONES),
)
def test_every_window_closes_after_it_opens(day: date, opens: int, minutes: int, zone: str) -> None:
    dated = rules.dated(day, opens=opens, minutes=minutes, zone=zone)
    length = dated.closes_at - dated.opens_at
    assert timedelta(0) < length <= timedelta(minutes=minutes + 60)
    assert abs(dated.opens_at - datetime.combine(day, datetime.min.time(), UTC)) < timedelta(days=3)


@given(
    opens=st.integers(0, 1439),
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_tomorrows_window_opens_after_todays(opens: int, zone: str, day: date) -> None:
    today = rules.dated(day, opens=opens, minutes=30, zone=zone)
    tomorrow = rules.dated(day + timedelta(days=1), opens=opens, minutes=30, zone=zone)
    assert today.opens_at < tomorrow.opens_at


@pytest.mark.parametrize(
    ("minutes", "begun", "finished", "state"),
    [
        (-1, False, False, OccurrenceState.DUE),
        (0, False, False, OccurrenceState.OPEN),
        (60, False, False, OccurrenceState.OPEN),
        (61, False, False, OccurrenceState.LATE),
        (70, False, False, OccurrenceState.LATE),
        (71, False, False, OccurrenceState.MISSED),
        (30, True, False, OccurrenceState.RUNNING),
        (71, True, False, OccurrenceState.LATE),
        (500, True, True, OccurrenceState.DONE),
    ],
)
def test_what_a_round_is_at_each_minute(
    minutes: int, state: OccurrenceState, *, begun: bool, finished: bool
) -> None:
    occurrence = Occurrence(
        id=uuid7(),
        site_id=uuid7(),
        route_id=uuid7(),
        local_date=NOON.date(),
        opens_at=NOON,
        closes_at=NOON + timedelta(minutes=60),
    )
    now = NOON + timedelta(minutes=minutes)
    assert rules.state_of(occurrence, now=now, begun=begun, finished=finished) is state
