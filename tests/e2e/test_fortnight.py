"""Two weeks without a network, and then all of it at once, in little memory."""

from __future__ import annotations

import hashlib
import os
import time
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from propapp.core.settings import settings
from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.models import Run, RunStatus, Visit
from tests.e2e import people
from tests.e2e.house import House
from tests.reliability import SOAK, record
from tests.world import World, an_occurrence, rows

pytestmark = [pytest.mark.browser, pytest.mark.soak]

ROUNDS, PHOTOS = 50, 10
# A soak takes photos as large as phones make them; a test takes small ones, with comments in them
# that make them as heavy: all together are more than the heap may hold.
SIZE, COMMENTS = ((1600, 1200), 0) if "PROPAPP_SOAK" in os.environ else ((400, 300), 5)
AWAY = timedelta(days=14)
HEAP = 150 * 1024 * 1024
MODULES = Path(__file__).parent / "pages"
IDB = Path(__file__).resolve().parents[2] / ".web" / "node_modules" / "idb" / "build" / "index.js"


def lend_modules(page: Page) -> None:
    """The page may load the modules that ship, as they stand in the sources."""

    def script(route: Route, body: str) -> None:
        route.fulfill(body=body, content_type="text/javascript")

    context = page.context
    context.route("**/idb.mjs", lambda route: script(route, IDB.read_text(encoding="utf-8")))
    context.route(
        "**/fortnight.mjs",
        lambda route: script(route, (MODULES / "fortnight.mjs").read_text(encoding="utf-8")),
    )
    context.route(
        "**/offline/store.js",
        lambda route: script(route, route.fetch().text().replace('"idb"', '"/idb.mjs"')),
    )


def take_modules(page: Page) -> None:
    """The page has them at hand as ``fortnight``."""
    page.evaluate("import('/fortnight.mjs').then((one) => { window.fortnight = one; })")


def the_work(
    world: World, began: timedelta, *, rounds: int = ROUNDS, photos: int = PHOTOS
) -> dict[str, Any]:
    """What a guard has to walk, and what a phone knows of it."""
    minutes = -int(began.total_seconds() // 60)
    photo = people.a_photo("fortnight", size=SIZE)["buffer"]
    template = {
        "id": str(world.template.id),
        "items": [
            {"id": str(item.id), "position": item.position, "kind": item.kind.value}
            for item in world.items
        ],
    }
    return {
        "person": str(world.actor("guard").person_id),
        "occurrences": [
            str(an_occurrence(world, opens_in=minutes - number).id) for number in range(rounds)
        ],
        "points": [
            {
                "id": str(point.id),
                "template": template,
                "checkpoint": {"name": checkpoint.name, "name_en": checkpoint.name_en},
            }
            for point, checkpoint in zip(world.points, world.checkpoints, strict=True)
        ],
        "route": {"name": world.route.name, "name_en": world.route.name_en},
        "photos": photos,
        "size": SIZE,
        "comments": COMMENTS,
        "picture": b64encode(photo).decode(),
    }


def heap(session: CDPSession) -> int:
    """Bytes that the page's scripts hold, buffers with them."""
    usage = session.send("Runtime.getHeapUsage")
    return int(usage["usedSize"] + usage.get("backingStorageSize", 0))


@pytest.mark.timeout(SOAK)
def test_fourteen_days_offline_arrive_once_and_whole_in_little_memory(
    house: House, request: pytest.FixtureRequest
) -> None:
    page = house.new_phone().new_page()
    now = house.world.clock.now()
    page.clock.install(time=now - AWAY)
    lend_modules(page)
    people.sign_in(page, house.server.url, "guard")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    take_modules(page)
    session = page.context.new_cdp_session(page)

    what = "14 days offline in a real Chromium, then all at once"
    with record(request, what, "I1 I2 I3 I7 I10", "F29 F59", ROUNDS, "rounds") as entry:
        page.context.set_offline(True)
        work = the_work(house.world, AWAY)
        saved = page.evaluate("(work) => window.fortnight.walkAll(work)", work)
        expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")
        page.clock.fast_forward(int(AWAY.total_seconds() * 1000))
        assert rows(Operation) == []
        page.context.set_offline(False)
        most = drains(page, session, len(saved["photos"]))
        arrived_once_and_whole(saved, rounds=ROUNDS)
        assert saved["bytes"] > HEAP
        megabytes = saved["bytes"] / 1e6
        entry["note"] = (
            f"{len(saved['photos'])} photos, {megabytes:.0f} MB; at most {most / 1e6:.0f} MB heap"
        )
    assert most < HEAP


def drains(page: Page, session: CDPSession, photos: int) -> int:
    """Wait until every photo is there; gives the largest heap that was seen meanwhile."""
    most, deadline = 0, time.monotonic() + SOAK
    while len(rows(Photo)) < photos:
        assert time.monotonic() < deadline, f"{len(rows(Photo))} of {photos} photos"
        most = max(most, heap(session))
        page.wait_for_timeout(200)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=60_000)
    return max(most, heap(session))


def arrived_once_and_whole(saved: dict[str, Any], *, rounds: int) -> None:
    """Every row is there exactly once, and every byte is what it was."""
    sent = rows(Operation)
    assert {operation.status for operation in sent} == {OperationStatus.APPLIED}
    assert sorted(str(operation.id) for operation in sent) == sorted(saved["operations"])
    assert len(rows(Run, status=RunStatus.SEALED)) == len(rows(Run)) == rounds
    assert len(rows(Visit)) == rounds * 3
    named = [use.sha256 for use in rows(PhotoUse)]
    assert sorted(named) == sorted(saved["photos"])
    photos = rows(Photo)
    assert sum(photo.size for photo in photos) == saved["bytes"]
    originals = settings().data / "photos" / "originals"
    for photo in photos:
        stored = (originals / photo.sha256[:2] / photo.sha256).read_bytes()
        assert hashlib.sha256(stored).hexdigest() == photo.sha256
