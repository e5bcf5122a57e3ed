"""A plan on its way: drafted, reviewed, approved, in force, adjusted; never by one person alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser

NAME = "消防通道专项检查"


def at_desk(new_phone: Callable[..., BrowserContext], url: str, who: str) -> Page:
    """This person at a screen of their own, with the list of plans before them."""
    page = new_phone(viewport=TABLET).new_page()
    people.sign_in(page, url, who)
    page.goto(f"{url}/plans")
    page.locator("main [data-plan]").first.wait_for()
    return page


def write_head(page: Page, name: str, *, reviewer: str, approver: str) -> None:
    """A campaign of two weeks from today."""
    today = date.fromisoformat(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.click("#plan-new")
    page.fill("#plan-form [name=title]", name)
    page.select_option("#plan-form [name=kind]", "campaign")
    page.fill("#plan-form [name=starts]", today.isoformat())
    page.fill("#plan-form [name=ends]", (today + timedelta(days=14)).isoformat())
    page.select_option("#plan-form [name=reviewer]", label=reviewer)
    page.select_option("#plan-form [name=approver]", label=approver)
    page.click("#plan-keep")
    page.wait_for_url(re.compile(r"/plans/plan/?\?plan="))


def write_task(page: Page, name: str, minutes: str) -> None:
    """A task that is done once, from the plan's first day to its last."""
    page.click("#task-new")
    page.fill("#task-form [name=title]", name)
    page.fill("#task-form [name=minutes]", minutes)
    page.click("#task-keep")
    expect(page.locator("[data-task]").filter(has_text=name)).to_be_visible()


def written(page: Page, name: str) -> Locator:
    """The task in the list of its plan, to which keeping it leads back."""
    page.click("#task-keep")
    page.wait_for_url(re.compile(r"/plans/plan/?\?plan="))
    return page.locator("[data-task]").filter(has_text=name)


def begin_task(page: Page, name: str, *, route: str, repeat: str) -> None:
    """A new task that is walked or worked at, with the fields of its repetition."""
    page.click("#task-new")
    page.fill("#task-form [name=title]", name)
    page.select_option("#task-route", route)
    page.select_option("#task-repeat", repeat)


