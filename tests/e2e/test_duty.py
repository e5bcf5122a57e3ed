"""Leave and swaps on the phone: asked, answered and decided, with a network and without."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from propapp.core.access import Role
from propapp.features.people.models import Account
from propapp.features.people.passwords import hash_password
from propapp.features.rosters.models import AskStatus, Leave, RosterDay, Swap
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.rosters import a_shift, a_turn
from tests.world import rows, save

SOON = 30_000
UNDER_WAY = "[data-send=saved], [data-send=sending]"


def in_days(count: int) -> date:
    """A day at the site."""
    return (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=count)).date()


def a_colleague(house: House) -> None:
    """A second guard, who can sign in."""
    house.world.person("guard2", Role.GUARD)
    who = house.world.actor("guard2").person_id
    password = hash_password(people.PASSWORD)
    save(Account(username="guard2", person_id=who, password_hash=password))


def without_a_network(page: Page) -> None:
    """From now on; the app itself is kept on the phone before."""
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)


def with_a_network(page: Page) -> None:
    """Again."""
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def test_leave_is_asked_without_a_network_and_arrives_once(house: House) -> None:
    page = house.phone("guard", offline_ready=True)
    page.goto(f"{house.server.url}/week")
    page.click("#my-duty")
    expect(page.locator("#ask-leave")).to_be_visible()
    without_a_network(page)
    page.click("#ask-leave")
    page.locator(f'[data-choice="{in_days(2)}"]').click()
    page.locator(f'[data-choice="{in_days(3)}"]').click()
    expect(page.locator("#ask-summary")).to_contain_text("2")
    page.get_by_role("button", name="家里有事").click()
    look(page, "duty-why-offline")
    page.click("#ask-send")
    asked = page.locator('[data-ask="leave"]')
    expect(asked.locator("[data-send]")).to_have_attribute("data-send", "saved")
    expect(asked).to_contain_text("家里有事")
    look(page, "duty-asked-offline")
    assert rows(Leave) == []

    with_a_network(page)
    expect(page.locator(UNDER_WAY)).to_have_count(0, timeout=SOON)
    (leave,) = rows(Leave)
    assert (leave.first, leave.last, leave.reason) == (in_days(2), in_days(3), "家里有事")
    supervisor = house.world.actor("supervisor")
    house.world.do("supervisor", "leave.approve", leave_id=leave.id)
    assert supervisor.person_id != leave.person_id
    page.reload()
    expect(page.locator('[data-ask="leave"]')).to_have_attribute("data-status", "approved")
    expect(page.locator('[data-ask="leave"]')).to_contain_text("这几天不用来")


def test_a_swap_is_asked_answered_and_approved(house: House) -> None:
    a_colleague(house)
    world = house.world
    shift = a_shift(world)
    mine = a_turn(world, world.actor("guard").person_id, shift=shift, day=in_days(2))
    theirs = a_turn(world, world.actor("guard2").person_id, shift=shift, day=in_days(4))
    page = house.phone("guard", offline_ready=True)
    page.goto(f"{house.server.url}/duty")
    page.click("#ask-swap")
    page.locator(f'[data-choice="{shift.id}~{in_days(2)}"]').click()
    page.locator(f'[data-choice="{theirs.person_id}"]').click()
    look(page, "duty-give")
    page.locator(f'[data-choice="{shift.id}~{in_days(4)}"]').click()
    page.wait_for_url(re.compile("give="))
    page.go_back()
    expect(page.locator("#give-none")).to_be_visible()
    page.locator(f'[data-choice="{shift.id}~{in_days(4)}"]').click()
    look(page, "duty-sure")
    page.click("#ask-send")
    expect(page.locator('[data-ask="swap"]')).to_contain_text("等guard2回答")

    other = house.phone("guard2", offline_ready=True)
    other.goto(f"{house.server.url}/duty")
    expect(other.locator('[data-verb="accept"]')).to_be_visible()
    look(other, "duty-asked-of-me")
    without_a_network(other)
    other.locator('[data-verb="accept"]').click()
    expect(other.locator("[data-send]")).to_have_attribute("data-send", "saved")
    with_a_network(other)
    expect(other.locator(UNDER_WAY)).to_have_count(0, timeout=SOON)
    (swap,) = rows(Swap)
    assert swap.status is AskStatus.ACCEPTED

    world.do("supervisor", "swap.approve", swap_id=swap.id)
    page.reload()
    expect(page.locator('[data-ask="swap"]')).to_contain_text("换好了")
    expect(page.locator(f'[data-turn="{shift.id}~{in_days(4)}"]')).to_be_visible()
    assert {(one.person_id, one.day) for one in rows(RosterDay)} == {
        (mine.person_id, in_days(4)),
        (theirs.person_id, in_days(2)),
    }


def test_what_the_house_refuses_says_why_and_stays_to_be_seen(house: House) -> None:
    a_colleague(house)
    world = house.world
    turn = a_turn(world, world.actor("guard").person_id, day=in_days(2))
    page = house.phone("guard", offline_ready=True)
    page.goto(f"{house.server.url}/duty?ask=swap")
    page.locator(f'[data-choice="{turn.shift_id}~{in_days(2)}"]').click()
    page.locator(f'[data-choice="{world.actor("guard2").person_id}"]').click()
    page.click("#give-none")
    # Meanwhile the office has taken the turn away.
    world.do(
        "supervisor",
        "roster.take_off_duty",
        shift_id=turn.shift_id,
        person_id=turn.person_id,
        day=turn.day,
    )
    page.click("#ask-send")
    expect(page.locator('[data-ask="swap"] [role=alert]')).to_be_visible(timeout=SOON)
    look(page, "duty-refused")
    assert rows(Swap) == []
