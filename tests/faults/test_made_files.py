"""The n-th file call fails under what is made for people to take away: whole, or said so."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from propapp.core.ids import uuid7
from propapp.core.making.models import ExportStatus
from propapp.core.making.whole import digest_of
from propapp.core.making.workshop import Workshop
from propapp.core.settings import settings
from propapp.features.evidence.jobs import BUNDLES
from propapp.features.reports.jobs import REPORTS
from propapp.features.rounds.models import Run
from tests.api.pictures import a_picture
from tests.faults.files import WAYS, Call, FileFaults, below
from tests.features.evidence.conftest import walk
from tests.reliability import SOAK, record
from tests.world import NOON, World, a_world, found, rows

WHAT = "The n-th file call of a bundle or a report fails, for every n, once and for ever"
CALLS: list[Call] = [
    (io, "open"),
    (os, "fsync"),
    (Path, "mkdir"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "stat"),
]
MOST = 60


def asks_for_a_bundle(world: World) -> UUID:
    """The round that was walked, as proof."""
    walked = [run.id for run in rows(Run)]
    (run_id,) = walked or [walk(world, [a_picture(60, 40)])]
    return world.do("manager", "evidence.export_run", export_id=uuid7(), run_id=run_id).id


def asks_for_a_report(world: World) -> UUID:
    """The month, as a workbook."""
    asked = {"site_id": world.site.id, "kind": "performance", "form": "xlsx"}
    month = f"{NOON:%Y-%m}"
    return world.do("manager", "report.month", report_id=uuid7(), month=month, **asked).id


@pytest.mark.timeout(SOAK)
@WAYS
@pytest.mark.parametrize(
    ("workshop", "asks"), [(BUNDLES, asks_for_a_bundle), (REPORTS, asks_for_a_report)]
)
def test_every_file_call_of_what_is_made_may_fail(
    database: Path,
    request: pytest.FixtureRequest,
    workshop: Workshop[Any],
    asks: Callable[[World], UUID],
    code: int,
    *,
    lasting: bool,
) -> None:
    world = a_world()
    place = settings().data / workshop.folder
    with record(request, WHAT, "I3 I6", "F50 F52 F54", 0, "faults") as entry:
        for at in range(1, MOST):
            wanted = asks(world)
            faults = FileFaults(at, code, lasting=lasting, calls=CALLS, touches=below(place))
            with faults.at_work():
                workshop.make_waiting(world.clock)
            row = found(workshop.model, wanted)
            if faults.out_of_reach:
                break
            # Handed out is only what stands there byte for byte; the rest is said to have failed.
            assert row.status in {ExportStatus.READY, ExportStatus.FAILED}
            if row.status is ExportStatus.READY:
                assert digest_of(workshop.file_of(row)) == (row.size, row.sha256)
            again = asks(world)
            workshop.make_waiting(world.clock)
            assert found(workshop.model, again).status is ExportStatus.READY
            entry["runs"] = at
        assert 4 < entry["runs"] < MOST - 1
