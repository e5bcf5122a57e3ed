"""What the outbox says beside its items: a wrong clock, little room, and what cannot be kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from propapp.core.sync.models import Operation
from propapp.features.photos.models import PhotoUse
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.full import full_disk
from tests.e2e.house import House
from tests.e2e.test_outbox import cut_off
from tests.waiting import met, until
from tests.world import a_report, rows

pytestmark = pytest.mark.browser

SOON = 30_000
MEGABYTE = 1024 * 1024
# A phone that is so many minutes ahead.
AHEAD = """{
    const Real = Date, gap = %d * 60_000;
    globalThis.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + gap); }
        static now() { return Real.now() + gap; }
    };
}"""
ROOM = "navigator.storage.estimate = async () => ({ usage: %d, quota: %d })"


def phone_where(house: House, script: str, account: str = "technician") -> Page:
    """The first screen of a person on whose phone this is so from the beginning."""
    phone = house.new_phone()
    phone.add_init_script(script)
    page = phone.new_page()
    people.sign_in(page, house.server.url, account)
    return page


@pytest.mark.reliability("I6", "F55", "A phone whose clock is wrong says so to its person")
@pytest.mark.parametrize(
    ("minutes", "words"), [(25, "手机时间快了约 25 分钟"), (-180, "手机时间慢了约 3 小时")]
)
def test_a_wrong_clock_is_said_with_what_to_do(house: House, minutes: int, words: str) -> None:
    page = phone_where(house, AHEAD % minutes)
    page.goto(f"{house.server.url}/outbox")
    notice = page.locator("#clock-wrong")
    expect(notice).to_contain_text(words, timeout=SOON)
    expect(notice).to_contain_text("自动设置日期和时间")
    look(page, "outbox-clock")


def test_of_a_clock_that_is_nearly_right_nothing_is_said(house: House) -> None:
    page = phone_where(house, AHEAD % 4)
    with page.expect_response(re.compile("/api/v1/hello")):
        page.goto(f"{house.server.url}/outbox")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    expect(page.locator("#clock-wrong")).to_have_count(0)


def test_a_nearly_full_phone_says_so_and_still_takes_photos(house: House) -> None:
    page = phone_where(house, ROOM % (900 * MEGABYTE, 1000 * MEGABYTE))
    page.goto(f"{house.server.url}/outbox")
    notice = page.locator("#little-room")
    expect(notice).to_have_attribute("data-level", "amber", timeout=SOON)
    expect(notice).to_contain_text("还可用 100 MB")
    look(page, "outbox-amber")
    begins_report(page, house)
    page.locator("#report-photo").set_input_files(people.a_photo("room"))
    expect(page.locator("main [data-photo]")).to_have_count(1, timeout=SOON)


def test_a_full_phone_takes_words_and_no_photos_and_says_what_to_do(house: House) -> None:
    page = phone_where(house, ROOM % (970 * MEGABYTE, 1000 * MEGABYTE))
    page.goto(f"{house.server.url}/outbox")
    notice = page.locator("#little-room")
    expect(notice).to_have_attribute("data-level", "red", timeout=SOON)
    expect(notice).to_contain_text("空间不够，没拍照片")
    look(page, "outbox-red")
    begins_report(page, house)
    page.locator("#report-photo").set_input_files(people.a_photo("no room"))
    expect(page.get_by_text("手机空间不够，暂时不能拍照")).to_be_visible(timeout=SOON)
    expect(page.locator("main [data-photo]")).to_have_count(0)
    page.locator("#submit-report").click()
    expect(page.locator("#report-send-state")).to_have_attribute("data-state", "sent", timeout=SOON)
    assert [one.kind for one in rows(Operation)] == ["order.report"]
    assert rows(PhotoUse) == []


def begins_report(page: Page, house: House) -> None:
    """All of a report but its photo and the tap that hands it in."""
    page.goto(f"{house.server.url}/report")
    page.get_by_role("radio", name="水", exact=True).click()
    page.locator("#report-place").select_option(index=1)
    page.locator("#report-text").fill("大堂漏水")


KEPT = """new Promise((done) => {
    const asked = indexedDB.open("%s");
    asked.onsuccess = () => {
        const all = asked.result.transaction("ops").objectStore("ops").getAll();
        all.onsuccess = () => { asked.result.close(); done(all.result.length); };
    };
})"""


@pytest.mark.reliability("I1 I6", "F20", "A save that the browser refuses for want of room")
def test_what_the_browser_has_no_room_for_is_said_and_goes_when_there_is_room(house: House) -> None:
    order = a_report(house.world)
    page = house.phone("technician")
    kept = KEPT % f"propapp-{house.world.actor('technician').person_id}"
    page.goto(f"{house.server.url}/orders?order={order.id}")
    claim = page.get_by_role("button", name="抢单").first
    expect(claim).to_be_visible(timeout=SOON)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)

    with full_disk(page, house.server.url):
        claim.click()
        expect(page.locator("#unsaved")).to_contain_text("没有保存！手机空间不够", timeout=SOON)
        look(page, "orders-not-saved")
        assert page.evaluate(kept) == 0
        expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
        expect(claim).to_be_visible()
    claim.click()
    expect(page.locator("#unsaved")).to_have_count(0)
    until(page, f"{kept}.then((count) => count === 1)")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    page.goto(f"{house.server.url}/outbox")
    expect(page.locator('[data-operation][data-state="sent"]')).to_have_count(1, timeout=SOON)
    assert [one.thread_id for one in rows(Operation)] == [order.id]


# What was sent is old, and lies in a backup of the house; the next thing is too much, once.
OLD_AND_KEPT = """(name) => new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => {
        const tx = asked.result.transaction(["ops", "meta"], "readwrite");
        const ops = tx.objectStore("ops");
        const old = Date.now() - 2 * 24 * 3600_000;
        const kept_by = new Date(old).toISOString();
        ops.getAll().onsuccess = ({ target }) => {
            for (const op of target.result) ops.put({ ...op, answered_at: old, kept_by });
        };
        tx.objectStore("meta").put({ key: "receipt", value: new Date().toISOString() });
        tx.oncomplete = () => { asked.result.close(); done(); };
    };
})"""
FULL_ONCE = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name !== "ops" || window.wasFull) return put.apply(this, given);
        window.wasFull = true;
        throw new DOMException("full", "QuotaExceededError");
    };
}"""


@pytest.mark.reliability(
    "I1 I6", "F20", "A full phone makes room of what the house has in its backup"
)
def test_a_full_phone_gives_back_what_lies_in_a_backup_and_tries_once_more(house: House) -> None:
    first, second = a_report(house.world), a_report(house.world)
    page = house.phone("technician")
    name = f"propapp-{house.world.actor('technician').person_id}"
    page.goto(f"{house.server.url}/orders?order={first.id}")
    page.get_by_role("button", name="抢单").first.click()
    met(page, lambda: rows(Operation), what="the claim has arrived")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)

    cut_off(page.context)
    page.evaluate(OLD_AND_KEPT, name)
    page.goto(f"{house.server.url}/orders?order={second.id}")
    claim = page.get_by_role("button", name="抢单").first
    expect(claim).to_be_visible(timeout=SOON)
    assert page.evaluate(KEPT % name) == 1
    page.evaluate(FULL_ONCE)
    claim.click()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved", timeout=SOON)
    expect(page.locator("#unsaved")).to_have_count(0)
    assert page.evaluate("window.wasFull")
    # The old one made room for the new one.
    assert page.evaluate(KEPT % name) == 1

    page.context.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    assert {one.thread_id for one in rows(Operation)} == {first.id, second.id}
