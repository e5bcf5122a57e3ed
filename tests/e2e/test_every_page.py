"""Every page as its people see it, in both languages and both lights."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.eyes import LOOKS, look, wear
from tests.serving import ServerProcess

# Ways to look at a plan, each behind its first one.
PLAN_VIEWS = ("month", "gantt", "load", "story")
# A plan that is still written, in the words of either language.
DRAFT = "main [data-plan]:has-text('{}') a"
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
    "matter": ("owner", "/my", "main a[href^='/matter']"),
    "order": ("technician", "/orders", "main a[href^='/orders?order']"),
    "board": ("manager", "/board", "main h2"),
    "board-rounds": ("manager", "/board/rounds", "main a[href^='/board/run?']"),
    "board-sites": ("manager", "/board/sites", "main [data-site]"),
    "schedules": ("supervisor", "/schedules", "main [data-schedule]"),
    "plans": ("manager", "/plans", "main [data-plan]"),
    "plan": ("supervisor", "/plans", "main [data-plan] a"),
    **{f"plan-{view}": ("manager", "/plans", "main [data-plan] a") for view in PLAN_VIEWS},
    "plan-task": ("supervisor", "/plans", f"{DRAFT.format('草稿')}, {DRAFT.format('Draft')}"),
    "goals": ("manager", "/goals", "main [data-goal]"),
    "goal": ("manager", "/goals", "main [data-goal] a"),
    "accidents": ("manager", "/accidents", "main h1"),
    "letters": ("guard", "/letters", "main [data-letter]"),
    "plan-year": ("supervisor", "/plans/year", "#year-draw"),
    "week": ("guard", "/week", "main [data-day]"),
    "duty": ("guard", "/duty", "main [data-ask], main [data-turn]"),
    "duty-leave": ("guard", "/duty?ask=leave", "main [data-choice]"),
    "duty-swap": ("guard", "/duty?ask=swap", "main [data-choice]"),
    "roster": ("supervisor", "/roster", "main [data-cell]"),
    "calendar": ("supervisor", "/schedules/year", "main [data-month]"),
    "shifts": ("supervisor", "/roster/shifts", "main [data-post]"),
    "standards": ("supervisor", "/standards", "main [data-clause]"),
    "standards-own": ("manager", "/standards/own", "#own-form"),
    "clause": ("manager", "/standards", "main a[href^='/standards/clause']"),
    "people": ("manager", "/people", "main [data-person]"),
    "sheets": ("supervisor", "/sheets", "#sheet-place"),
    "board-run": ("manager", "/board/rounds", "main a[href^='/board/run?']"),
    "board-looks": ("supervisor", "/board/looks", "main h2"),
    "board-phones": ("supervisor", "/board/phones", "main h2"),
    "board-parcels": ("manager", "/board/parcels", "main h2"),
    "board-evidence": ("manager", "/board/evidence", "main h2"),
    "reports": ("manager", "/reports", "#report-month-form"),
    "board-codes": ("supervisor", "/board/codes", "[data-point]"),
}
# What has no address of its own in the demo world is reached as people reach it.
BEHIND_A_LINK = {
    **{f"plan-{view}": "main [data-task]" for view in PLAN_VIEWS},
    "plan": "main [data-task]",
    "plan-task": "main [data-task]",
    "goal": "#goal-chain",
    "matter": "#timeline",
    "order": "#timeline",
    "board-run": "main dl",
    "clause": "#clause-month",
    "plan-year": "#year-result",
}
# Buttons that are too small for their words, and times that take more than two lines.
CUT_OFF = """[...document.querySelectorAll("main button, main p.tabular")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1
        || (one.matches("p") && one.clientHeight > 70))
    .map((one) => one.textContent)"""
SIZES = {"phone": PHONE, "tablet": TABLET}
# Each size with each language and each light; all four looks of a page are seen at one of them.
AT = {"phone": LOOKS[:2], "tablet": LOOKS[2:]}


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


@pytest.mark.parametrize("name", ["today", "orders"])
def test_text_twice_as_large_is_still_whole(
    name: str,
    demo_site: ServerProcess,
    signed_in: Callable[[str], dict[str, object]],
    new_phone: Callable[..., BrowserContext],
) -> None:
    account, address, there = PAGES[name]
    half = {"width": PHONE["width"] // 2, "height": PHONE["height"] // 2}
    page = new_phone(viewport=half, **signed_in(account)).new_page()
    page.goto(demo_site.url + address)
    page.locator(there).first.wait_for()
    assert page.evaluate(CUT_OFF) == []


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
    page.goto(f"{demo_site.url}/sign-in")
    for language, theme in AT[size]:
        wear(page, language, theme)
        page.goto(demo_site.url + address)
        page.locator(there).first.wait_for()
        if name in BEHIND_A_LINK:
            page.locator(there).first.click()
            page.locator(BEHIND_A_LINK[name]).first.wait_for()
        if name == "plan-task":
            page.locator("main [data-task] a[href^='/plans/task']").first.click()
            page.locator("#task-form").wait_for()
        if name.partition("-")[2] in PLAN_VIEWS:
            page.click(f"#see-{name.partition('-')[2]}")
            page.locator("main nav [aria-current=page]#see-" + name.partition("-")[2]).wait_for()
        page.wait_for_load_state("networkidle")
        look(page, f"{name}-{size}-{language}-{theme}")
