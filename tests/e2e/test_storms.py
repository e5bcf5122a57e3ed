"""Seeded storms over a real Chromium: the same seed draws the same troubles in the same order.

A guard walks rounds, and between any two taps the phone dies, a second tab opens, the disk is
full, the server is killed, or a new version is put in its place. What the phone once said is saved
must never be asked for again, and arrives once and whole.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from propapp.core.clock import FixedClock
from propapp.core.sync.losses import LossKind
from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.people.models import Account
from propapp.features.people.passwords import hash_password
from propapp.features.phones.models import PhoneLoss
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.models import Run, RunStatus, Visit
from tests.e2e import people
from tests.e2e.full import full_disk
from tests.e2e.handset import Handset
from tests.e2e.test_lost_phone import evict
from tests.e2e.test_service_worker import change_worker
from tests.reliability import SOAK, record
from tests.serving import ServerProcess
from tests.world import World, a_world, an_occurrence, rows, save

pytestmark = [pytest.mark.browser, pytest.mark.soak]

STORMS = int(os.environ.get("PROPAPP_STORMS", "3"))
ROUNDS = 2
SOON = 60_000
# What of the phone's own work the server has not answered yet.
UNSENT = """async (name) => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
    });
    const all = await new Promise((done) => {
        const asked = db.transaction("ops").objectStore("ops").getAll();
        asked.onsuccess = () => done(asked.result);
    });
    db.close();
    return all.filter((op) => op.state === "saved").length;
}"""


@dataclass
class Storm:
    """One seed's world: who walks, on what, against which server, and what was said to be saved."""

    chance: random.Random
    world: World
    server: ServerProcess
    handset: Handset
    page: Page
    run_id: str = ""
    told: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    is_up: bool = True
    calm: bool = False
    versions: int = 0

    def strikes(self) -> None:
        """At most one trouble between two taps; half of the time all goes well."""
        troubles = [
            self.reload,
            self.dies,
            self.tab_dies,
            self.second_tab,
            self.server_falls,
            self.server_rises,
            self.new_version,
            self.disk_is_full,
        ]
        if not self.calm and self.chance.random() < 0.5:
            trouble = self.chance.choice(troubles)
            self.done.append(trouble.__name__)
            trouble()

    def reload(self) -> None:
        self.page.reload()

    def dies(self) -> None:
        """The whole browser is gone in the middle of whatever it did."""
        self.handset.kill()
        self.handset.start()
        self.page = self.handset.tab()

    def tab_dies(self) -> None:
        """The system takes the tab away, as behind a camera."""
        again = self.handset.tab()
        self.page.close(run_before_unload=False)
        self.page = again

    def second_tab(self) -> None:
        """Somebody has the app open twice; the older tab stays."""
        other = self.handset.tab()
        other.goto(f"{self.server.url}/outbox")

    def server_falls(self) -> None:
        self.server.kill()
        self.is_up = False

    def server_rises(self) -> None:
        if not self.is_up:
            self.server.start()
        self.is_up = True

    def new_version(self) -> None:
        """Another version is put in place while the round is under way."""
        self.versions += 1
        self.server.kill()
        change_worker(
            self.server.shelf, lambda manifest: manifest.update(version=f"next-{self.versions}")
        )
        if self.is_up:
            self.server.start()

    def disk_is_full(self) -> None:
        """The browser may keep nothing more: what cannot be kept is said, and nothing is lost."""
        with full_disk(self.page, self.server.url):
            refused = self._tries_to_save()
        if refused:
            self.done[-1] += " (said so)"

    def _tries_to_save(self) -> bool:
        button = self.page.locator("#complete-point")
        if not (button.is_visible() and button.is_enabled()):
            return False
        before = self.page.locator("#point-name").inner_text()
        button.click()
        problem = self.page.get_by_text("没有保存")
        moved = self.page.locator("#point-name").filter(has_not_text=before)
        expect(problem.or_(moved).or_(self.page.locator("#finish-run")).first).to_be_visible()
        if problem.first.is_visible():
            return True
        self.told.append(before)
        return False

    def begins(self) -> None:
        """Open the next round, or the one that was begun and not ended."""
        self.told = []
        self.page.goto(f"{self.server.url}/today")
        self.page.get_by_role("button", name="开始巡查").first.click()
        self.page.wait_for_url("**/run?run=*")
        self.run_id = self.page.url.split("run=")[1]

    def walks(self) -> None:
        """Point by point, whatever happens, until nothing of the round is left."""
        while True:
            self._opens()
            if self.page.locator("#finish-run").is_visible():
                break
            name = self.page.locator("#point-name").inner_text()
            assert name not in self.told, f"{name} was said to be saved, and is asked for again"
            try:
                self._does(name)
            except Error as error:
                # Only a page that this storm itself took away may end a tap.
                if "closed" not in str(error):
                    raise
        people.finish_round(self.page)

    def _opens(self) -> None:
        address = f"{self.server.url}/run?run={self.run_id}"
        if self.page.url != address:
            self.page.goto(address)
        expect(
            self.page.locator("#point-name").or_(self.page.locator("#finish-run")).first
        ).to_be_visible(timeout=SOON)

    def _does(self, name: str) -> None:
        steps: list[Callable[[], None]] = [self._arrives, self._answers, self._completes]
        for step in steps:
            self.strikes()
            self._opens()
            if self.page.locator("#finish-run").is_visible() or name in self.told:
                return
            assert self.page.locator("#point-name").inner_text() == name
            step()
        self.told.append(name)

    def _arrives(self) -> None:
        if self.page.locator("#by-hand").is_visible():
            people.arrive_by_hand(self.page)

    def _answers(self) -> None:
        self._arrives()
        people.answer_point(self.page, fail_first=self.chance.random() < 0.3)

    def _completes(self) -> None:
        if not self.page.locator("#complete-point").is_enabled():
            self._answers()
        people.complete_point(self.page)

    def arrives(self) -> None:
        """In the end there is a server, and the phone says that all of it was sent."""
        self.server_rises()
        self.signs_in_again("sent")
        self.says("sent")

    def signs_in_again(self, otherwise: str) -> None:
        """A browser writes its cookies late: killed soon after the sign-in it has forgotten it."""
        self.page.goto(f"{self.server.url}/outbox")
        self.says(f"{otherwise}|sign_in")
        if self.page.locator("#sync-light").get_attribute("data-word") == "sign_in":
            people.sign_in(self.page, self.server.url, "guard")
            self.page.goto(f"{self.server.url}/outbox")

    def unsent(self) -> int:
        """How much of the guard's work has no answer yet, asked of the phone's own disk."""
        guard = self.world.actor("guard").person_id
        return self.page.evaluate(UNSENT, f"propapp-{guard}")

    def says(self, words: str) -> None:
        """Wait until the light has one of these words."""
        light = self.page.locator("#sync-light")
        expect(light).to_have_attribute("data-word", re.compile(f"^({words})$"), timeout=SOON * 2)


