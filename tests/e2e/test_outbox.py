"""The outbox never lies: what waits, what is in trouble and why, and one sender among many tabs."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from propapp.core.sync.models import Operation
from tests.e2e.house import House
from tests.world import a_report, rows

pytestmark = pytest.mark.browser

SOON = 30_000


def cut_off(phone: BrowserContext) -> None:
    """Whatever the phone wants to send comes to nothing."""
    phone.route(re.compile("/api/v1/(hello|operations|photos)"), lambda route: route.abort())


# A tab that has the lock and never comes to an end.
HOLD = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => /^propapp-.{36}$/.test(name));
  const lock = name.replace("propapp-", "sync:");
  await new Promise((held) => void navigator.locks.request(lock, () => {
    held();
    return new Promise(() => {});
  }).catch(() => {}));
}"""


def is_a_batch(request: Request) -> bool:
    return "/api/v1/operations" in request.url


def claims(page: Page, house: House) -> None:
    """One tap that makes one operation."""
    order = a_report(house.world)
    page.reload()
    page.locator(f'li[data-order="{order.id}"]').get_by_role("button", name="抢单").click()


def test_what_the_server_will_not_take_says_why_stays_and_goes_when_sent_again(
    house: House,
) -> None:
    page = house.phone("technician")
    refusal = {"error": {"code": "invalid_input", "message": "", "facts": {}}}

    def refuse(route: Route) -> None:
        route.fulfill(status=422, content_type="application/json", body=json.dumps(refusal))

    page.context.route(re.compile("/api/v1/operations"), refuse)
    claims(page, house)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "attention", timeout=SOON)
    page.goto(f"{house.server.url}/outbox")
    line = page.locator("[data-operation]")
    expect(line).to_have_attribute("data-state", "attention", timeout=SOON)
    expect(line).to_contain_text("服务器没能处理，原因不明")
    expect(line).to_contain_text("内容还在手机里，可以再发一次。")

    page.context.unroute_all()
    line.get_by_role("button", name="再发一次").click()
    expect(line).to_have_attribute("data-state", "sent", timeout=SOON)
    assert len(rows(Operation)) == 1


@pytest.mark.reliability("I1 I6 I7", "F14", "No name, no route, no handshake, then another network")
@pytest.mark.parametrize("trouble", ["namenotresolved", "addressunreachable", "connectionreset"])
def test_a_network_that_leads_nowhere_is_waited_out(house: House, trouble: str) -> None:
    page = house.phone("technician")
    nowhere = re.compile("/api/v1/(hello|operations|photos)")
    page.context.route(nowhere, lambda route: route.abort(trouble))
    claims(page, house)
    light = page.locator("#sync-light")
    expect(light).to_have_attribute("data-word", "saved")
    page.context.unroute_all()
    # Another network is there, and nobody has touched anything.
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(light).to_have_attribute("data-word", "sent", timeout=SOON)
    assert len(rows(Operation)) == 1


def test_of_two_tabs_one_sends_and_both_show_it(house: House) -> None:
    page = house.phone("technician")
    cut_off(page.context)
    claims(page, house)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")
    other = page.context.new_page()
    other.goto(f"{house.server.url}/outbox")
    expect(other.locator('[data-operation][data-state="saved"]')).to_have_count(1)
    batches: list[str] = []
    page.context.on(
        "request",
        lambda request: batches.append(request.url) if "operations" in request.url else None,
    )
    page.context.unroute_all()
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
    expect(other.locator('[data-operation][data-state="sent"]')).to_have_count(1, timeout=SOON)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    assert len(batches) == 1
    assert len(rows(Operation)) == 1


def test_the_tab_that_sends_dies_and_the_other_takes_over(house: House) -> None:
    page = house.phone("technician")
    held: list[Route] = []
    # The server never answers the first sender: it holds the lock until it dies.
    page.context.route(re.compile("/api/v1/operations"), lambda route: held.append(route))  # noqa: PLW0108 - it gets marked
    other = page.context.new_page()
    other.goto(f"{house.server.url}/outbox")
    expect(other.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    with page.context.expect_event("request", is_a_batch):
        claims(page, house)
    expect(other.locator("[data-operation]")).to_have_count(1)
    assert rows(Operation) == []

    # Both tabs are told of the tap, and either may have been first at the lock.
    sender = held[0].request.frame.page
    heir = other if sender is page else page
    heir.goto(f"{house.server.url}/outbox")
    sender.close(run_before_unload=False)
    heir.context.unroute_all()
    expect(heir.locator('[data-operation][data-state="sent"]')).to_have_count(1, timeout=SOON)
    assert len(held) == 1
    assert len(rows(Operation)) == 1


@pytest.mark.reliability("I7", "F25", "A tab that has the lock of the flight and never ends it")
def test_a_tab_that_holds_the_lock_and_says_nothing_is_not_waited_for(house: House) -> None:
    page = house.phone("technician")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    silent = page.context.new_page()
    silent.goto(f"{house.server.url}/sign-in")
    silent.evaluate(HOLD)
    page.clock.install()
    page.reload()
    claims(page, house)
    light = page.locator("#sync-light")
    expect(light).to_have_attribute("data-word", "saved")
    page.clock.fast_forward("01:30")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(light).to_have_attribute("data-word", "saved")
    assert rows(Operation) == []
    page.clock.fast_forward("01:30")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(light).to_have_attribute("data-word", "sent", timeout=SOON)
    assert len(rows(Operation)) == 1
