"""How a page is looked at: axe finds nothing, no key stands for a sentence, and a picture is kept.

Pictures land in build/pictures/; who changes a page opens them.
"""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


LOOKS = [("zh-CN", "light"), ("en", "dark"), ("zh-CN", "dark"), ("en", "light")]


def wear(page: Page, language: str, theme: str) -> None:
    """Choose the language and the light; they count from the next page on."""
    page.evaluate(
        "([language, theme]) => { localStorage.setItem('locale', language);"
        " localStorage.setItem('theme', theme); }",
        [language, theme],
    )


def look(page: Page, name: str) -> None:
    """Keep a picture under this name, and find nothing wrong."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()
    assert not raw_keys(page.inner_text("body"))


def raw_keys(text: str) -> list[str]:
    """Keys that stand where a sentence should."""
    return re.findall(r"\b(?:[a-z_]+\.){1,3}[a-z_]+\b(?<!\.com)", text)
