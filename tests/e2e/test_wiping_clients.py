"""Clients that wipe what waits, as others have done: the checks of the real one notice each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.clients import change, own_client
from tests.e2e.house import House
from tests.e2e.test_hard_phones import OPENS, what_waits_outlives_an_update
from tests.e2e.test_lost_phone import what_was_cleared_is_told
from tests.e2e.test_shared_phone import what_was_left_goes_up

pytestmark = pytest.mark.browser

# What is gone does not come back, however long one waits for it.
PATIENCE = 5_000


@dataclass(frozen=True)
class Wipe:
    """A place in the packed client, what stands there instead, and the check that notices what."""

    place: re.Pattern[str]
    new: str
    check: Callable[[House, Path], object]
    noticed: str


def signs_out(house: House, _own: Path) -> None:
    """Go with work unsent, and come back."""
    what_was_left_goes_up(house)


def updates(house: House, own: Path) -> None:
    """Save something, and open it with the version that follows."""
    what_waits_outlives_an_update(house, lambda: change(own, OPENS, r"\g<1>2\g<2>"), soon=PATIENCE)


def is_evicted(house: House, _own: Path) -> None:
    """The browser takes the database."""
    what_was_cleared_is_told(house, soon=PATIENCE)


DELETES = (
    r"\1\2.store.db?.close();await new Promise(done=>{"
    r"let gone=indexedDB.deleteDatabase(\2.store.name);"
    r"gone.onsuccess=gone.onerror=gone.onblocked=done});"
)
WIPES = {
    "signing out deletes": Wipe(
        re.compile(r"(async function [\w$]+\(([\w$]+)\)\{)(?=await [\w$]+\(`locked`,)"),
        DELETES,
        signs_out,
        "Actual value: cleared",
    ),
    "an update begins anew": Wipe(
        re.compile(r"if\(([\w$]+)(\.objectStoreNames\.contains\()([\w$]+)\)\)continue;"),
        r"\1\2\3)&&\1.deleteObjectStore(\3);",
        updates,
        "Actual value: 0",
    ),
    "nobody looks whether the storage is still there": Wipe(
        re.compile(r"(async function [\w$]+\(\{person:[^)]*\}\)\{)"),
        r"\1return;",
        is_evicted,
        "#cleared",
    ),
}


@pytest.mark.parametrize("name", WIPES)
def test_a_client_that_wipes_its_storage_is_caught(
    house: House, shelf: Path, tmp_path: Path, name: str
) -> None:
    wipe = WIPES[name]
    own = own_client(house, shelf, tmp_path / "own")
    change(own, wipe.place, wipe.new)
    with pytest.raises(AssertionError, match=wipe.noticed):
        wipe.check(house, own)
