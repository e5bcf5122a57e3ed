"""The n-th call of the database fails in what the office asks: a code, nothing half, all heals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from propapp.api import parcel_shelf
from propapp.core.clock import SystemClock
from propapp.core.ids import uuid7
from propapp.features.schedules.models import Trigger
from tests.faults.loop import Loop
from tests.faults.office import STEPS, Office, all_came_once, is_taken_in, nothing_is_half_done
from tests.reliability import SOAK, record
from tests.sync.courier import Courier
from tests.world import a_schedule, a_world

WHAT = (
    "The n-th call of the database fails in what the office asks, once, for ever, after the commit"
)
PATIENCE = 4


@pytest.fixture
def office(
    database: Path, tmp_path: Path, new_client: Callable[[], TestClient]
) -> Iterator[Office]:
    """A morning with rain, and a file from a guard whose phone is broken."""
    world = a_world()
    world.clock = SystemClock()  # type: ignore[assignment]
    a_schedule(world, (0, 45), trigger=Trigger.RAIN)
    made = {"hook_id": uuid7(), "site_id": world.site.id, "label": "Bureau"}
    token = world.do("supervisor", "weather_hook.make", **made)[1]
    guard = world.actor("guard")
    with Courier(guard) as phone:
        phone.is_told()
        for locale in ("en", "zh-CN"):
            phone.says("account.choose_language", guard.person_id, locale=locale)
        phone.packs(tmp_path / "file")
    with new_client() as client:
        yield Office.opens(world, client, (tmp_path / "file").read_bytes(), token)


def heals(office: Office, step: str) -> None:
    """The same step again, as often as somebody would tap; the house does the rest by itself."""
    assert any(office.act(step) for _ in range(PATIENCE)), (step, office.answers()[-1].text)
    parcel_shelf.keep_shelf()
    if step == "parcel" and not is_taken_in():
        # The page says that it failed, and the file is brought again.
        assert office.act(step)
        assert is_taken_in()


@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("mode", ["once", "for ever", "unheard"])
def test_every_call_of_the_database_may_fail_under_the_office(
    office: Office, database: Path, tmp_path: Path, mode: str, request: pytest.FixtureRequest
) -> None:
    with record(request, WHAT, "I1 I2 I6 I11", "F44 F45", 0, "faults") as entry:
        loop = Loop[Office](database, tmp_path / "before", mode)
        for step in STEPS:
            for tried in loop.each_call(office, step):
                nothing_is_half_done()
                heals(tried, step)
                nothing_is_half_done()
            heals(office, step)
        all_came_once()
        entry["runs"] = loop.faults
        assert loop.faults > (5 if mode == "unheard" else 40)
