"""The n-th call of the database fails, for every n of a day: a code, nothing half, all heals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from propapp.api.house import TICKS
from propapp.core.clock import SystemClock
from propapp.core.making.models import ExportStatus
from propapp.core.ticks import Ticker
from propapp.features.evidence.models import EvidenceExport
from propapp.features.people.models import Account
from tests.api.conftest import HASHED
from tests.factories import store
from tests.faults.checks import nothing_is_half_there, the_round_is_there_once
from tests.faults.database import rows_of_all_tables
from tests.faults.day import STEPS, USERNAME, Day
from tests.faults.loop import Loop
from tests.reliability import SOAK, record
from tests.world import a_world, rows

WHAT = "The n-th call of the database fails, for every n of a day, once, for ever, after the commit"
# What the house makes up for by itself each minute, without anybody asking.
REPAIRS = {"photos", "seal", "evidence", "exports"}
# So often a person or a phone tries at most, once everything is well again.
PATIENCE = 4


@pytest.fixture
def day(database: Path, new_client: Callable[[], TestClient]) -> Iterator[Day]:
    """A morning on which nothing has happened yet."""
    world = a_world()
    world.clock = SystemClock()  # type: ignore[assignment]
    person_id = world.actor(USERNAME).person_id
    store(Account(person_id=person_id, username=USERNAME, password_hash=HASHED))
    # Entered, all requests share one event loop, as a server's do.
    with new_client() as client:
        yield Day.begins(world, client)


def heals(day: Day, step: str) -> None:
    """The same step again, as often as a phone would; what is left then is for the house."""
    assert any(day.act(step) for _ in range(PATIENCE)), (step, day.answers()[-1].text)
    day.answers()
    if step == "photo":
        # The phone has its answer; a seal that was lost behind it comes within the minute.
        the_house_keeps_itself()


def the_house_keeps_itself() -> None:
    """What comes every minute comes now."""
    assert not Ticker([tick for tick in TICKS if tick.name in REPAIRS]).run_once()


@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("mode", ["once", "for ever", "unheard"])
def test_every_call_of_the_database_may_fail(
    day: Day, database: Path, tmp_path: Path, mode: str, request: pytest.FixtureRequest
) -> None:
    with record(request, WHAT, "I1 I2 I3 I6 I7 I11", "F44 F45", 0, "faults") as entry:
        loop = Loop[Day](database, tmp_path / "before", mode)
        for step in STEPS:
            after = []
            for tried in loop.each_call(day, step):
                heals(tried, step)
                after.append(rows_of_all_tables())
            heals(day, step)
            assert all(rows == rows_of_all_tables() for rows in after), step
        made = [one["id"] for hand in day.hands for one in hand.history]
        the_round_is_there_once(made, day.guard.promises.photos)
        entry["runs"] = loop.faults
        assert loop.faults > (10 if mode == "unheard" else 200)


@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("mode", ["once", "for ever", "unheard"])
def test_a_bundle_that_was_disturbed_is_whole_or_is_none(
    day: Day, database: Path, tmp_path: Path, mode: str, request: pytest.FixtureRequest
) -> None:
    for step in STEPS[:-1]:
        heals(day, step)
    with record(request, WHAT, "I1 I2 I3 I6 I7 I11", "F42 F44 F45", 0, "faults") as entry:
        loop = Loop[Day](database, tmp_path / "before", mode)
        for tried in loop.each_call(day, "evidence"):
            the_house_keeps_itself()
            nothing_is_half_there(*tried.hands)
            assert not rows(EvidenceExport, status=ExportStatus.WAITING)
        heals(day, "evidence")
        entry["runs"] = loop.faults
        assert loop.faults > (2 if mode == "unheard" else 20)
