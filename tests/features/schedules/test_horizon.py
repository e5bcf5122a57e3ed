"""The house makes the rounds of the next two days, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.ids import uuid7
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, Route, RouteWindow
from tests.counting import queries
from tests.world import NOON, World, rows, save, write


@pytest.fixture
def nights(garden: World) -> World:
    """The garden with a round in the afternoon and one over midnight."""
    save(
        RouteWindow(id=uuid7(), route_id=garden.route.id, opens=13 * 60, minutes=60),
        RouteWindow(id=uuid7(), route_id=garden.route.id, opens=23 * 60, minutes=120, grace=5),
    )
    return garden


def test_two_days_ahead_and_nothing_that_is_past(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    opening = sorted((one.opens_at - NOON) / timedelta(hours=1) for one in rows(Occurrence))
    assert opening == [1, 11, 25, 35]


def test_the_round_of_last_night_that_still_runs_is_there(nights: World) -> None:
    nights.clock.set(NOON + timedelta(hours=12, minutes=30))  # half past midnight
    jobs.keep_horizon(nights.clock)
    assert min(one.opens_at for one in rows(Occurrence)) == NOON + timedelta(hours=11)


def test_running_twice_makes_nothing_twice_and_forgets_nothing(nights: World) -> None:
    jobs.keep_horizon(nights.clock)
    first = rows(Occurrence)
    with write() as session:
        session.get_one(Occurrence, first[0].id).missed_at = NOON
    jobs.keep_horizon(nights.clock)
    assert {one.id for one in rows(Occurrence)} == {one.id for one in first}
    assert [one.missed_at for one in rows(Occurrence, id=first[0].id)] == [NOON]


def test_a_route_that_rests_has_no_rounds(nights: World) -> None:
    with write() as session:
        session.get_one(Route, nights.route.id).active = False
    assert jobs.keep_horizon(nights.clock) == 0
    assert rows(Occurrence) == []


def test_many_windows_ask_no_more_than_few(nights: World) -> None:
    with queries(2):
        jobs.keep_horizon(nights.clock)
    save(
        *[
            RouteWindow(id=uuid7(), route_id=nights.route.id, opens=minute, minutes=5)
            for minute in range(0, 600, 20)
        ]
    )
    with queries(2):
        jobs.keep_horizon(nights.clock)
    assert len(rows(Occurrence)) > 60
