"""The chain from a goal to a photo and back, and a letter signed where there is no network."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from propapp.core.timeline import TimelineEvent
from propapp.features.goals.models import Goal, LetterPart
from propapp.features.plans.models import PlanTask
from propapp.features.standards.models import ClauseVersion
from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.eyes import look
from tests.e2e.house import House
from tests.goals import a_goal, a_part, a_round, a_walk, issued
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause
from tests.world import a_run, a_shot, a_visit, broken, bytes_arrive, found, rows

pytestmark = pytest.mark.browser

SOON = 30_000
HALF_A_YEAR = timedelta(days=180)


def a_goal_of_these_days(house: House, **values: Any) -> Goal:
    """A goal around today, whatever today is."""
    today = house.world.clock.now().date()
    days: dict[str, Any] = {"starts": str(today - HALF_A_YEAR), "ends": str(today + HALF_A_YEAR)}
    return a_goal(house.world, **days | values)


def a_photo_of_a_planned_round(house: House) -> tuple[Goal, str]:
    """A goal, the clause and the plan under it, a round with a photo, and 13 just before it."""
    world, now = house.world, house.world.clock.now()
    clause = a_clause()
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    task = a_task(route_id=world.route.id, clause_id=version.id)
    days: dict[str, Any] = {
        "starts": str((now - HALF_A_YEAR).date()),
        "ends": str((now + HALF_A_YEAR).date()),
    }
    in_force(world, a_draft(world, task, **days))
    goal = a_goal_of_these_days(house, clauses=[clause.id])
    (planned,) = rows(PlanTask)
    opens_at = now - timedelta(minutes=30)
    for number in range(1, 14):
        a_walk(world, a_round(world, opens_at - timedelta(seconds=number), planned))
    opened = a_round(world, opens_at, planned)
    run_id, shot = a_run(world, occurrence=opened), a_shot("proof")
    a_visit(world, run_id, answers=[broken(world, photos=[shot])])
    world.do("guard", "round.finish", run_id=run_id, note="Called away")
    bytes_arrive(shot)
    return goal, shot.sha256


def at_a_screen(house: House, size: ViewportSize) -> Page:
    page = house.new_phone(viewport=size).new_page()
    people.sign_in(page, house.server.url, "manager")
    return page


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_from_a_goal_to_a_photo_and_back(house: House, size: ViewportSize) -> None:
    goal, sha256 = a_photo_of_a_planned_round(house)
    page = at_a_screen(house, size)
    page.goto(f"{house.server.url}/goals")
    page.locator(f'[data-goal="{goal.id}"] a').click()
    chain = page.locator("#goal-chain")
    expect(chain.locator("[data-rung]")).to_have_count(6)
    expect(chain.locator('[data-rung="task"]')).to_contain_text("Patrol")
    expect(chain.locator('[data-rung="round"]')).to_contain_text("guard")
    expect(chain.locator('[data-rung="round"] > a')).to_contain_text("+2")
    look(page, f"goal-more-{size['width']}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    chain.locator(f'[data-rung="photo"] [data-knot="{sha256}"] a').click()

    page.wait_for_url(re.compile(r"/board/run/?\?run="))
    back = page.locator("#run-chain")
    expect(back.locator('[data-rung="clause"]')).to_contain_text("Lobby clean")
    expect(back.locator('[data-rung="task"]')).to_contain_text("Plan 2026")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    back.locator('[data-rung="clause"] a').click()
    page.wait_for_url(re.compile(r"/standards/clause/?\?clause="))
    page.locator(f'#clause-chain [data-rung="goal"] [data-knot="{goal.id}"] a').click()
    page.wait_for_url(re.compile(rf"/goals/goal/?\?goal={goal.id}"))
    expect(page.locator("#goal-line")).to_contain_text("13 / 14")
    page.locator('#goal-chain [data-rung="round"] > a').click()
    page.wait_for_url(re.compile(r"/standards/clause/?\?clause=.*month="))
    expect(page.locator("#clause-month")).to_contain_text("14")


def test_a_letter_is_signed_without_a_network_and_arrives(house: House) -> None:
    goal = a_goal_of_these_days(house)
    issued(house.world, a_part(house.world), goal=goal)
    page = house.phone("guard", offline_ready=True)
    page.goto(f"{house.server.url}/messages")
    page.locator("main li a").filter(has_text="Rounds complete").click()
    page.wait_for_url(re.compile(r"/letters"))
    expect(page.locator("[data-words]")).to_contain_text("100 / 100")
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    box = page.locator("[data-ink]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 70, steps=4)
    page.mouse.up()
    page.locator("[data-sign]").click()
    expect(page.locator('[data-letter="signed"]')).to_have_count(1)
    expect(page.locator("[data-send]")).to_have_attribute("data-send", "saved")
    look(page, "letter-signed-offline")
    assert rows(LetterPart)[0].signed_at is None

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-send]")).to_have_attribute("data-send", "sent", timeout=SOON)
    (part,) = rows(LetterPart)
    assert found(LetterPart, part.id).signed_at is not None
    assert part.signature.startswith("M")
    (event,) = rows(TimelineEvent, verb="letter.signed")
    assert event.facts["words_sha256"] == part.words_sha256

    house.world.clock.move(timedelta(minutes=1))
    a_goal_of_these_days(house, goal_id=goal.id, target=95)
    office = at_a_screen(house, PHONE)
    office.goto(f"{house.server.url}/goals/goal?goal={goal.id}")
    expect(office.locator("[data-outdated]")).to_contain_text("≥ 90 % → ≥ 95 %")
    expect(office.locator("main")).to_contain_text("依据的是调整前的目标")
    office.locator("#goal-letters").scroll_into_view_if_needed()
    look(office, "letter-outdated")


def test_a_letter_that_is_no_hundred_is_refused_in_its_form(house: House) -> None:
    goal = a_goal_of_these_days(house)
    page = at_a_screen(house, TABLET)
    page.goto(f"{house.server.url}/goals/goal?goal={goal.id}")
    page.click("#letter-write")
    guard = house.world.actor("guard").person_id
    page.select_option("#letter-form [name=who0]", value=f"guard {guard}")
    page.fill("#letter-form [name=weight0]", "90")
    page.click("#letter-keep")
    expect(page.locator("#letter-form [role=alert]")).to_contain_text("90")
    page.fill("#letter-form [name=weight0]", "100")
    page.click("#letter-keep")
    page.click("#letter-issue")
    expect(page.locator('[data-letter="issued"]')).to_contain_text("待签字")


def test_a_goal_is_set_and_weights_that_are_no_hundred_are_said(house: House) -> None:
    a_goal_of_these_days(house, weight=40)
    page = at_a_screen(house, TABLET)
    page.goto(f"{house.server.url}/goals")
    expect(page.get_by_text("权重合计 40，应为 100")).to_be_visible(timeout=SOON)
    page.click("#goal-new")
    page.fill("#goal-form [name=title]", "巡查不漏")
    page.fill("#goal-form [name=goal_target]", "九十九")
    page.fill("#goal-form [name=weight]", "60")
    page.fill("#goal-form [name=source]", "年度经营计划")
    page.click("#goal-keep")
    expect(page.locator("#goal-form [role=alert]").first).to_be_visible()
    expect(page.locator("#goal-form [name=title]")).to_have_value("巡查不漏")
    page.fill("#goal-form [name=goal_target]", "99")
    page.click("#goal-keep")
    page.wait_for_url(re.compile(r"/goals/goal/?\?goal="))
    page.goto(f"{house.server.url}/goals")
    expect(page.locator("main [data-goal]")).to_have_count(2, timeout=SOON)
    expect(page.get_by_text("权重合计 100", exact=True)).to_be_visible()


def test_an_accident_is_registered_judged_and_counted(house: House) -> None:
    a_goal_of_these_days(house, measure="accidents", comparison="at_most", target=0)
    page = at_a_screen(house, PHONE)
    page.goto(f"{house.server.url}/goals")
    page.locator("main [data-goal] a").first.click()
    expect(page.locator("#goal-line")).to_have_text("0事故", timeout=SOON)
    page.get_by_role("link", name="查看事故登记").click()
    expect(page.get_by_text("这一年没有登记的事故")).to_be_visible(timeout=SOON)

    today = house.world.clock.now().astimezone(ZoneInfo(house.world.site.zone))
    year = today.year
    expect(page.get_by_role("heading", name=f"{year} 年")).to_be_visible()
    page.click("#accident-new")
    page.fill("[name=occurred_at]", "2099-01-01T08:30")
    page.fill("[name=place]", "2 号楼大堂")
    page.fill("#accident-form [name=text]", "业主在湿地面上滑倒，已送医")
    page.click("#accident-record")
    expect(page.locator("#accident-form [role=alert]")).to_contain_text("不能晚于现在")
    expect(page.locator("[name=place]")).to_have_value("2 号楼大堂")
    yesterday = today - timedelta(days=1)
    page.fill("[name=occurred_at]", f"{yesterday:%Y-%m-%dT%H:%M}")
    page.click("#accident-record")
    if yesterday.year != year:
        page.get_by_role("button", name="上一年").click()
    card = page.locator("[data-accident]")
    expect(card).to_have_attribute("data-status", "open", timeout=SOON)

    card.get_by_text("认定责任").click()
    card.get_by_role("button", name="保存认定").click()
    expect(card.locator("[role=alert]")).to_contain_text("请写理由")
    card.locator("[name=reason]").fill("地面湿滑，没有放警示牌")
    card.get_by_role("button", name="保存认定").click()
    expect(card).to_have_attribute("data-status", "liable", timeout=SOON)

    page.goto(f"{house.server.url}/goals")
    page.locator("main [data-goal] a").first.click()
    expect(page.locator("#goal-line")).to_have_text("1事故", timeout=SOON)
