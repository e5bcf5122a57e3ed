"""A first password goes from a slip to its person, who makes it their own and changes it later."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.eyes import look, wear
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser

ALOUD = re.compile(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}")
OWN, LATER = "three odd ducks", "four odd geese"


def at_counter(page: Page, url: str) -> None:
    """The manager before the people of the site."""
    people.sign_in(page, url, "manager")
    page.goto(f"{url}/people")
    page.locator("main [data-person]").first.wait_for()
    page.locator("#office-here").wait_for()


def given(page: Page, username: str) -> str:
    """The first password that the slip shows."""
    card = page.locator(f"[data-person='{username}']")
    card.locator("summary").click()
    card.get_by_role("button").click()
    password = page.locator("dd.password").inner_text()
    assert ALOUD.fullmatch(password)
    expect(page.locator("#username dd")).to_have_text(username)
    return password


def at_own_page(page: Page, url: str) -> None:
    """Before their own password, unfolded."""
    page.goto(f"{url}/me")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    page.locator("#change-password summary").click()


def knock(page: Page, url: str, username: str, password: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("#submit")


def test_from_the_slip_to_a_password_of_their_own(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    url = demo_server.url
    office = new_phone(viewport=TABLET).new_page()
    at_counter(office, url)
    expect(office.locator("[data-person=cleaner]")).to_have_attribute("data-entry", "own")
    look(office, "people-tablet")
    first = given(office, "cleaner")
    look(office, "slip-tablet")
    office.get_by_role("link").click()
    expect(office.locator("[data-person=cleaner]")).to_have_attribute("data-entry", "first")

    page = new_phone(viewport=PHONE).new_page()
    knock(page, url, "cleaner", people.PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("不对")
    expect(page.locator("#username")).to_have_value("cleaner")
    knock(page, url, "cleaner", first)
    expect(page.locator("#new-password")).to_be_focused()
    look(page, "first-password-phone")
    for weak, why in (("cleaner1", "账号"), ("12345678", "常见"), ("kurz", "太短")):
        page.fill("#new-password", weak)
        page.click("#submit")
        expect(page.get_by_role("alert")).to_contain_text(why)
        expect(page.locator("#password")).to_have_value(first)
    page.fill("#new-password", OWN)
    page.get_by_role("button", name="显示密码").click()
    expect(page.locator("#new-password")).to_have_attribute("type", "text")
    look(page, "first-password-shown-phone")
    page.click("#submit")
    page.wait_for_url("**/orders")

    at_own_page(page, url)
    look(page, "me-password-phone")
    page.fill("#password", "a guess")
    page.fill("#new-password", LATER)
    page.get_by_role("button", name="保存新密码").click()
    page.wait_for_url("**/me?error=wrong_credentials")
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#password", OWN)
    page.fill("#new-password", LATER)
    page.get_by_role("button", name="保存新密码").click()
    page.wait_for_url("**/me?saved=password")
    expect(page.locator("#change-password").get_by_role("status")).to_contain_text("已修改")
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent")
    look(page, "me-password-saved-phone")

    other = new_phone(viewport=PHONE).new_page()
    knock(other, url, "cleaner", OWN)
    expect(other.get_by_role("alert")).to_be_visible()
    knock(other, url, "cleaner", LATER)
    other.wait_for_url("**/orders")
    office.goto(f"{url}/people")
    expect(office.locator("[data-person=cleaner]")).to_have_attribute("data-entry", "own")


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("zh-CN", "light")])
def test_people_on_a_phone(
    demo_server: ServerProcess,
    new_phone: Callable[..., BrowserContext],
    language: str,
    theme: str,
) -> None:
    url = demo_server.url
    page = new_phone(viewport=PHONE).new_page()
    at_counter(page, url)
    wear(page, language, theme)
    page.goto(f"{url}/people")
    page.locator("#office-here").wait_for()
    card = page.locator("[data-person=guard]")
    card.locator("summary").click()
    look(page, f"people-phone-{language}")
    card.scroll_into_view_if_needed()
    look(page, f"people-giving-phone-{language}")
    page.fill("#words", "guard2")
    page.keyboard.press("Enter")
    expect(page.locator("[data-person]")).to_have_count(1)
    page.fill("#words", "nobody of that name")
    page.keyboard.press("Enter")
    expect(page.locator("[data-person]")).to_have_count(0)
    look(page, f"people-none-phone-{language}")
    page.fill("#words", "")
    page.keyboard.press("Enter")
    first = given(page, "guard")
    look(page, f"slip-phone-{language}")
    door = new_phone(viewport=PHONE).new_page()
    door.goto(f"{url}/sign-in")
    wear(door, language, theme)
    knock(door, url, "guard", first)
    expect(door.locator("#new-password")).to_be_visible()
    look(door, f"first-password-phone-{language}")
    door.fill("#new-password", OWN)
    door.click("#submit")
    door.wait_for_url("**/today")
    at_own_page(door, url)
    look(door, f"me-password-phone-{language}")
