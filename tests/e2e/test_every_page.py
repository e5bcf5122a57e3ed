"""Every page as its people see it: axe finds nothing, and a picture is kept to be looked at.

Pictures land in build/pictures/<page>-<size>-<language>-<theme>.png; who changes a page opens them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.serving import ServerProcess

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
# Whose page it is, its address, and what must be there before it is looked at.
PAGES = {
    "sign-in": ("", "/sign-in", "#demo-accounts button"),
    "today": ("guard", "/today", "main h2"),
    "messages": ("guard", "/messages", "main li"),
    "me": ("guard", "/me", "#sign-out"),
    "outbox": ("guard", "/outbox", "main h2"),
    "orders": ("technician", "/orders", "main article, main li"),
    "report": ("owner", "/report", "main button"),
    "my": ("owner", "/my", "main h2"),
    "board": ("manager", "/board", "main h2"),
}
SIZES = {"phone": PHONE, "tablet": TABLET}
LOOKS = [("zh-CN", "light"), ("en", "dark"), ("zh-CN", "dark"), ("en", "light")]
# Rules that judge markup Reflex writes around every page and no person meets.
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    }
}


@pytest.fixture(scope="session")
def signed_in(browser: Browser, demo_site: ServerProcess) -> Callable[[str], dict[str, object]]:
    """The cookies of each person, who signs in once."""
    kept: dict[str, dict[str, object]] = {"": {}}

    def cookies_of(account: str) -> dict[str, object]:
        if account not in kept:
            context = browser.new_context(service_workers="block")
            people.sign_in(context.new_page(), demo_site.url, account)
            kept[account] = {"storage_state": context.storage_state()}
            context.close()
        return kept[account]

    return cookies_of


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_both_languages_and_both_lights(
    name: str,
    size: str,
    demo_site: ServerProcess,
    signed_in: Callable[[str], dict[str, object]],
    new_phone: Callable[..., BrowserContext],
) -> None:
    account, address, there = PAGES[name]
    context = new_phone(viewport=SIZES[size], **signed_in(account))
    page = context.new_page()
    for language, theme in LOOKS:
        _choose(page, demo_site.url, language, theme)
        page.goto(demo_site.url + address)
        page.locator(there).first.wait_for()
        _look(page, f"{name}-{size}-{language}-{theme}")
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        assert not raw_keys(page.inner_text("body"))


def _choose(page: Page, url: str, language: str, theme: str) -> None:
    page.goto(f"{url}/sign-in")
    page.evaluate(
        "([language, theme]) => { localStorage.setItem('locale', language);"
        " localStorage.setItem('theme', theme); }",
        [language, theme],
    )


def _look(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


def raw_keys(text: str) -> list[str]:
    """Keys that stand where a sentence should."""
    return re.findall(r"\b(?:[a-z_]+\.){1,3}[a-z_]+\b(?<!\.com)", text)
