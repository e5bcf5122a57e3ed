"""A basement without a signal: the work leaves the phone as a file, and nothing is there twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.photos.models import Photo, PhotoUse
from tests.conftest import TABLET
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.e2e.test_orders import act, submit
from tests.e2e.test_shared_phone import has_its_token
from tests.world import an_order_row, rows

pytestmark = pytest.mark.browser

SOON = 60_000


def ready_for_the_basement(house: House) -> Page:
    """A technician's phone that has everything it needs, with an order in hand."""
    who = house.world.actor("technician")
    an_order_row(house.world, OrderStatus.IN_PROGRESS, assignee_id=who.person_id)
    page = house.phone("technician", offline_ready=True, accept_downloads=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{house.server.url}/outbox")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    has_its_token(house, page, "technician")
    return page


def complete_with_a_photo(page: Page, url: str, order: WorkOrder) -> None:
    """The repair is done, and shown."""
    page.goto(f"{url}/orders?order={order.id}")
    act(page, "complete")
    page.locator("#draft-photo").set_input_files(people.a_photo("mended"))
    expect(page.locator("#order-sheet [data-photo]")).to_have_count(1)
    page.locator("#draft-text").fill("换了密封圈")
    submit(page)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "saved")


def export(page: Page, url: str, to: Path) -> None:
    """Take the unsent work away as a file."""
    page.goto(f"{url}/outbox")
    page.click("#export-unsent")
    expect(page.locator("#parcel-ready")).to_contain_text("文件已备好：1 项、1 张照片")
    look(page, "parcel-phone")
    with page.expect_download() as fetched:
        page.click("#save-parcel")
    assert fetched.value.suggested_filename.endswith(".unsent")
    fetched.value.save_as(to)


def bring(house: House, file: Path, account: str = "service_desk") -> Page:
    """The office imports it."""
    desk = house.new_phone(viewport=TABLET).new_page()
    people.sign_in(desk, house.server.url, account)
    desk.goto(f"{house.server.url}/board/parcels")
    desk.set_input_files("#parcel-file", file)
    return desk


def test_work_without_a_network_comes_in_by_a_file_and_is_not_doubled_when_the_phone_is_back(
    house: House, tmp_path: Path
) -> None:
    page = ready_for_the_basement(house)
    (order,) = rows(WorkOrder)
    page.context.set_offline(True)
    complete_with_a_photo(page, house.server.url, order)
    file = tmp_path / "work.unsent"
    export(page, house.server.url, file)
    expect(page.locator('[data-operation][data-state="saved"]')).to_have_count(1)
    assert rows(Operation) == []

    desk = bring(house, file)
    newest = desk.locator("[data-parcel]").first
    expect(newest).to_have_attribute("data-parcel", "taken")
    expect(newest.locator('[data-item="taken"]')).to_have_count(2)
    look(desk, "parcel-office")
    (done,) = rows(WorkOrder)
    assert done.status is OrderStatus.COMPLETED
    assert len(rows(Photo)) == 1

    desk.set_input_files("#parcel-file", file)
    expect(desk.locator("[data-parcel]")).to_have_count(2)
    expect(desk.locator("[data-parcel]").first.locator('[data-item="known"]')).to_have_count(2)

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    expect(page.locator('[data-operation][data-state="sent"]')).to_have_count(1)
    (sent,) = rows(Operation)
    assert sent.status is OperationStatus.APPLIED
    assert (len(rows(Photo)), len(rows(PhotoUse))) == (1, 1)


def test_a_file_that_was_cut_is_refused_in_words_and_its_whole_part_can_be_had(
    house: House, tmp_path: Path
) -> None:
    page = ready_for_the_basement(house)
    (order,) = rows(WorkOrder)
    page.context.set_offline(True)
    complete_with_a_photo(page, house.server.url, order)
    file = tmp_path / "work.unsent"
    export(page, house.server.url, file)
    file.write_bytes(file.read_bytes()[:-100])

    desk = bring(house, file)
    expect(desk.locator("[data-problem]")).to_have_attribute("data-problem", "parcel_damaged")
    expect(desk.locator("[data-problem]")).to_contain_text("什么都没有导入")
    assert rows(Operation) == []
    look(desk, "parcel-damaged")
    desk.click("#bring-partly")
    expect(desk.locator("[data-parcel]").first).to_have_attribute("data-parcel", "partly")
    look(desk, "parcel-partly")
    assert len(rows(Operation)) == 1
    assert rows(Photo) == []


def test_a_photo_is_no_parcel(house: House, tmp_path: Path) -> None:
    file = tmp_path / "photo.unsent"
    file.write_bytes(people.a_photo("any")["buffer"])
    desk = bring(house, file, "supervisor")
    expect(desk.locator("[data-problem]")).to_contain_text("这不是离线包")
