"""What a phone and an office may be asked to load, counted in bytes over the wire."""

from pathlib import Path

import pytest

from propapp import sizes
from propapp.core.places import OFFICE
from rxconfig import PHONE_PAGES

FIRST_LOAD = 170_000
FURTHER_PAGE = 25_000
OFFICE_PAGE = 175_000
ENTRIES = ("/today", "/my")


@pytest.fixture(scope="module")
def weights(shelf: Path) -> dict[str, sizes.PageWeight]:
    return {weight.page: weight for weight in sizes.weigh(shelf)}


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_first_load_stays_light(weights: dict[str, sizes.PageWeight], entry: str) -> None:
    weight = weights[entry]
    assert weight.total <= FIRST_LOAD, weight.files


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_further_phone_page_adds_little(
    weights: dict[str, sizes.PageWeight], entry: str
) -> None:
    phone = {page: weight for page, weight in weights.items() if page in PHONE_PAGES}
    assert set(phone) == set(PHONE_PAGES)
    heavy = {
        page: added
        for page, weight in phone.items()
        if (added := weight.beyond(weights[entry])) > FURTHER_PAGE
    }
    assert not heavy


def test_every_office_page_stays_light(weights: dict[str, sizes.PageWeight]) -> None:
    office = {page: weight.total for page, weight in weights.items() if page.startswith(OFFICE)}
    assert {f"/{page.split('/')[1]}" for page in office} == set(OFFICE)
    heavy = {page: total for page, total in office.items() if total > OFFICE_PAGE}
    assert not heavy
