"""One phone, several people: what one leaves is not shown to the next, nor sent as theirs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from propapp.core.sync.models import Operation, OperationStatus
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.waiting import until
from tests.world import a_report, rows

pytestmark = pytest.mark.browser

# As on a phone that was cut off before it had ever asked what is new.
FORGETS_ITS_NAME = """(name) => new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => {
        const tx = asked.result.transaction("snapshot", "readwrite");
        tx.objectStore("snapshot").clear();
        tx.oncomplete = () => { asked.result.close(); done(); };
    };
})"""


def cut_off(phone: BrowserContext) -> None:
    """Whatever the phone wants to send comes to nothing; everything else goes on."""
    phone.route(re.compile("/api/v1/(hello|operations|photos)"), lambda route: route.abort())


def a_claim_left_unsent(house: House, account: str = "technician") -> Page:
    """The first screen of a person whose claim of an order has not left the phone."""
    order = a_report(house.world)
    page = house.phone(account)
    cut_off(page.context)
    page.locator(f'li[data-order="{order.id}"]').get_by_role("button", name="抢单").click()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")
    return page


def without_a_token(route: Route) -> None:
    """What one left is not sent on while another works."""
    if "authorization" in route.request.headers:
        route.abort()
    else:
        route.continue_()


def sign_out(page: Page, url: str) -> None:
    """The way out for somebody who has unsent work and leaves it on the phone."""
    page.goto(f"{url}/me")
    page.click("#sign-out")
    expect(page.locator("#leaving h2")).to_have_text("还有 1 条没有发送")
    page.click("#leave-here")
    page.wait_for_url(re.compile("/sign-in"))


def has_its_token(house: House, page: Page, account: str) -> None:
    """The first contact gave the phone a token for this person, and it is on its disk."""
    name = f"propapp-{house.world.actor(account).person_id}"
    # A promise given to `wait_for_function` is true at once; `evaluate` waits for what it brings.
    until(
        page,
        f"""new Promise((resolve) => {{
            const opening = indexedDB.open("{name}");
            opening.onsuccess = () => {{
                const get = opening.result.transaction("meta").objectStore("meta").get("push");
                get.onsuccess = () => {{ opening.result.close(); resolve(Boolean(get.result)); }};
            }};
        }})""",
    )


def test_who_goes_with_unsent_work_is_asked_and_may_stay(house: House) -> None:
    page = a_claim_left_unsent(house)
    page.goto(f"{house.server.url}/me")
    page.click("#sign-out")
    expect(page.locator("#leave-here")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#leave-here")).to_have_count(0)
    page.click("#sign-out")
    page.click("#send-first")
    page.wait_for_url(re.compile("/outbox"))
    expect(page.locator('[data-state="saved"]')).to_have_count(1)


def test_who_has_nothing_unsent_is_not_asked(house: House) -> None:
    page = house.phone("technician")
    page.goto(f"{house.server.url}/me")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    page.click("#sign-out")
    page.wait_for_url(re.compile("/sign-in"))


def test_the_next_person_sees_a_count_and_no_content_and_it_is_not_sent_as_theirs(
    house: House,
) -> None:
    page = a_claim_left_unsent(house)
    sign_out(page, house.server.url)
    people.sign_in(page, house.server.url, "guard")
    page.goto(f"{house.server.url}/outbox")
    expect(page.get_by_text("另有他人未发送或待处理的内容 1 条")).to_be_visible()
    expect(page.locator("#other-people li")).to_have_text("technician等待发送 1 条")
    expect(page.locator("[data-operation]")).to_have_count(0)
    assert rows(Operation) == []


def test_of_each_person_it_is_said_how_much_waits_and_how_much_needs_them(house: House) -> None:
    page = a_claim_left_unsent(house)
    sign_out(page, house.server.url)
    # The other's claim arrives, and is lost: that is for its person alone to read.
    order = a_report(house.world)
    people.sign_in(page, house.server.url, "technician2")
    page.locator(f'li[data-order="{order.id}"]').get_by_role("button", name="抢单").click()
    light = page.locator("#sync-light")
    expect(light).to_have_attribute("data-word", "saved")
    house.world.do("supervisor", "order.cancel", order_id=order.id, reason="two of them")
    page.context.route(re.compile("/api/v1/.*"), without_a_token)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(light).to_have_attribute("data-word", "attention", timeout=20_000)
    page.goto(f"{house.server.url}/me")
    page.click("#sign-out")
    page.wait_for_url(re.compile("/sign-in"))

    people.sign_in(page, house.server.url, "guard")
    page.goto(f"{house.server.url}/outbox")
    lines = page.locator("#other-people li")
    expect(lines).to_have_text(["technician等待发送 1 条", "technician2需要处理 1 条"])
    expect(page.get_by_text("另有他人未发送或待处理的内容 2 条")).to_be_visible()
    look(page, "outbox-others")
    expect(page.locator("[data-operation]")).to_have_count(0)


def test_who_was_never_named_here_is_counted_all_the_same(house: House) -> None:
    page = a_claim_left_unsent(house)
    sign_out(page, house.server.url)
    people.sign_in(page, house.server.url, "guard")
    page.evaluate(FORGETS_ITS_NAME, f"propapp-{house.world.actor('technician').person_id}")
    page.goto(f"{house.server.url}/outbox")
    expect(page.locator("#other-people li")).to_have_text("另一个人等待发送 1 条")


def what_was_left_goes_up(house: House) -> None:
    """Somebody goes with work unsent and comes back: it is sent as theirs."""
    page = a_claim_left_unsent(house)
    sign_out(page, house.server.url)
    page.context.unroute_all()
    people.sign_in(page, house.server.url, "technician")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=20_000)
    sent = [one.person_id for one in rows(Operation)]
    assert sent == [house.world.actor("technician").person_id]


def test_the_work_that_was_left_goes_up_when_its_person_comes_back(house: House) -> None:
    what_was_left_goes_up(house)


def test_a_phone_locked_without_a_network_stays_locked_when_it_returns(house: House) -> None:
    page = house.phone("technician", offline_ready=True)
    page.goto(f"{house.server.url}/me")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    house.server.kill()
    page.click("#sign-out")
    page.wait_for_url(re.compile("/sign-in"))
    house.server.start()
    with page.expect_request(re.compile("/api/v1/sign-out")):
        page.goto(f"{house.server.url}/me")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sign_in")
    expect(page.locator("h2").filter(has_text="technician")).to_have_count(0)


def test_what_is_locked_in_one_tab_is_not_left_open_in_another(house: House) -> None:
    page = a_claim_left_unsent(house)
    other = page.context.new_page()
    other.goto(f"{house.server.url}/outbox")
    expect(other.locator("[data-operation]")).to_have_count(1)
    sign_out(page, house.server.url)
    other.wait_for_url(re.compile("/sign-in"))


def test_the_phone_finishes_what_one_left_while_another_works(house: House) -> None:
    order = a_report(house.world)
    page = house.phone("technician")
    # The first contact gives the phone its token; then the network is gone.
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    has_its_token(house, page, "technician")
    cut_off(page.context)
    page.locator(f'li[data-order="{order.id}"]').get_by_role("button", name="抢单").click()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")
    sign_out(page, house.server.url)
    people.sign_in(page, house.server.url, "guard")
    page.goto(f"{house.server.url}/me")
    expect(page.locator("#other-people")).to_contain_text("1 条")

    page.context.unroute_all()
    with page.expect_response(re.compile("/api/v1/operations")):
        page.reload()
    expect(page.locator("#other-people")).to_have_count(0)
    (sent,) = rows(Operation)
    assert sent.person_id == house.world.actor("technician").person_id
    assert sent.status == OperationStatus.APPLIED


def test_the_phone_finishes_it_with_nobody_signed_in(house: House) -> None:
    order = a_report(house.world)
    page = house.phone("technician")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    has_its_token(house, page, "technician")
    cut_off(page.context)
    page.locator(f'li[data-order="{order.id}"]').get_by_role("button", name="抢单").click()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")
    sign_out(page, house.server.url)
    page.context.unroute_all()
    with page.expect_response(re.compile("/api/v1/operations")) as answer:
        page.reload()
    assert answer.value.ok
    assert "cookie" not in answer.value.request.all_headers()
    (sent,) = rows(Operation)
    assert sent.person_id == house.world.actor("technician").person_id
