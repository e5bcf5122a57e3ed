"""A promise of the company's own: refused below the law, kept above it, written anew later."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_clause_is_written_refused_below_the_law_kept_and_written_anew(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext], size: dict[str, int]
) -> None:
    page = new_phone(viewport=size).new_page()
    people.sign_in(page, demo_server.url, "manager")
    page.goto(f"{demo_server.url}/standards")
    page.click("#clause-write")
    page.locator("#own-form").wait_for()

    page.fill("[name=number]", "q01")
    page.fill("[name=heading]", "电梯每周多看一次")
    page.fill("[name=source]", "物业服务合同第 12 条")
    page.fill("[name='text.0']", "每月检查一次电梯")
    page.select_option("[name='unit.0']", "year")
    page.fill("[name='times.0']", "1")
    page.fill("[name=reason]", "业主大会提的")
    page.select_option("#own-subject", "lift.maintenance")
    expect(page.locator("#own-law li").first).to_contain_text("L13")
    page.click("#own-keep")
    expect(page.locator("#own-form [role=alert]")).to_contain_text("编号要以大写字母开头")

    page.fill("[name=number]", "Q01")
    page.click("#own-keep")
    expect(page.locator("#own-law [role=alert]")).to_contain_text("低于法定要求（条款 L13）")
    expect(page.locator("[name='text.0']")).to_have_value("每月检查一次电梯")

    page.select_option("[name='unit.0']", "week")
    page.click("#own-keep")
    page.wait_for_url(re.compile(r"/standards/clause/?\?clause="))
    expect(page.locator("main h1")).to_contain_text("Q01")

    page.click("#clause-rewrite")
    page.locator("#own-form").wait_for()
    expect(page.locator("[name='times.0']")).to_have_value("1")
    expect(page.locator("[name='unit.0']")).to_have_value("week")
    page.click("#own-keep")
    expect(page.locator("#own-form")).to_be_visible()
    page.fill("[name=reason]", "改成每周两次")
    page.fill("[name='times.0']", "2")
    page.fill("[name=starts]", "2099-01-01")
    page.click("#own-keep")
    page.wait_for_url(re.compile(r"/standards/clause/?\?clause="))
    expect(page.get_by_text("改成每周两次")).to_be_visible()


def test_whoever_only_reads_is_not_led_there(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=TABLET).new_page()
    people.sign_in(page, demo_server.url, "supervisor")
    page.goto(f"{demo_server.url}/standards")
    page.locator("main [data-clause]").first.wait_for()
    expect(page.locator("#clause-write")).to_have_count(0)
    page.goto(f"{demo_server.url}/standards/own")
    expect(page.locator("#own-form")).to_have_count(0)
