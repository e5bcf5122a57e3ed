"""Leave and swaps on the phone: asked, answered and decided, with a network and without."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from propapp.core.access import Role
from propapp.features.people.models import Account
from propapp.features.people.passwords import hash_password
from propapp.features.rosters.models import AskStatus, DutyRules, Leave, RosterDay, Shift, Swap
from tests.conftest import TABLET
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.rosters import a_leave, a_shift, a_turn
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


def test_the_office_sees_what_a_request_would_do_and_says_why_not(house: House) -> None:
    a_colleague(house)
    world = house.world
    guard = world.actor("guard").person_id
    a_turn(world, guard, day=in_days(2))
    a_leave(world, guard, first=in_days(2), last=in_days(2), reason="家里有事")
    a_leave(world, world.actor("guard2").person_id, first=in_days(9), last=in_days(9))
    page = house.new_phone(viewport=TABLET).new_page()
    people.sign_in(page, house.server.url, "supervisor")
    page.goto(f"{house.server.url}/roster")
    fits = page.locator('[data-effect="fits"]')
    expect(fits).to_contain_text("guard2")
    look(page, "roster-asked")
    page.locator('[data-effect="none"] [data-verb="approve"]').click()
    expect(page.locator("[data-asked]")).to_have_count(1)
    fits.locator('[data-verb="refuse"]').click()
    page.fill("[name=answer]", "那天要消防演练")
    look(page, "roster-refusing")
    page.locator("#roster-refusing [type=submit]").click()
    expect(page.locator("[data-asked]")).to_have_count(0)

    phone = house.phone("guard")
    phone.goto(f"{house.server.url}/duty")
    expect(phone.locator('[data-ask="leave"]')).to_contain_text("主管说：那天要消防演练")
    expect(phone.locator('[data-ask="leave"]')).to_have_attribute("data-status", "refused")


def test_leave_told_by_telephone_is_entered_and_read_on_the_phone(house: House) -> None:
    guard = house.world.actor("guard").person_id
    a_turn(house.world, guard, day=in_days(1))
    page = house.new_phone(viewport=TABLET).new_page()
    people.sign_in(page, house.server.url, "supervisor")
    page.goto(f"{house.server.url}/roster")
    page.click("#leave-enter")
    page.select_option("[name=person]", str(guard))
    page.fill("[name=first]", in_days(1).isoformat())
    page.fill("[name=last]", in_days(0).isoformat())
    page.click("#leave-keep")
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "roster-entering")
    page.fill("[name=last]", "")
    page.fill("[name=reason]", "发烧，电话请假")
    page.click("#leave-keep")
    expect(page.locator("#roster-entering")).to_have_count(0)
    assert rows(RosterDay) == []

    phone = house.phone("guard")
    phone.goto(f"{house.server.url}/duty")
    expect(phone.locator('[data-ask="leave"]')).to_have_attribute("data-status", "approved")


def test_a_shift_is_tried_before_it_is_kept_and_alarms_are_set(house: House) -> None:
    page = house.new_phone(viewport=TABLET).new_page()
    people.sign_in(page, house.server.url, "supervisor")
    page.goto(f"{house.server.url}/roster")
    page.click("#roster-shifts")
    page.click("#shift-new-24")
    page.fill("[name=label]", "值班")
    page.click("#shift-try")
    tried = page.locator("#shift-tried")
    expect(tried).to_contain_text("一周要 168 小时")
    expect(tried).to_contain_text("至少需要")
    look(page, "shift-tried")
    assert rows(Shift) == []
    page.fill("[name=begins]", "08:03")
    page.click("#shift-try")
    expect(page.locator("#shift-form [role=alert]")).to_contain_text("不成立")
    page.fill("[name=begins]", "22:00")
    page.fill("[name=ends]", "06:00")
    page.click("#shift-try")
    page.click("#shift-keep")
    expect(page.locator('[data-post="guard"] [data-shift]')).to_contain_text("22:00–06:00+1")
    (shift,) = rows(Shift)
    assert (shift.begins, shift.minutes) == (1320, 480)

    page.click("#change-ladder")
    page.fill("#ladder-form [name=supervisor]", "3")
    page.click("#ladder-keep")
    expect(page.locator("#ladder-form [role=alert]")).to_contain_text("一级比一级晚")
    look(page, "ladder-refused")
    page.fill("#ladder-form [name=supervisor]", "20")
    page.click("#ladder-keep")
    expect(page.locator('[data-step="supervisor"]')).to_contain_text("06:20")
    page.click("#change-rules")
    page.fill("#rules-form [name=rest]", "9.5")
    page.click("#rules-keep")
    expect(page.locator("#duty-rules")).to_contain_text("9.5")
    look(page, "shifts-and-rules")
    (rules,) = rows(DutyRules)
    assert (rules.rest, rules.ladder) == (570, [5, 20, 30])


def test_a_year_that_is_not_announced_is_marked_until_its_notice_is_entered(house: House) -> None:
    page = house.new_phone(viewport=TABLET).new_page()
    people.sign_in(page, house.server.url, "supervisor")
    page.goto(f"{house.server.url}/schedules/year?year=2031")
    expect(page.locator("#year-unknown")).to_contain_text("2031 年的放假通知还没有公布")
    look(page, "year-unknown")
    page.click("#notice-enter")
    page.fill("[name=first_spring]", "2031-01-22")
    page.fill("[name=last_spring]", "2031-01-28")
    page.fill("[name=made_up_spring]", "02-10")
    page.fill("[name=source]", "国务院办公厅通知")
    page.click("#notice-keep")
    expect(page.locator("#notice-form [role=alert]")).to_contain_text("02-10 不对")
    look(page, "notice-refused")
    page.fill("[name=made_up_spring]", "02-08")
    page.click("#notice-keep")
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    spring = page.locator('[data-break="spring"]')
    expect(spring).to_contain_text("2月8日")
    made_up = page.locator('[data-month="2"] [data-kind="make_up_workday"]')
    expect(made_up).to_contain_text("8")
    look(page, "year-entered")
    assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
