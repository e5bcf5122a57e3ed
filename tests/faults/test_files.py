"""The n-th file call fails under a parcel, for every n: a code, nothing lost, nothing left."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from propapp.api import parcel_shelf
from propapp.core.clock import FixedClock, SystemClock
from propapp.core.settings import settings
from propapp.core.sync.models import Operation
from propapp.features.parcels.models import Parcel, ParcelStatus
from tests.faults.files import WAYS, FileFaults
from tests.faults.office import is_taken_in
from tests.reliability import SOAK, record
from tests.sync.courier import Courier
from tests.sync.field import signed_in
from tests.world import a_world, rows

WHAT = "The n-th file call of a parcel fails, for every n, once and for ever"
# What the shelf asks of the file system, by the name that it calls.
CALLS: list[tuple[Any, str]] = [
    (Path, "open"),
    (Path, "rename"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (Path, "stat"),
    (shutil, "disk_usage"),
]
MOST = 40


def faults_at(at: int, code: int, *, lasting: bool) -> FileFaults:
    """The shelf of parcels goes bad at this call."""
    return FileFaults(at, code, lasting=lasting, calls=CALLS, touches=on_the_shelf)


def on_the_shelf(given: tuple[Any, ...]) -> bool:
    return "parcels" in str(given[0])


@pytest.mark.timeout(SOAK)
@WAYS
def test_every_file_call_of_a_parcel_may_fail(
    database: Path,
    tmp_path: Path,
    new_client: Callable[[], TestClient],
    request: pytest.FixtureRequest,
    code: int,
    lasting: bool,
) -> None:
    world = a_world()
    world.clock = SystemClock()  # type: ignore[assignment]
    guard, manager = world.actor("guard"), signed_in(world.actor("manager"))
    with Courier(guard) as phone, new_client() as client:
        phone.is_told()

        def bring(data: bytes) -> Any:
            answer = client.post("/api/v1/parcels", content=data, headers=manager)
            client.cookies.clear()
            return answer

        with record(request, WHAT, "I1 I2 I6", "F50 F52 F54", 0, "faults") as entry:
            for at in range(1, MOST):
                phone.says("account.choose_language", guard.person_id, locale="en")
                phone.packs(tmp_path / "file")
                data, faults = (
                    (tmp_path / "file").read_bytes(),
                    faults_at(at, code, lasting=lasting),
                )
                with faults.at_work():
                    answer = bring(data)
                if faults.out_of_reach:
                    break
                if answer.status_code != 201:
                    assert answer.status_code in {500, 503, 507}, answer.text
                    assert answer.json()["error"]["message"]
                # The house goes on by itself; what it could not take in is brought again.
                parcel_shelf.keep_shelf()
                assert not rows(Parcel, status=ParcelStatus.WAITING)
                assert bring(data).status_code == 201
                assert is_taken_in()
                assert len(rows(Operation)) == at
                entry["runs"] = at
            # What could not even be taken away goes with what nobody finished bringing.
            parcel_shelf.keep_shelf(FixedClock(datetime.now(UTC) + timedelta(days=2)))
            assert list((settings().data / "parcels").glob("*")) == []
            assert 4 < entry["runs"] < MOST - 1
