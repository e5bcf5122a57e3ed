"""A weather service speaks for one site, with a token of its own, and the same word once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from propapp.core.clock import SystemClock
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import unit_of_work
from propapp.core.use_case import load_use_cases
from propapp.features.schedules.models import Occurrence, Trigger, WeatherEvent, WeatherHook
from tests.world import World, a_schedule, a_world, rows

RAIN = {"key": "bureau/4711", "weather": "rain", "text": "Red warning"}
NewClient = Callable[[], TestClient]


@pytest.fixture
def rainy(database: object) -> World:
    """A site with a round for rain."""
    world = a_world()
    a_schedule(world, (0, 45), trigger=Trigger.RAIN)
    return world


def do(world: World, verb: str, **values: Any) -> Any:
    """As the supervisor, now."""
    case = load_use_cases()[verb]
    with unit_of_work(world.actor("supervisor"), clock=SystemClock()) as uow:
        return case.run(uow, case.command_type(**values))


@pytest.fixture
def token(rainy: World) -> str:
    """A token of the site."""
    return do(rainy, "weather_hook.make", hook_id=uuid7(), site_id=rainy.site.id, label="Bureau")[1]


def send(client: TestClient, token: str, body: Any = RAIN) -> Any:
    """One call of the service."""
    return client.post(
        "/api/v1/hooks/weather", json=body, headers={"Authorization": f"Bearer {token}"}
    )


def test_rain_begins_its_rounds_once(rainy: World, token: str, new_client: NewClient) -> None:
    client = new_client()
    first, second = send(client, token), send(client, token)
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert first.json()["rounds"] == 1
    assert len(rows(Occurrence)) == len(rows(WeatherEvent)) == 1
    other = send(client, token, RAIN | {"weather": "snow"})
    assert (other.status_code, other.json()["error"]["code"]) == (409, "already_there")


def test_no_token_opens_nothing(rainy: World, token: str, new_client: NewClient) -> None:
    client = new_client()
    for wrong in ("", "guess", token + "x"):
        assert send(client, wrong).status_code == 401
    do(rainy, "weather_hook.revoke", hook_id=rows(WeatherHook)[0].id)
    assert send(client, token).status_code == 401
    assert rows(WeatherEvent) == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"key": "", "weather": "rain"},
        {"key": "a", "weather": "hail"},
        {"key": "a", "weather": "rain", "at": "yesterday"},
        {"key": "a", "weather": "rain", "at": "2020-01-01T00:00:00Z"},
        {"key": "a", "weather": "rain", "site_id": "0196c1c5-0000-7000-8000-000000000003"},
        {"key": "a" * 81, "weather": "rain"},
    ],
)
def test_what_is_no_report_is_refused_and_nothing_begins(
    token: str, new_client: NewClient, body: Any
) -> None:
    assert send(new_client(), token, body).status_code == 422
    assert rows(WeatherEvent) == []


def test_another_sites_rounds_do_not_begin(rainy: World, token: str, new_client: NewClient) -> None:
    other = a_world("LX")
    a_schedule(other, (0, 45), trigger=Trigger.RAIN)
    send(new_client(), token)
    assert {one.site_id for one in rows(Occurrence)} == {rainy.site.id}
