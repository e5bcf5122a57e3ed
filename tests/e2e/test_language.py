"""Both languages, switched at once, with no server to ask."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import people
from tests.serving import ServerProcess

CHINESE = re.compile("[\u4e00-\u9fff]")


def chinese_left(page: Page) -> list[str]:
    """What is still Chinese, but for the name of that language and what people wrote themselves."""
    lines = page.inner_text("body").splitlines()
    return [line for line in lines if CHINESE.search(line) and line.strip() != "中文"]


def test_the_language_is_switched_at_once_with_the_server_dead(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(offline_ready=True).new_page()
    people.sign_in(page, demo_server.url, "guard")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{demo_server.url}/me")
    # What the phone needs has arrived: from here on it needs nobody.
    expect(page.get_by_role("link", name="今天")).to_be_visible()
    demo_server.kill()

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Me", exact=True)).to_be_visible()
    assert page.get_attribute("html", "lang") == "en"
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("button", name="Start round").first).to_be_visible()
    assert chinese_left(page) == []

    page.reload()
    expect(page.get_by_role("button", name="Start round").first).to_be_visible()
    assert chinese_left(page) == []


def test_a_refusal_speaks_the_language_of_its_reader(demo_site: ServerProcess, page: Page) -> None:
    page.goto(f"{demo_site.url}/sign-in")
    page.get_by_role("button", name="English").click()
    page.fill("#username", "guard")
    page.fill("#password", "not the password")
    page.click("#submit")
    expect(page.get_by_role("alert")).to_contain_text("Account or password is wrong")
