"""What a phone sent and the house holds back: told, seen on a board, and ended by a person."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply
from propapp.core.use_case import load_use_cases
from propapp.features.orders.models import WorkOrder
from propapp.features.phones.jobs import hold_back
from propapp.features.phones.models import HeldOperation
from tests.conftest import PHONE, TABLET
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.e2e.test_outbox import claims
from tests.sync.phones import Phone
from tests.world import World, rows

pytestmark = pytest.mark.browser


def held(world: World, kind: str, **actor: Any) -> None:
    """A report of the guard's that came and had no effect."""
    load_use_cases()
    phone, order_id = Phone(), uuid7()
    body = {"order_id": str(order_id), "site_id": str(world.site.id), "category": "water"}
    more = {"description": "水管漏水", "place_id": str(world.lobby.id)}
    said = phone.does(kind, thread=order_id, **body, **more)
    sender = replace(world.actor("guard"), **actor)
    assert apply(sender, phone.id, said, world.clock).status == "quarantined"


def not_known_yet(route: Route) -> None:
    """What the phone sends is of a kind that only a later house knows."""
    said = json.loads(route.request.post_data or "{}")
    for operation in said["operations"]:
        operation["kind"] = "order.claim_by_voice"
    route.continue_(post_data=json.dumps(said))


def test_the_phone_says_that_somebody_looks_until_somebody_has(house: House) -> None:
    page = house.phone("technician")
    page.context.route(re.compile("/api/v1/operations"), not_known_yet)
    claims(page, house)
    page.goto(f"{house.server.url}/outbox")
    line = page.locator("[data-operation]")
    expect(line).to_contain_text("您不用再做什么，主管会处理。", timeout=30_000)
    hold_back(house.world.clock)
    (row,) = rows(HeldOperation)
    house.world.do("supervisor", "held.settle", held_id=row.id, note="当面问过")
    page.reload()
    expect(line).to_contain_text("主管已核对过", timeout=30_000)
    expect(line).to_contain_text("您不用再做什么。")
    expect(line).not_to_contain_text("主管会处理")
    look(page, "outbox-looked-after")
    line.get_by_role("button", name="知道了").click()
    expect(line).to_have_attribute("data-state", "told")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")


@pytest.mark.parametrize("size", ["phone", "tablet"])
def test_it_is_told_seen_and_ended_by_whoever_cares(house: House, size: str) -> None:
    page = house.phone("supervisor", viewport={"phone": PHONE, "tablet": TABLET}[size])
    page.goto(f"{house.server.url}/board/phones")
    expect(page.locator("main")).to_contain_text("没有待核对的操作")
    look(page, f"board-held-none-{size}")

    held(house.world, "order.report_aloud")
    house.world.clock.set(house.world.clock.now().replace(microsecond=0))
    held(house.world, "order.report", left=True)
    hold_back(house.world.clock)
    page.goto(f"{house.server.url}/messages")
    page.get_by_text("系统还不认识的操作").click()
    expect(page).to_have_url(f"{house.server.url}/board/phones")
    expect(page.locator("[data-held]")).to_have_count(2)
    left = page.locator("[data-held]").filter(has_text="已经离岗")
    strange = page.locator("[data-held]").filter(has_text="还不认识")
    expect(left).to_contain_text("报修")
    expect(strange.get_by_role("button", name="让它生效")).to_have_count(0)
    look(page, f"board-held-{size}")

    strange.get_by_role("button", name="记下结果").click()
    expect(strange).to_contain_text("请写几句话")
    strange.locator("textarea").fill("已当面问过，另报了一单。")
    strange.get_by_role("button", name="记下结果").click()
    expect(strange).to_have_attribute("data-status", "settled")
    left.get_by_role("button", name="让它生效").click()
    expect(left).to_have_attribute("data-status", "done")
    assert len(rows(WorkOrder)) == 1
    look(page, f"board-held-ended-{size}")
