"""The n-th file call fails under a parcel, for every n: a code, nothing lost, nothing left."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


class Faults:
    """Counts the calls that touch the shelf and lets one, or all from there on, fail."""

    def __init__(self, at: int, code: int, *, lasting: bool) -> None:
        self.at, self.code, self.lasting, self.calls = at, code, lasting, 0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, but for the one call."""

        def call(*given: Any, **named: Any) -> Any:
            if "parcels" in str(given[0]):
                self.calls += 1
                if self.calls == self.at or (self.lasting and self.calls > self.at):
                    raise OSError(self.code, os.strerror(self.code))
            return function(*given, **named)

        return call

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The file system is bad for as long as this lasts."""
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in CALLS:
                patch.setattr(owner, name, self.wrap(getattr(owner, name)))
            yield


@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize(
    ("code", "lasting"), [(errno.EIO, False), (errno.ENOSPC, True)], ids=["once", "for ever"]
)
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
                data, faults = (tmp_path / "file").read_bytes(), Faults(at, code, lasting=lasting)
                with faults.at_work():
                    answer = bring(data)
                if faults.calls < at:
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
