"""A level chosen, a year generated, a what-if compared and adopted; odd values at their fields."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser


def at_the_year(page: Page, url: str, who: str) -> None:
    """This person before the page of a year, reached by its button."""
    people.sign_in(page, url, who)
    page.goto(f"{url}/plans")
    page.click("#plan-from-level")
    page.wait_for_url(re.compile(r"/plans/year/?\?site="))
    page.locator("#year-draw").wait_for()


def draw_up(page: Page) -> None:
    """Draw up the year of what is in the form."""
    page.click("#year-draw")
    page.locator("#year-result").wait_for()
    expect(page.locator("#year-working")).to_have_count(0)


def figure(page: Page, side: str, known_as: str) -> float:
    """A figure of one side."""
    text = page.locator(f"[data-side={side}] [data-figure={known_as}] dd").inner_text()
    return float(re.sub(r"[^0-9.]", "", text))


def difference(page: Page, known_as: str) -> str:
    """What the difference says of it, with its sign."""
    return page.locator(f"#year-difference [data-more={known_as}] dd > span").inner_text()


def test_a_level_chosen_a_year_generated_a_what_if_compared_and_adopted(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=TABLET).new_page()
    at_the_year(page, demo_server.url, "supervisor")
    expect(page.locator("[id='has.lift']")).to_have_value("14")
    page.click("#year-level [data-level='2']")
    page.locator("[id='has.tank']").locator("xpath=following-sibling::button").click()
    expect(page.locator("[id='has.tank']")).to_have_value("5")
    draw_up(page)
    expect(page.locator("#year-difference")).to_contain_text("还没有可比的")
    assert figure(page, "one", "people") > 5
    assert figure(page, "one", "cost") > 100_000
    assert figure(page, "one", "tasks") > 15

    page.click("#try-level [data-level='1']")
    expect(page.locator("[data-side=other]")).to_be_visible()
    assert figure(page, "other", "hours") > figure(page, "one", "hours")
    assert difference(page, "cost").strip().startswith("+")

    page.select_option("#try-subject", "order.patrol")
    page.select_option("#try-unit", "day")
    page.fill("#try-form [name=times]", "3")
    page.click("#try-often")
    expect(page.locator("[data-tried='order.patrol']")).to_contain_text("每日 3 次")
    expect(page.locator("#year-uncovered-other [data-why=less]")).to_contain_text("S09")
    expect(page.locator("#year-uncovered-one [data-why=less]")).to_have_count(0)

    page.select_option("#try-subject", "lift.maintenance")
    page.select_option("#try-unit", "year")
    page.fill("#try-form [name=times]", "1")
    page.click("#try-often")
    expect(page.locator("#try-form [role=alert]")).to_contain_text("法定要求（条款 L13）")
    expect(page.locator("[data-tried]")).to_have_count(1)

    page.click("#take-other")
    page.click("#year-adopt")
    expect(page.locator("#take-form [role=alert]")).to_contain_text("请选审核人")
    page.select_option("#take-form [name=reviewer]", label="何丽")
    page.select_option("#take-form [name=approver]", label="周敏")
    page.click("#year-adopt")
    page.wait_for_url(re.compile(r"/plans/plan/?\?plan="))
    expect(page.locator("#plan-head")).to_contain_text("草稿")
    task = page.locator("[data-task='order.patrol']")
    expect(task).to_contain_text("S09")
    expect(task.locator("a[href^='/standards/clause']")).to_be_visible()


def test_what_is_odd_is_said_at_its_field_and_nothing_is_kept(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=PHONE).new_page()
    at_the_year(page, demo_server.url, "manager")
    page.fill("[id='has.lift']", "很多")
    page.click("#year-draw")
    alert = page.locator("main [role=alert]")
    expect(alert).to_have_text("请填 0 到 2000 的整数。")
    expect(page.locator("#year-result")).to_have_count(0)
    expect(page.locator("[id='has.lift']")).to_have_value("很多")
    page.fill("[id='has.lift']", "14")
    draw_up(page)
    expect(alert).to_have_count(0)
    page.click("#year-costs summary")
    page.fill("[name='hourly.guard']", "26.505")
    page.click("#costs-keep")
    expect(alert).to_have_text("请填 0 到 1000 元，最多两位小数。")
    before = figure(page, "one", "cost")
    page.fill("[name='hourly.guard']", "52")
    page.click("#costs-keep")
    expect(alert).to_have_count(0)
    expect(page.locator("[data-side=one] [data-figure=cost] dd")).not_to_have_text(
        re.compile(f"^¥{before:,.0f}")
    )
    assert figure(page, "one", "cost") > before
    page.click("#try-level [data-level='1']")
    expect(page.locator("[data-side=other]")).to_be_visible()
    box = {
        part: page.locator(part).bounding_box() for part in ("#year-difference", "[data-side=one]")
    }
    first, second = box.values()
    assert first
    assert second
    assert first["y"] < second["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
