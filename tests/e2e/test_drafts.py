"""Drafts under quick hands: what is done while something is on its way to the disk is not lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.photos.models import PhotoUse
from propapp.features.rounds.models import Visit
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.e2e.test_orders import act, stands, submit
from tests.world import World, an_occurrence, an_order_in_progress, found, rows

pytestmark = pytest.mark.browser

# Done while the photo's bytes are on their way to the disk, and not a moment earlier or later.
MEANWHILE = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  const work = this.name === "bytes" && window.meanwhile;
  if (work) {
    window.meanwhile = null;
    work();
  }
  return put.apply(this, given);
};
window.write = (selector, text) => {
  const field = document.querySelector(selector);
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
"""
# Three things are entered: the first is going to the disk while the second is entered and another
# tab tells of a change of its own; the third follows when what is on the disk was read again.
BESIDE_ANOTHER_TAB = """async (entries) => {
  const [first, second, third] = entries.map((entry) => () => window.write(...entry));
  const { name } = (await indexedDB.databases()).find(({ name }) => /^propapp-.{36}$/.test(name));
  const [elsewhere, here] = [new BroadcastChannel(name), new BroadcastChannel(name)];
  let [heard, kept] = [false, false];
  here.onmessage = () => setTimeout(() => { heard = true; });
  const until = (store) => { store.get("").onsuccess = () => heard || until(store); };
  const put = IDBObjectStore.prototype.put;
  const follow = [
    (store) => { second(); elsewhere.postMessage({ changed: true }); until(store); },
    (_, request) => request.addEventListener("success", third),
    (_, request) => request.transaction.addEventListener("complete", () => { kept = true; }),
  ];
  IDBObjectStore.prototype.put = function (...given) {
    const request = put.apply(this, given);
    if (this.name === "drafts") follow.shift()?.(this, request);
    return request;
  };
  first();
  while (!kept) await new Promise((resolve) => setTimeout(resolve));
}"""
# A cheap phone takes its time over twelve million pixels: here until after the point was handed in.
SLOWLY = """() => {
  const decode = window.createImageBitmap;
  const button = document.querySelector("#complete-point");
  const tapped = new Promise((resolve) => button.addEventListener("click", resolve));
  window.createImageBitmap = async (...given) => {
    await tapped;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return decode(...given);
  };
}"""


def write_meanwhile(page: Page, selector: str, text: str) -> None:
    """Type this into the field while the next photo is being kept."""
    page.evaluate(
        "([selector, text]) => { window.meanwhile = () => window.write(selector, text); }",
        [selector, text],
    )


def photo_of(place: Locator) -> None:
    """Take a photo there and see it."""
    place.locator("input[type=file]").set_input_files(people.a_photo("meanwhile"))
    expect(place.locator("[data-photo]")).to_have_count(1)


@pytest.fixture
def inhabited(inhabited: World) -> World:
    """With a round that is open."""
    an_occurrence(inhabited, opens_in=-5)
    return inhabited


@pytest.fixture
def guard(inhabited: World, house: House) -> Page:
    """At the first point of a round, with a fault to tell and the camera in hand."""
    page = house.phone("guard")
    page.add_init_script(MEANWHILE)
    people.start_round(page, house.server.url)
    people.arrive_by_hand(page)
    people.answer_point(page)
    page.locator('[data-kind="pass_fail"]').first.locator('[data-verdict="fail"]').click()
    return page


def test_words_typed_while_a_photo_of_an_order_is_kept_lose_neither(house: House) -> None:
    order = an_order_in_progress(house.world)
    page = house.phone("technician")
    page.add_init_script(MEANWHILE)
    page.goto(f"{house.server.url}/orders?order={order.id}")
    act(page, "complete")
    write_meanwhile(page, "#draft-text", "换了垫圈")
    photo_of(page.locator("#order-sheet"))
    submit(page)
    stands(page, "completed")
    done = found(WorkOrder, order.id)
    assert (done.status, done.result_note) == (OrderStatus.COMPLETED, "换了垫圈")
    assert len(rows(PhotoUse, parent_id=order.id)) == 1


def test_words_typed_while_a_photo_of_a_point_is_kept_lose_neither(guard: Page) -> None:
    row = guard.locator('[data-kind="pass_fail"]').first
    write_meanwhile(guard, '[data-kind="pass_fail"] textarea', "三楼楼梯口堆了纸箱")
    photo_of(row)
    guard.reload()
    expect(row.locator("textarea")).to_have_value("三楼楼梯口堆了纸箱")
    expect(row.locator("[data-photo]")).to_have_count(1)
    people.complete_point(guard)


def test_a_point_is_handed_in_with_the_photo_that_is_still_being_made_smaller(
    guard: Page,
) -> None:
    row = guard.locator('[data-kind="pass_fail"]').first
    row.locator("textarea").fill("三楼楼梯口堆了纸箱")
    guard.evaluate(SLOWLY)
    row.locator("input[type=file]").set_input_files(people.a_photo("slow"))
    expect(row.get_by_text("正在处理照片")).to_be_visible()
    look(guard, "run-photo-taking")
    # To the eye the point lacks its photo still; the tap counts all the same.
    name = guard.locator("#point-name")
    before = name.inner_text()
    guard.locator("#complete-point").click(force=True)
    expect(name).not_to_have_text(before)
    expect(guard.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=20_000)
    [visit] = rows(Visit)
    assert len(rows(PhotoUse, parent_id=visit.run_id)) == 1


def test_what_is_entered_while_another_tab_is_at_work_is_not_lost(guard: Page) -> None:
    note, number = '[data-kind="pass_fail"] textarea', '[data-kind="number"] input'
    guard.evaluate(BESIDE_ANOTHER_TAB, [[note, "三楼"], [note, "三楼楼梯口"], [number, "0.35"]])
    expect(guard.locator(number)).to_have_value("0.35")
    guard.reload()
    expect(guard.locator(number)).to_have_value("0.35")
    expect(guard.locator(note)).to_have_value("三楼楼梯口")
