"""A large parcel is taken in piece by piece: what the house holds of it does not grow with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine
from propapp.features.photos.models import Photo
from tests.serving import ROOT
from tests.sync.courier import Courier
from tests.world import a_world, an_occurrence, rows

PHOTOS, SIZE = 25, 8_000_000
GROWTH = 64 * 1024 * 1024
# The peak of a process of its own, before and after; a first parcel has loaded whatever is needed.
TAKE_IN = """
import json, resource, sys
from propapp.api import unpacking
from propapp.core.ids import uuid7
from propapp.core.use_case import load_use_cases

load_use_cases()
said, peaks = [], []
for file in sys.argv[1:]:
    with open(file, "rb") as source:
        unpacking.take_in(uuid7(), source, lambda item, done: said.append(item.status.value))
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
print(json.dumps({"said": said, "growth": peaks[1] - peaks[0]}))
"""


@pytest.mark.timeout(600)
def test_of_two_hundred_megabytes_little_is_held_at_once(database: Path, tmp_path: Path) -> None:
    garden = a_world()
    garden.clock = FixedClock(datetime.now(UTC))
    small, large = tmp_path / "small", tmp_path / "large"
    with Courier(garden.actor("guard")) as phone:
        phone.is_told()
        phone.walks(garden, an_occurrence(garden), photos=1, size=1_000_000)
        phone.packs(small)
        for number in range(5):
            occurrence = an_occurrence(garden, opens_in=-1 - number)
            phone.walks(garden, occurrence, photos=PHOTOS // 5, size=SIZE)
        said = phone.packs(large)
    assert (said["photos"], said["left_out"]) == (PHOTOS + 1, 0)
    assert large.stat().st_size > PHOTOS * SIZE
    engine().dispose()
    answer = subprocess.run(
        [sys.executable, "-c", TAKE_IN, str(small), str(large)],
        cwd=ROOT, env={**os.environ, "PROPAPP_DATA": str(database)}, capture_output=True, text=True,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert set(told["said"]) == {"taken", "known"}
    assert len(rows(Photo)) == PHOTOS + 1
    assert told["growth"] < GROWTH