@pytest.fixture
def storm(
    request: pytest.FixtureRequest,
    database: Path,
    serve: Callable[..., ServerProcess],
    shelf: Path,
    handset: Handset,
    tmp_path: Path,
) -> Storm:
    """The guard's phone, signed in, with everything on it to go on without a network."""
    world = a_world()
    world.clock = FixedClock(datetime.now(UTC))
    guard = world.actor("guard").person_id
    with_password = Account(
        username="guard", person_id=guard, password_hash=hash_password(people.PASSWORD)
    )
    save(with_password)
    for number in range(ROUNDS):
        an_occurrence(world, opens_in=-30 - number)
    server = serve(data=database, shelf=Path(shutil.copytree(shelf, tmp_path / "shelf")))
    page = handset.tab()
    people.sign_in(page, server.url, "guard")
    _install(page, f"{server.url}/today")
    assert not handset.context.service_workers, "somebody listens: tests/e2e/unwatched.py"
    return Storm(random.Random(request.param), world, server, handset, page)


def _install(page: Page, url: str) -> None:
    """Open the app until all of it is on the phone: what was thrown away comes with the next."""
    for _ in range(3):
        page.goto(url)
        deadline = time.monotonic() + SOON / 1000
        while time.monotonic() < deadline:
            if page.evaluate("navigator.serviceWorker.controller !== null"):
                return
            page.wait_for_timeout(100)
    raise AssertionError("The app was not installed at the third opening.")


def arrived_once_and_whole() -> None:
    """One row for each point of each round, every round sealed, every named photo here."""
    runs = rows(Run)
    assert [run.status for run in runs] == [RunStatus.SEALED] * ROUNDS
    visits = rows(Visit)
    assert len(visits) == len({(one.run_id, one.point_id) for one in visits}) == ROUNDS * 3
    assert {one.status for one in rows(Operation)} == {OperationStatus.APPLIED}
    assert {use.sha256 for use in rows(PhotoUse)} == {photo.sha256 for photo in rows(Photo)}


@pytest.mark.timeout(SOAK)
@pytest.mark.parametrize("storm", range(1, STORMS + 1), indirect=True)
def test_rounds_walked_in_a_storm_arrive_once_and_whole(
    storm: Storm, request: pytest.FixtureRequest
) -> None:
    what = "Seeded storms over a real Chromium: killed, full, twice open, a new version"
    faults = "F17 F18 F19 F20 F25 F26 F35"
    with record(request, what, "I1 I2 I3 I4 I6 I7", faults, 1, "storms") as entry:
        for _ in range(ROUNDS):
            storm.begins()
            storm.walks()
        storm.arrives()
        arrived_once_and_whole()
        entry["note"] = f"{len(storm.done)} troubles"
        print(storm.done)


@pytest.mark.parametrize("storm", [1], indirect=True)
@pytest.mark.reliability("I9", "F23", "A phone cleared with a walked round on it")
def test_a_walked_round_that_the_browser_throws_away_is_missed_by_both_sides(storm: Storm) -> None:
    storm.calm = True
    storm.begins()
    # A start that came without its answer is missed by the phone and not by the server.
    deadline = time.monotonic() + SOON / 1000
    while storm.unsent() and time.monotonic() < deadline:
        storm.page.wait_for_timeout(100)
    storm.server_falls()
    storm.walks()
    unsent = storm.unsent()
    assert unsent == 4
    evict(storm.page, storm.server.url)
    storm.server_rises()
    storm.signs_in_again("cleared")
    expect(storm.page.locator("#cleared")).to_contain_text(
        f"当时有 {unsent} 项还没有发送", timeout=SOON
    )
    expect(storm.page.get_by_text("您做过的都已送达")).to_have_count(0)
    storm.says("cleared")
    # The server is told with the next greeting, a moment after the phone has noticed.
    deadline = time.monotonic() + SOON / 1000
    while not rows(PhoneLoss) and time.monotonic() < deadline:
        storm.page.wait_for_timeout(100)
    (loss,) = rows(PhoneLoss)
    assert (loss.kind, loss.missing) == (LossKind.CLEARED, unsent)
