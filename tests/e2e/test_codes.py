"""A supervisor prints new codes for two points, and ends one that was photographed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from propapp.features.sites.models import Challenge
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.serving import ServerProcess
from tests.world import rows

pytestmark = pytest.mark.browser


def test_new_codes_are_printed_put_up_and_ended(
    demo_site: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone().new_page()
    people.sign_in(page, demo_site.url, "supervisor")
    page.goto(f"{demo_site.url}/board/codes")
    points = page.locator("[data-point]")
    expect(points).to_have_count(26)
    page.get_by_role("button", name="打印所选点位的新码").click()
    expect(page.get_by_text("还没有勾选点位。请先勾选，再打印。")).to_be_visible()
    look(page, "codes")
    chosen = [points.nth(at).get_attribute("data-point") for at in (0, 1)]
    for point in chosen:
        page.locator(f"[data-point='{point}'] input[type=checkbox]").check()
    page.get_by_role("button", name="打印所选点位的新码").click()
    # The sheet is paper: nothing but the cards.
    page.wait_for_url("**/codes/sheet?**")
    assert page.locator("article").count() == len(chosen)
    page.go_back()
    first = page.locator(f"[data-point='{chosen[0]}']")
    expect(first).to_have_attribute("data-state", "printed")
    expect(page.get_by_role("link", name="打开待张贴的码（2 张）")).to_be_visible()
    old = first.locator("[data-code]").last
    old.locator("summary").click()
    old.get_by_label("为什么作废").fill("被人拍照外传")
    old.get_by_role("button", name="作废这张码").click()
    expect(first.get_by_text("已作废 1 张")).to_be_visible()
    expect(first.locator("[data-code]")).to_have_count(1)


def test_a_question_is_prepared_refused_when_it_has_no_choice_and_taken_out(house: House) -> None:
    page = house.phone("supervisor")
    page.goto(f"{house.server.url}/board/codes")
    part = page.locator("[data-challenges]").first
    part.locator("summary").first.click()
    form = part.locator("[data-form=question]")
    form.locator("summary").click()
    form.locator("[name=text]").fill("2 号水泵是什么颜色？")
    form.locator("[name=right]").fill("蓝色")
    form.locator("[name=others]").fill("蓝色")
    form.locator("button[type=submit]").click()
    expect(part.get_by_text("没有加上：提问要有一个正确答案")).to_be_visible()
    assert rows(Challenge) == []
    look(page, "challenge-refused")

    form.locator("[name=others]").fill("红色\n绿色")
    form.locator("button[type=submit]").click()
    expect(part.locator("[data-challenge]")).to_contain_text("2 号水泵是什么颜色？")
    expect(part.locator("[data-challenge]")).to_contain_text("蓝色")
    look(page, "challenge-prepared")
    (kept,) = rows(Challenge)
    assert kept.dropped_at is None

    part.locator("[data-challenge]").get_by_role("button").click()
    expect(part.locator("[data-challenge]")).to_have_count(0)
    (dropped,) = rows(Challenge)
    assert dropped.dropped_at is not None
