"""What a phone may be asked to load, counted in bytes over the wire."""

from pathlib import Path

import pytest

from propapp import sizes

FIRST_LOAD = 170_000
FURTHER_PAGE = 25_000
ENTRIES = ("/",)


@pytest.fixture(scope="module")
def weights(shelf: Path) -> dict[str, sizes.PageWeight]:
    return {weight.page: weight for weight in sizes.weigh(shelf)}


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_first_load_stays_light(weights: dict[str, sizes.PageWeight], entry: str) -> None:
    weight = weights[entry]
    assert weight.total <= FIRST_LOAD, weight.files
