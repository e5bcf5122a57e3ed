"""Weather begins rounds, said by hand or by a service, and the same word only once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from propapp.core.errors import AlreadyThere, InvalidInput
from propapp.core.ids import uuid7
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, Trigger, WeatherEvent
from tests.world import NOON, World, a_schedule, rows

RAIN: dict[str, Any] = {"weather": "weather:rain", "key": "2026-03-10/1"}

FROST: dict[str, Any] = RAIN | {"weather": "weather:frost"}


@pytest.fixture
def rainy(garden: World) -> World:
    """The garden with a round at once and one an hour later when it rains, and one for frost."""
    a_schedule(garden, (0, 45), (60, 30), trigger=Trigger.RAIN)
    a_schedule(garden, (0, 45), trigger=Trigger.FROST)
    return garden


def test_rain_begins_the_rounds_that_wait_for_it(rainy: World) -> None:
    rainy.clock.move(timedelta(minutes=3))
    jobs.keep_horizon(rainy.clock)
    assert rows(Occurrence) == []
    event = rainy.do("supervisor", "weather.announce", site_id=rainy.site.id, **RAIN)
    assert event.rounds == 2
    opening = sorted((one.opens_at, one.closes_at - one.opens_at) for one in rows(Occurrence))
    assert opening == [
        (NOON, timedelta(minutes=45)),
        (NOON + timedelta(hours=1), timedelta(minutes=30)),
    ]
    assert {one.kind for one in rows(Occurrence)} == {"weather:rain"}


def test_the_same_word_again_begins_nothing_again(rainy: World) -> None:
    for _ in range(3):
        rainy.do("supervisor", "weather.announce", site_id=rainy.site.id, **RAIN)
        rainy.clock.move(timedelta(minutes=30))
    assert len(rows(WeatherEvent)) == 1
    assert len(rows(Occurrence)) == 2
    with pytest.raises(AlreadyThere):
        rainy.do("supervisor", "weather.announce", site_id=rainy.site.id, **FROST)


def test_a_sweep_leaves_what_the_weather_began(rainy: World) -> None:
    rainy.do("supervisor", "weather.announce", site_id=rainy.site.id, **RAIN)
    a_schedule(rainy, (480, 60))
    jobs.keep_horizon(rainy.clock)
    assert not any(one.withdrawn_at for one in rows(Occurrence))


@pytest.mark.parametrize(
    "change", [{"weather": "calendar"}, {"happened_at": NOON - timedelta(days=2)}]
)
def test_what_is_no_weather_of_today_is_refused(rainy: World, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        rainy.do("supervisor", "weather.announce", site_id=rainy.site.id, **RAIN | change)
    assert rows(Occurrence) == []


def test_a_token_is_told_once_and_kept_as_a_hash(rainy: World) -> None:
    hook, token = rainy.do(
        "supervisor", "weather_hook.make", hook_id=uuid7(), site_id=rainy.site.id, label="Bureau"
    )
    assert token not in hook.model_dump_json()
