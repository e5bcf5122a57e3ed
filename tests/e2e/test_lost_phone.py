"""The browser throws away what was on the phone: the phone says so, and so does the board."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from propapp.core.sync.losses import LossKind
from propapp.features.orders.models import WorkOrder
from propapp.features.phones.models import LossStatus, PhoneLoss
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.e2e.test_outbox import claims, cut_off
from tests.waiting import until
from tests.world import a_report, rows

pytestmark = pytest.mark.browser

SOON = 30_000
GREETING = re.compile("/api/v1/hello")
# What a browser in need of room takes from a site; cookies and notes are no part of it.
EVICTED = "indexeddb,cache_storage,service_workers,file_systems"


def evict(page: Page, url: str, types: str = EVICTED) -> None:
    """The browser takes all of it at once, as it does when the disk is full."""
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": types})
    session.detach()


def claims_and_sends(page: Page, house: House) -> None:
    """One operation that has arrived; the light alone may speak of the time before the tap."""
    with page.expect_response(re.compile("/api/v1/operations")):
        claims(page, house)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)


def test_a_phone_that_was_cleared_says_what_is_gone_and_the_board_keeps_it_until_settled(
    house: House,
) -> None:
    page = house.phone("technician")
    claims_and_sends(page, house)
    cut_off(page.context)
    order = a_report(house.world)
    page.goto(f"{house.server.url}/orders?order={order.id}")
    page.get_by_role("button", name="抢单").first.click()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")

    evict(page, house.server.url)
    page.context.unroute_all()
    page.goto(f"{house.server.url}/outbox")
    expect(page.locator("#cleared")).to_contain_text("当时有 1 项还没有发送", timeout=SOON)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "cleared")
    look(page, "phone-cleared")
    page.click("#cleared-seen")
    expect(page.locator("#cleared")).to_have_count(0)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    (loss,) = rows(PhoneLoss)
    assert (loss.kind, loss.missing) == (LossKind.CLEARED, 1)

    office = house.phone("supervisor", viewport={"width": 1024, "height": 768})
    office.goto(f"{house.server.url}/board")
    office.click("#lost-phones")
    card = office.locator("[data-loss]")
    expect(card).to_contain_text("其中 1 项没有收到")
    expect(office.locator("[data-unsent]")).to_have_count(0)
    look(office, "board-phones")
    card.locator("textarea").fill("问过本人，已重新接单。")
    card.get_by_role("button", name="处理完毕").click()
    expect(card).to_have_attribute("data-status", "settled")
    expect(card).to_contain_text("已重新接单")
    assert [one.status for one in rows(PhoneLoss)] == [LossStatus.SETTLED]


def test_where_the_phone_kept_no_note_the_server_knows_it_by_its_cookie(house: House) -> None:
    page = house.phone("technician")
    claims_and_sends(page, house)
    evict(page, house.server.url, f"{EVICTED},local_storage")
    page.goto(f"{house.server.url}/outbox")
    expect(page.locator("#cleared")).to_be_visible(timeout=SOON)
    (loss,) = rows(PhoneLoss)
    assert (loss.kind, loss.highest_seq, loss.missing) == (LossKind.CLEARED, 1, 0)


def what_was_cleared_is_told(house: House, soon: int = SOON) -> None:
    """The database is gone and the server does not know the browser again: its own note tells."""
    page = house.phone("technician")
    claims_and_sends(page, house)
    page.reload()
    until(page, "Object.keys(localStorage).some((key) => key.startsWith('propapp-kept-'))")
    evict(page, house.server.url, f"{EVICTED},cookies")
    page.context.route(GREETING, lambda route: route.abort())
    people.sign_in(page, house.server.url, "technician")
    page.goto(f"{house.server.url}/outbox")
    # The note speaks before the server is reached, and what it says of the office must be true.
    told = page.locator("#cleared-told")
    expect(told).to_have_attribute("data-told", "false", timeout=soon)
    page.context.unroute(GREETING)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(told).to_have_attribute("data-told", "true", timeout=soon)


def test_where_the_server_knows_no_cookie_the_phones_own_note_tells(house: House) -> None:
    what_was_cleared_is_told(house)
    assert [loss.kind for loss in rows(PhoneLoss)] == [LossKind.CLEARED]


def test_a_phone_that_lost_nothing_says_nothing(house: House) -> None:
    page = house.phone("technician")
    claims_and_sends(page, house)
    page.goto("about:blank")
    people.sign_in(page, house.server.url, "guard")
    page.goto(f"{house.server.url}/outbox")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    expect(page.locator("#cleared")).to_have_count(0)
    assert rows(PhoneLoss) == []


def test_the_office_sees_of_whom_how_much_is_still_on_a_phone_and_not_what(house: House) -> None:
    page = house.phone("technician")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    # It greets the house, and its work does not get through.
    page.context.route(re.compile("/api/v1/operations"), lambda route: route.abort())
    with page.expect_response(GREETING):
        claims(page, house)
    (order,) = rows(WorkOrder)
    office = house.phone("supervisor", viewport={"width": 1024, "height": 768})
    office.goto(f"{house.server.url}/board/phones")
    line = office.locator("[data-unsent]")
    expect(line).to_contain_text("technician", timeout=SOON)
    expect(line).to_contain_text("1 项没发来")
    expect(line).to_contain_text("最后联系：刚刚")
    look(office, "board-phones-unsent")
    assert order.title not in line.inner_text()

    page.context.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    office.reload()
    expect(office.get_by_text("没有手机丢失数据")).to_be_visible(timeout=SOON)
    expect(line).to_have_count(0)
