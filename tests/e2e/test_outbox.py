"""The outbox never lies: what waits, what is in trouble and why, and one sender among many tabs."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.orders.models import WorkOrder
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.e2e.test_duty import in_days
from tests.world import a_report, an_occurrence, rows

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


def a_lost_claim(house: House) -> tuple[Page, WorkOrder]:
    """The outbox of a technician who claimed what another had claimed before."""
    page = house.phone("technician")
    cut_off(page.context)
    claims(page, house)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")
    (order,) = rows(WorkOrder)
    house.world.do("technician2", "order.claim", order_id=order.id)
    page.goto(f"{house.server.url}/outbox")
    page.context.unroute_all()
    page.locator("#send-now").click()
    expect(page.locator("[data-operation]")).to_have_attribute(
        "data-state", "attention", timeout=SOON
    )
    return page, order


def test_a_lost_claim_is_no_unsent_work_and_asks_for_nothing_once_it_was_read(
    house: House,
) -> None:
    page, order = a_lost_claim(house)
    light, line = page.locator("#sync-light"), page.locator("[data-operation]")
    expect(light).to_have_attribute("data-word", "attention")
    said = line.locator("p.text-danger").inner_text()
    look(page, "outbox-lost-claim")
    # The server has it, so nobody is kept from going.
    page.goto(f"{house.server.url}/me")
    expect(light).to_have_attribute("data-word", "attention", timeout=SOON)
    page.click("#sign-out")
    page.wait_for_url(re.compile("/sign-in"))

    people.sign_in(page, house.server.url, "technician")
    page.goto(f"{house.server.url}/outbox")
    line.get_by_role("button", name="知道了").click()
    expect(line).to_have_attribute("data-state", "told")
    expect(line).to_contain_text(said)
    expect(light).to_have_attribute("data-word", "sent")
    look(page, "outbox-told")
    page.reload()
    expect(line).to_have_attribute("data-state", "told", timeout=SOON)
    expect(light).to_have_attribute("data-word", "sent", timeout=SOON)
    (kept,) = rows(Operation)
    assert (kept.thread_id, kept.status) == (order.id, OperationStatus.REJECTED)


def test_a_lost_claim_leads_to_its_order(house: House) -> None:
    page, order = a_lost_claim(house)
    page.get_by_role("button", name="重新做").click()
    page.wait_for_url(f"**/orders?order={order.id}")


def test_leave_that_was_not_taken_is_asked_for_again_where_leave_is_asked_for(house: House) -> None:
    page = house.phone("guard")
    judge(page, "leave.ask")
    first, last = in_days(2), in_days(3)
    page.goto(f"{house.server.url}/duty?ask=leave&first={first}&last={last}")
    page.click("#ask-send")
    page.wait_for_url(re.compile("/duty$"))
    page.goto(f"{house.server.url}/outbox")
    page.get_by_role("button", name="重新做").click(timeout=SOON)
    page.wait_for_url("**/duty?ask=leave")


def test_a_visit_that_was_not_taken_is_done_again_in_its_own_round(house: House) -> None:
    for opens in (-5, -4):
        an_occurrence(house.world, opens_in=opens)
    page = house.phone("guard")
    judge(page, "round.visit")
    first = people.start_round(page, house.server.url)
    people.arrive_by_hand(page)
    name = page.locator("#point-name").inner_text()
    people.answer_point(page)
    people.complete_point(page)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "attention", timeout=SOON)
    second = people.start_round(page, house.server.url)
    assert second != first

    page.goto(f"{house.server.url}/outbox")
    page.get_by_role("button", name="重新做").click(timeout=SOON)
    page.wait_for_url(f"**/run?run={first}")
    expect(page.locator("#point-name")).to_have_text(name, timeout=SOON)
    page.goto(f"{house.server.url}/run?run={second}")
    expect(page.locator("#point-name")).to_be_visible(timeout=SOON)
    page.go_back()
    page.go_back()
    page.wait_for_url("**/outbox")


def judge(page: Page, kind: str) -> None:
    """The phone is told that what it did of this kind was not accepted."""

    def answer(route: Route) -> None:
        sent = json.loads(route.request.post_data or "")["operations"]
        told = route.fetch()
        body = told.json()
        for one, result in zip(sent, body["results"], strict=True):
            if one["kind"] == kind:
                result.update(status="rejected", code="wrong_step", message="现在不能这样做")
        route.fulfill(response=told, json=body)

    page.context.route(re.compile("/api/v1/operations"), answer)


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
