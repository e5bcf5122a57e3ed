"""The technician's and the supervisor's story: orders claimed, done, assigned and sent back."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from propapp.core.timeline import TimelineEvent
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.photos.models import Photo, PhotoUse
from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.house import House
from tests.world import a_completed_order, a_report, an_order_in_progress, found, rows

pytestmark = pytest.mark.browser

SOON = 20_000


def card(page: Page, order_id: UUID) -> Locator:
    """The order in the list."""
    return page.locator(f'li[data-order="{order_id}"]')


def detail(page: Page) -> Locator:
    """The order that is open."""
    return page.locator("#order")


def stands(page: Page, status: str) -> None:
    """The open order is in this status, and everything done to it has arrived."""
    expect(detail(page)).to_have_attribute("data-status", status, timeout=SOON)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)


def open_order(page: Page, order_id: UUID) -> None:
    """From the list to the order."""
    card(page, order_id).get_by_role("link").click()
    expect(detail(page)).to_have_attribute("data-order", str(order_id))


def act(page: Page, verb: str) -> None:
    """Take a step: the next one at the thumb, any other from the list behind it."""
    button = page.locator(f'#next-step [data-verb="{verb}"], #more [data-verb="{verb}"]')
    expect(button).to_have_count(1, timeout=SOON)
    if not button.is_visible():
        page.locator("#more summary").click()
    button.click()


def submit(page: Page) -> None:
    """The last tap of a sheet."""
    page.locator("#submit-verb").click()


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_technician_claims_starts_holds_resumes_and_completes(
    house: House, size: ViewportSize
) -> None:
    order = a_report(house.world)
    page = house.phone("technician", viewport=size)
    card(page, order.id).get_by_role("button", name="抢单").click()
    expect(card(page, order.id)).to_contain_text("您负责", timeout=SOON)
    open_order(page, order.id)
    act(page, "start")
    stands(page, "in_progress")

    act(page, "hold")
    submit(page)
    expect(page.get_by_role("alert")).to_have_text("请写几个字")
    page.get_by_role("button", name="等配件").click()
    expect(page.locator("#draft-text")).to_have_value("等配件")
    submit(page)
    stands(page, "on_hold")
    expect(detail(page)).to_contain_text("等配件")
    act(page, "resume")
    stands(page, "in_progress")

    act(page, "complete")
    submit(page)
    expect(page.get_by_role("alert")).to_have_text("请拍一张照片")
    page.locator("#draft-photo").set_input_files(people.a_photo("new washer"))
    expect(page.locator("#order-sheet [data-photo]")).to_have_count(1)
    page.locator("#draft-text").fill("换了垫圈")
    page.reload()
    expect(page.locator("#draft-text")).to_have_value("换了垫圈")
    submit(page)
    stands(page, "completed")
    done = found(WorkOrder, order.id)
    assert (done.status, done.result_note) == (OrderStatus.COMPLETED, "换了垫圈")
    [shot] = rows(PhotoUse, parent_id=order.id)
    assert len(rows(Photo, sha256=shot.sha256)) == 1


def test_of_two_who_tap_at_once_one_has_it_and_the_other_is_told_who(house: House) -> None:
    order = a_report(house.world)
    names = ("technician", "technician2")
    phones = {name: house.phone(name) for name in names}
    for page in phones.values():
        expect(card(page, order.id)).to_be_visible()
    house.server.freeze()
    for page in phones.values():
        card(page, order.id).get_by_role("button", name="抢单").click()
        expect(card(page, order.id)).to_contain_text("已申请，等待确认")
        expect(card(page, order.id)).not_to_contain_text("您负责")
    house.server.thaw()

    told = {name: card(page, order.id) for name, page in phones.items()}
    for name in names:
        expect(told[name]).not_to_contain_text("已申请", timeout=SOON)
    holder = found(WorkOrder, order.id).assignee_id
    [winner] = [name for name in names if house.world.actor(name).person_id == holder]
    [loser] = set(names) - {winner}
    expect(told[winner]).to_contain_text("您负责", timeout=SOON)
    expect(told[loser].get_by_role("alert")).to_contain_text(winner, timeout=SOON)
    expect(told[loser]).not_to_contain_text("您负责")
    assert len(rows(TimelineEvent, thing_id=order.id, verb="order.claimed")) == 1


def test_a_claim_tapped_offline_is_shown_as_asked(house: House) -> None:
    order = a_report(house.world)
    page = house.phone("technician")
    claim = card(page, order.id).get_by_role("button", name="抢单")
    expect(claim).to_be_visible()
    house.server.kill()
    claim.click()
    expect(card(page, order.id)).to_contain_text("已申请，等待确认")
    expect(card(page, order.id)).to_contain_text("已保存在手机")
    expect(card(page, order.id)).not_to_contain_text("您负责")
    open_order(page, order.id)
    expect(detail(page)).to_contain_text("先别动手")
    expect(page.locator('[data-verb="start"]')).to_have_count(0)
    house.server.start()
    stands(page, "assigned")
    expect(detail(page)).to_contain_text("您负责")


def test_notes_and_photos_on_an_order_are_kept_without_a_server(house: House) -> None:
    order = an_order_in_progress(house.world)
    page = house.phone("technician")
    open_order(page, order.id)
    house.server.kill()
    act(page, "note")
    page.locator("#draft-photo").set_input_files(people.a_photo("valve"))
    expect(page.locator("#order-sheet [data-photo]")).to_have_count(1)
    page.locator("#draft-text").fill("阀门已关")
    submit(page)
    event = page.locator('#timeline [data-event="noted"]')
    expect(event).to_contain_text("阀门已关")
    expect(event).to_have_attribute("data-state", "saved")
    house.server.start()
    expect(event).not_to_have_attribute("data-state", "saved", timeout=SOON)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    [shot] = rows(PhotoUse, parent_id=order.id)
    assert len(rows(Photo, sha256=shot.sha256)) == 1
    assert len(rows(TimelineEvent, thing_id=order.id, verb="order.noted")) == 1


def choose(page: Page, name: str) -> None:
    """Pick a person in the sheet."""
    page.get_by_role("radio", name=re.compile(rf"^{name}\b")).click()


def test_a_supervisor_assigns_and_assigns_again(house: House) -> None:
    order = a_report(house.world)
    page = house.phone("supervisor", viewport=TABLET)
    page.goto(f"{house.server.url}/orders?order={order.id}")
    expect(card(page, order.id)).to_be_visible()
    act(page, "assign")
    submit(page)
    expect(page.get_by_role("alert")).to_have_text("请选一个人")
    choose(page, "technician")
    submit(page)
    stands(page, "assigned")
    page.get_by_role("button", name="改派").or_(page.locator("#more summary")).first.click()
    page.get_by_role("button", name="改派").click()
    choose(page, "technician2")
    submit(page)
    given = page.locator('#timeline [data-event="assigned"]')
    expect(given).to_have_count(2, timeout=SOON)
    stands(page, "assigned")
    page.reload()
    expect(given.first).to_contain_text("→ technician")
    expect(given.last).to_contain_text("→ technician2")
    holder = house.world.actor("technician2")
    assert found(WorkOrder, order.id).assignee_id == holder.person_id


def test_a_supervisor_sends_finished_work_back(house: House) -> None:
    order = a_completed_order(house.world, by="supervisor")
    page = house.phone("supervisor", viewport=TABLET)
    page.goto(f"{house.server.url}/orders?order={order.id}")
    act(page, "send_back")
    page.get_by_role("button", name="现场没收拾").click()
    submit(page)
    stands(page, "in_progress")
    expect(page.locator('#timeline [data-event="sent_back"]')).to_contain_text("现场没收拾")


def test_the_list_says_what_is_urgent_and_what_is_late(house: House) -> None:
    late = a_report(house.world, priority="low", description="Late")
    urgent = a_report(house.world, priority="urgent", description="Urgent")
    with_time = found(WorkOrder, late.id)
    page = house.phone("technician")
    expect(page.locator("li[data-order]")).to_have_count(2)
    expect(page.locator("li[data-order]").first).to_contain_text("紧急")
    expect(card(page, urgent.id)).to_contain_text("还剩")
    assert with_time.due_at > found(WorkOrder, urgent.id).due_at


def test_whoever_is_concerned_is_told_in_whole_sentences(house: House) -> None:
    order = an_order_in_progress(house.world)
    technician2 = house.world.actor("technician2").person_id
    house.world.do("technician", "order.hold", order_id=order.id, reason="No washer")
    house.world.do(
        "technician", "order.hand_over", order_id=order.id, reason="Off", to_person_id=technician2
    )
    for account, told in {"owner": 4, "technician2": 1}.items():
        page = house.phone(account)
        page.goto(f"{house.server.url}/messages")
        lines = page.locator("main li")
        expect(lines).to_have_count(told)
        for line in lines.all():
            expect(line).to_contain_text("The tap drips")
            expect(line).not_to_contain_text(re.compile(r"[{}]|message\."))
        lines.first.get_by_role("link").click()
        expect(detail(page)).to_have_attribute("data-order", str(order.id))
