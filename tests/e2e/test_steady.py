"""What a thumb is on its way to stays where it is: a page that was opened before does not move.

A notice that came a moment after the rest pushed a button away between the pressing and the letting
go, and the tap was lost.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e import people
from tests.serving import ServerProcess

# Of everything that can be tapped (React knows it): where it stood, and where it went. What is
# drawn ahead of time becomes a page within the first pictures, sooner than anybody presses.
WATCHED = """
window.moved = [];
const seen = new Map();
requestAnimationFrame(function watch() {
    for (const one of document.querySelectorAll("main a, main button")) {
        if (!Object.keys(one).some((key) => key.startsWith("__reactProps"))) continue;
        const now = Math.round(one.getBoundingClientRect().top);
        const { before, pictures } = seen.get(one) ?? { before: now, pictures: 0 };
        if (before !== now && pictures > 3)
            window.moved.push(`${one.textContent.slice(0, 20)}: ${before} > ${now}`);
        seen.set(one, { before: now, pictures: pictures + 1 });
    }
    requestAnimationFrame(watch);
});
"""
PEOPLE = {
    "guard": ("/today", "/week", "/duty", "/letters", "/messages", "/outbox", "/me"),
    "technician": ("/orders",),
    "owner": ("/my", "/report", "/messages", "/me"),
}


@pytest.mark.parametrize("session", ["good", "ended"])
@pytest.mark.parametrize("account", PEOPLE)
def test_a_page_that_was_opened_before_does_not_move(
    account: str,
    session: str,
    demo_site: ServerProcess,
    new_phone: Callable[..., BrowserContext],
) -> None:
    context = new_phone(offline_ready=True)
    page = context.new_page()
    people.sign_in(page, demo_site.url, account)
    page.add_init_script(WATCHED)
    if session == "ended":
        context.clear_cookies()
    for path in PEOPLE[account]:
        opened(page, demo_site.url + path)
    moved = {path: opened(page, demo_site.url + path) for path in PEOPLE[account]}
    assert not {path: what for path, what in moved.items() if what}


def opened(page: Page, url: str) -> list[str]:
    """Open a page until it has its last word; tell what could be tapped and moved."""
    page.goto(url)
    page.locator("#sync-light:not([data-word=none])").wait_for()
    page.wait_for_load_state("networkidle")
    return page.evaluate("window.moved")