def no_wider(page: Page) -> None:
    """Nothing of the page is pushed sideways."""
    width = page.evaluate("innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def decide(page: Page, verb: str, words: str = "") -> None:
    """Tap a step, say why, and take it."""
    page.click(f"#plan-{verb}")
    if words:
        page.fill("#plan-words", words)
    page.click("#plan-confirm")
    expect(page.locator("#plan-asked")).to_have_count(0)


def open_first(page: Page, waits: str) -> None:
    """What waits for me stands first."""
    first = page.locator("[data-plan]").first
    expect(first).to_have_attribute("data-waits", waits)
    first.locator("a").click()
    page.wait_for_url(re.compile(r"/plans/plan/?\?plan="))


def open_named(page: Page, name: str) -> None:
    """The plan of this name in the list."""
    page.locator("[data-plan]").filter(has_text=name).first.locator("a").click()
    page.wait_for_url(re.compile(r"/plans/plan/?\?plan="))


def test_from_a_draft_to_an_adjusted_plan_in_force(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    author = at_desk(new_phone, demo_server.url, "supervisor")
    write_head(author, NAME, reviewer="何丽", approver="周敏")
    write_task(author, "清点通道堆物", "90")
    write_task(author, "复查", "60")
    decide(author, "submit", "请看人手够不够")
    expect(author.locator("#plan-head")).to_contain_text("待审核")

    reviewer = at_desk(new_phone, demo_server.url, "supervisor2")
    open_named(reviewer, NAME)
    decide(reviewer, "review", "人手够")

    approver = at_desk(new_phone, demo_server.url, "manager")
    open_named(approver, NAME)
    decide(approver, "approve")
    decide(approver, "put_in_force")
    expect(approver.locator("#plan-head")).to_contain_text("生效")

    author.reload()
    decide(author, "revise", "通道比预想的多")
    expect(author.locator("#plan-head")).to_contain_text("第 2 版")
    task = author.locator("[data-task]").filter(has_text="清点通道堆物")
    task.get_by_role("link", name="修改").click()
    expect(author.locator("#task-form [name=minutes]")).to_have_value("90")
    author.fill("#task-form [name=minutes]", "150")
    author.click("#task-keep")
    expect(task).to_contain_text("2 小时")
    author.locator("[data-task]").filter(has_text="复查").get_by_role("button", name="删除").click()
    author.click("#see-story")
    changes = author.locator("#plan-changes")
    expect(changes.locator("[data-change=changed]")).to_contain_text("90 → 150")
    expect(changes.locator("[data-change=removed]")).to_contain_text("复查")
    expect(author.locator("#plan-history")).to_contain_text("通道比预想的多")
    expect(author.locator("#plan-history")).to_contain_text("人手够")


def test_nobody_approves_what_they_wrote_and_a_reason_is_asked_for(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = at_desk(new_phone, demo_server.url, "manager")
    open_first(page, "approve")
    page.click("#plan-send_back")
    page.click("#plan-confirm")
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(f"{demo_server.url}/plans")
    write_head(page, "我自己的计划", reviewer="何丽", approver="周敏")
    expect(page.locator("#own-plan")).to_contain_text("不能由您自己审核或批准")
    expect(page.locator("#plan-approve")).to_have_count(0)


def test_a_phone_pushes_the_gantt_and_nothing_else_sideways(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=PHONE).new_page()
    people.sign_in(page, demo_server.url, "manager")
    page.goto(f"{demo_server.url}/plans")
    open_named(page, "消防演练")
    page.click("#see-gantt")
    expect(page.locator("[data-today-line]")).to_be_attached()
    assert page.locator("[data-arrow]").count() == 8
    assert page.locator("[data-bar]").count() == 7
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
    box = page.locator("#plan-gantt")
    assert box.evaluate("(one) => one.scrollWidth > one.clientWidth && one.scrollLeft > 0")
    for view in ("month", "load", "story", "plan"):
        page.click(f"#see-{view}")
        page.wait_for_url(re.compile(rf"/plans/{view}/?\?plan="))
        expect(page.locator(f"#see-{view}")).to_have_attribute("aria-current", "page")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_guard_sees_their_week(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    context = new_phone(viewport=PHONE)
    page = context.new_page()
    people.sign_in(page, demo_server.url, "guard")
    page.goto(f"{demo_server.url}/week")
    expect(page.locator("[data-day]")).to_have_count(7)
    expect(page.locator("main")).to_contain_text("演练")
    expect(page.locator("main")).to_contain_text("秩序与消防巡查")


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_chance_weather_and_a_single_day_are_planned_in_the_form(
    size: ViewportSize,
    demo_server: ServerProcess,
    new_phone: Callable[..., BrowserContext],
) -> None:
    page = new_phone(viewport=size).new_page()
    people.sign_in(page, demo_server.url, "supervisor")
    page.goto(f"{demo_server.url}/plans")
    write_head(page, f"随机与专项 {size['width']}", reviewer="何丽", approver="周敏")

    begin_task(page, "夜间随机巡逻", route="work", repeat="random")
    page.select_option("#task-route", index=2)
    page.fill("#task-form [name=reach]", "40")
    page.fill("#task-form [name=walk]", "30")
    page.fill("#task-form [name=windows]", "22:00-06:00")
    no_wider(page)
    page.click("#task-keep")
    expect(page.get_by_role("alert")).to_contain_text("无法随机安排")
    expect(page.locator("#task-form [name=walk]")).to_have_value("30")
    page.fill("#task-form [name=reach]", "90")
    task = written(page, "夜间随机巡逻")
    expect(task).to_contain_text("随机，每个点位至少每 90 分钟一次")
    task.get_by_role("link", name="修改").click()
    expect(page.locator("#task-repeat")).to_have_value("random")
    expect(page.locator("#task-form [name=reach]")).to_have_value("90")
    expect(page.locator("#task-form [name=windows]")).to_have_value("22:00-06:00")
    expect(written(page, "夜间随机巡逻")).to_contain_text("22:00-06:00")

    begin_task(page, "暴雨查地库", route="work", repeat="weather:rain")
    page.fill("#task-form [name=windows]", "00:00-02:00")
    expect(written(page, "暴雨查地库")).to_contain_text("暴雨时 马上开始，120 分钟之内")

    begin_task(page, "疏散演练", route="work", repeat="once")
    expect(page.locator("#task-form [name=ends]")).to_have_count(0)
    day = page.input_value("#task-form [name=starts]")
    page.fill("#task-form [name=windows]", "09:00-11:00")
    no_wider(page)
    task = written(page, "疏散演练")
    expect(task).to_contain_text(f"{day} 09:00-11:00")
    task.get_by_role("link", name="修改").click()
    expect(page.locator("#task-repeat")).to_have_value("once")
    expect(page.locator("#task-form [name=windows]")).to_have_value("09:00-11:00")


def test_a_clause_is_looked_for_and_a_task_below_it_is_told(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=PHONE).new_page()
    people.sign_in(page, demo_server.url, "supervisor")
    page.goto(f"{demo_server.url}/plans")
    write_head(page, "条款与季节", reviewer="何丽", approver="周敏")
    begin_task(page, "大堂保洁", route="work", repeat="weekly")
    page.fill("#task-form [name=windows]", "09:00-10:00")
    page.fill("#task-form [name=season_first]", "01-01")
    page.fill("#task-form [name=season_last]", "12-31")
    page.select_option("#task-form [name=template]", index=1)
    page.fill("[name=words]", "没有这样的条款")
    page.click("#clause-look")
    expect(page.get_by_text("没有找到")).to_be_visible()
    page.fill("[name=words]", "O15-1")
    page.click("#clause-look")
    found = page.locator("#clause-found li").first
    name = found.locator("span").first.inner_text()
    found.get_by_role("button", name="选这条").click()
    expect(page.locator("#task-clause")).to_have_text(name)
    expect(page.locator("#task-form [name=title]")).to_have_value("大堂保洁")
    no_wider(page)
    task = written(page, "大堂保洁")
    expect(task).to_contain_text(name)
    expect(task).to_contain_text("季节 01-01 – 12-31")
    expect(task).to_contain_text("检查表：")
    expect(task.locator("[data-short=clause]")).to_contain_text("低于条款要求的频次")


def test_a_task_of_a_plan_that_is_no_draft_has_no_form(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = at_desk(new_phone, demo_server.url, "supervisor")
    open_named(page, "消防演练")
    plan = page.url.partition("plan=")[2]
    page.goto(f"{demo_server.url}/plans/task?plan={plan}&task=drill")
    expect(page.get_by_text("这里没有可以修改的任务")).to_be_visible()
    expect(page.locator("#task-form")).to_have_count(0)
