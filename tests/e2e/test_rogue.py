"""A real phone behind a hostile network: what it saved arrives once and whole, and it drains."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from propapp.features.photos.models import Photo
from tests.e2e import people
from tests.e2e.house import House
from tests.e2e.test_fortnight import arrived_once_and_whole, lend_modules, take_modules, the_work
from tests.reliability import SOAK, record
from tests.sync.rogue import WAYS, Rogue
from tests.waiting import met
from tests.world import rows

pytestmark = pytest.mark.browser

ROUNDS = 4
PHOTOS = 2
# Seconds; most of it is waiting for connections that nobody ends.
PATIENCE = 300.0


@pytest.mark.timeout(SOAK)
def test_what_a_phone_saved_gets_through_a_hostile_network(
    house: House, request: pytest.FixtureRequest
) -> None:
    what = "A real Chromium behind a proxy that delays, cuts, resets, doubles, slows, hangs"
    faults = "F01 F02 F03 F06 F07 F08"
    with (
        record(request, what, "I1 I2 I3 I6 I7", faults, ROUNDS, "rounds") as entry,
        Rogue(house.server.port, seed=7) as rogue,
    ):
        rogue.turn(honest=True)
        page = house.new_phone().new_page()
        lend_modules(page)
        people.sign_in(page, rogue.url, "guard")
        expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=30_000)
        take_modules(page)
        rogue.turn(honest=False)
        work = the_work(house.world, timedelta(0), rounds=ROUNDS, photos=PHOTOS)
        saved = page.evaluate("(work) => window.fortnight.walkAll(work)", work)

        def all_tried() -> bool:
            # A phone that is used is woken all the time: it does not sit out its pauses.
            page.evaluate("dispatchEvent(new Event('online'))")
            return len(rogue.done) == len(WAYS) and len(rows(Photo)) > len(saved["photos"]) // 2

        met(page, all_tried, what="every way was met", within=PATIENCE, every=500)
        entry["note"] = ", ".join(f"{way} {rogue.done[way]}" for way in WAYS)
        rogue.turn(honest=True)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=60_000)
        arrived_once_and_whole(saved, rounds=ROUNDS)
