"""The owner's story: reported in under a minute, followed, confirmed or reopened, and rated."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from propapp.features.orders.models import OrderStatus, WorkOrder
from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.house import House
from tests.e2e.test_orders import act, card, stands, submit
from tests.waiting import until
from tests.world import a_completed_order, found, rows

pytestmark = pytest.mark.browser

SOON = 20_000


def report(page: Page) -> None:
    """Report a leak at home, with as few taps as it takes."""
    page.get_by_role("link", name="我要报修").click()
    page.get_by_role("radio", name="水", exact=True).click()
    page.get_by_role("button", name=re.compile("我家")).click()
    page.get_by_role("button", name="漏水").click()
    page.locator("#report-photo").set_input_files(people.a_photo("leak"))
    expect(page.locator("main [data-photo]")).to_have_count(1)
    page.locator("#submit-report").click()
    expect(page.locator("#report-send-state")).to_be_visible()


def repair(house: House, order_id: UUID) -> None:
    """The technician claims it, starts and completes it with a photo, on a phone of their own."""
    page = house.phone("technician")
    card(page, order_id).get_by_role("button", name="抢单").click()
    expect(card(page, order_id)).to_contain_text("您负责", timeout=SOON)
    card(page, order_id).get_by_role("link").click()
    act(page, "start")
    act(page, "complete")
    page.locator("#draft-photo").set_input_files(people.a_photo("dry again"))
    page.get_by_role("button", name="已修好").click()
    submit(page)
    stands(page, "completed")


def matter(page: Page, order_id: UUID) -> Locator:
    """The owner's card of it."""
    return page.locator(f'li[data-order="{order_id}"]')


def steps(page: Page, order_id: UUID) -> list[str]:
    """How far each step has come."""
    marks = matter(page, order_id).locator("[data-step]").all()
    return [mark.get_attribute("data-state") or "" for mark in marks]


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_an_owner_reports_follows_confirms_and_rates(house: House, size: ViewportSize) -> None:
    page = house.phone("owner", viewport=size)
    report(page)
    expect(page.locator("#report-send-state")).to_have_attribute("data-state", "sent", timeout=SOON)
    expect(page.get_by_text(re.compile(r"编号 WX-\d{8}-\d{4}"))).to_be_visible(timeout=SOON)
    expect(page.get_by_text("前修好")).to_be_visible()
    [order] = rows(WorkOrder)
    assert (order.unit_id, order.description) == (house.world.unit.id, "漏水")
    page.get_by_role("link", name="看进展").click()
    expect(matter(page, order.id)).to_be_visible()
    assert steps(page, order.id) == ["here", "next", "next", "next", "next"]

    repair(house, order.id)
    page.reload()
    expect(matter(page, order.id)).to_have_attribute("data-status", "completed", timeout=SOON)
    assert steps(page, order.id) == ["done", "done", "done", "here", "next"]
    shown = f"[...document.querySelectorAll('li[data-order=\"{order.id}\"] img')]"
    until(page, f"{shown}.length === 2 && {shown}.every((one) => one.naturalWidth > 0)")
    matter(page, order.id).get_by_role("link", name="漏水").click()
    expect(page.locator('#timeline [data-event="completed"]')).to_contain_text("已修好")
    page.get_by_role("link", name="返回").click()
    matter(page, order.id).get_by_role("button", name="确认修好了").click()
    expect(page.locator("#closed-matters")).to_contain_text("漏水", timeout=SOON)

    matter(page, order.id).get_by_role("link", name="评价一下").click()
    submit(page)
    expect(page.get_by_role("alert")).to_have_text("请点星星打分")
    page.get_by_role("radio", name="很满意", exact=True).click()
    submit(page)
    expect(page.locator("#order-sheet")).not_to_be_visible()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    judged = found(WorkOrder, order.id)
    assert (judged.status, judged.stars) == (OrderStatus.CLOSED, 5)


def test_an_owner_says_that_it_is_not_repaired(house: House) -> None:
    order = a_completed_order(house.world, by="owner2")
    page = house.phone("owner2")
    matter(page, order.id).get_by_role("link", name="还没修好").click()
    page.get_by_role("button", name="还是坏的").click()
    page.locator("#draft-photo").set_input_files(people.a_photo("still drips"))
    expect(page.locator("#order-sheet [data-photo]")).to_have_count(1)
    submit(page)
    event = page.locator('#timeline [data-event="reopened"]')
    expect(event).to_contain_text("还是坏的")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    assert found(WorkOrder, order.id).status is OrderStatus.ASSIGNED


def test_a_report_says_what_is_missing_where_it_is_missing(house: House) -> None:
    page = house.phone("owner")
    page.get_by_role("link", name="我要报修").click()
    page.locator("#submit-report").click()
    expect(page.get_by_role("alert")).to_have_text("请选是什么问题")
    page.get_by_role("radio", name="电", exact=True).click()
    page.locator("#submit-report").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("请选在哪里|请写几个字"))


def test_a_report_without_a_server_is_kept_and_says_so(house: House) -> None:
    page = house.phone("owner")
    expect(page.get_by_role("link", name="我要报修")).to_be_visible()
    page.goto(f"{house.server.url}/report")
    expect(page.get_by_role("radio", name="水", exact=True)).to_be_visible()
    house.server.kill()
    page.get_by_role("radio", name="水", exact=True).click()
    page.get_by_role("button", name=re.compile("我家")).click()
    page.locator("#report-text").fill("阳台漏水")
    page.locator("#submit-report").click()
    expect(page.locator("#report-send-state")).to_have_attribute("data-state", "saved")
    expect(page.get_by_text("已保存在手机，有网络时自动发送")).to_be_visible()
    assert rows(WorkOrder) == []
    house.server.start()
    expect(page.locator("#report-send-state")).to_have_attribute("data-state", "sent", timeout=SOON)
    [order] = rows(WorkOrder)
    assert order.description == "阳台漏水"
