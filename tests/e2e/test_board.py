"""The board in real browsers: it changes by itself, in small steps, for everybody who watches."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from propapp.core.ids import uuid7
from propapp.demo import SITE_ID
from tests.conftest import TABLET
from tests.e2e import people
from tests.serving import ServerProcess
from tests.sync.phones import Phone
from tests.waiting import until

pytestmark = pytest.mark.browser

AN_UPDATE = 3000
NOW_LINE = "#board-now"


class Caller:
    """Somebody whose device speaks the real interface."""

    def __init__(self, context: BrowserContext, url: str, account: str) -> None:
        self.url, self.request, self.phone = url, context.request, Phone()
        form: dict[str, str | float | bool] = {"username": account, "password": people.PASSWORD}
        self.request.post(f"{url}/api/v1/sign-in", form=form, max_redirects=0)
        hello = {
            "device_id": str(self.phone.id),
            "app": "test",
            "protocol": 1,
            "epoch": None,
            "next_seq": 1,
            "pending_operations": 0,
            "pending_bytes": 0,
            "persisted": True,
            "client_time": datetime.now(UTC).isoformat(),
        }
        answer = self.request.post(f"{url}/api/v1/hello", data=hello)
        assert answer.ok, answer.text()

    def does(self, kind: str, *, thread: UUID, **body: Any) -> None:
        """Do one thing."""
        self.sends(self.phone.says(kind, thread=thread, **body))

    def sends(self, *operations: dict[str, Any]) -> None:
        """Deliver these, each a transaction of its own on the server."""
        now = datetime.now(UTC).isoformat()
        delivery = {
            "device_id": str(self.phone.id),
            "operations": [{**one, "client_time": now} for one in operations],
        }
        answer = self.request.post(f"{self.url}/api/v1/operations", data=delivery)
        assert answer.ok, answer.text()
        results = answer.json()["results"]
        assert {one["status"] for one in results} == {"applied"}, results

    def reports(self, *descriptions: str) -> list[UUID]:
        """Report these troubles, all urgent, in one delivery."""
        orders = {uuid7(): description for description in descriptions}
        self.sends(*[self._report(*one) for one in orders.items()])
        return list(orders)

    def _report(self, order_id: UUID, description: str) -> dict[str, Any]:
        return self.phone.says(
            "order.report",
            thread=order_id,
            order_id=str(order_id),
            site_id=str(SITE_ID),
            category="water",
            description=description,
            place_text="东门",
            priority="urgent",
            photos=[],
        )

    def open_round(self) -> str:
        """A round that may be walked now and that nobody walks."""
        rounds = self.request.get(f"{self.url}/api/v1/snapshot").json()["occurrences"]
        now = datetime.now(UTC)
        return next(
            one["id"]
            for one in rounds
            if one["run"] is None
            and datetime.fromisoformat(one["opens_at"])
            <= now
            <= datetime.fromisoformat(one["closes_at"])
        )


@pytest.fixture
def caller(
    new_phone: Callable[..., BrowserContext], demo_server: ServerProcess
) -> Callable[[str], Caller]:
    return lambda account: Caller(new_phone(), demo_server.url, account)


@pytest.fixture
def watch(
    new_phone: Callable[..., BrowserContext], demo_server: ServerProcess
) -> Callable[..., Page]:
    """Opens the board on a tablet of this person's own."""

    def open_board(who: str) -> Page:
        page = new_phone(viewport=TABLET).new_page()
        people.sign_in(page, demo_server.url, who)
        page.goto(f"{demo_server.url}/board")
        expect(page.locator(NOW_LINE)).to_be_visible()
        return page

    return open_board


def needs(page: Page) -> int:
    """How many things the board's first line speaks of."""
    found = re.search(r"\d+", page.inner_text(NOW_LINE))
    return int(found[0]) if found else 0


def test_two_boards_tell_of_an_urgent_report_without_reload(
    caller: Callable[[str], Caller], watch: Callable[..., Page]
) -> None:
    desk, manager, auditor = caller("desk"), watch("manager"), watch("auditor")
    before = needs(manager)
    [order_id] = desk.reports("东门水管爆了，水流到车库")
    for page in (manager, auditor):
        expect(page.locator("main").get_by_text("东门水管爆了").first).to_be_visible(timeout=5000)
        expect(page.locator(NOW_LINE)).to_contain_text(str(before + 1))
    desk.does("order.cancel", thread=order_id, order_id=str(order_id), reason="twice")
    for page in (manager, auditor):
        expect(page.locator("main").get_by_text("东门水管爆了")).to_have_count(0)
        expect(page.locator(NOW_LINE)).to_contain_text(str(before))


def test_updates_are_small_and_a_burst_is_a_handful_of_them(
    caller: Callable[[str], Caller],
    new_phone: Callable[..., BrowserContext],
    demo_server: ServerProcess,
) -> None:
    desk, frames = caller("desk"), list[int]()
    page = new_phone(viewport=TABLET).new_page()
    people.sign_in(page, demo_server.url, "manager")
    page.on("websocket", lambda socket: keep_sizes(socket, frames))
    page.goto(f"{demo_server.url}/board")
    expect(page.locator(NOW_LINE)).to_be_visible()
    before = needs(page)
    page.wait_for_load_state("networkidle")
    frames.clear()
    desk.reports("水管爆了")
    expect(page.locator(NOW_LINE)).to_contain_text(str(before + 1))
    assert 0 < sum(frames) <= AN_UPDATE, frames
    frames.clear()
    desk.reports(*[f"第 {number} 层水管爆了" for number in range(1, 49)])
    expect(page.locator(NOW_LINE)).to_contain_text(str(before + 49))
    assert max(frames) <= AN_UPDATE
    assert len(frames) < 25


def keep_sizes(socket: WebSocket, frames: list[int]) -> None:
    """Note how many bytes each update from the server has."""

    def keep(frame: str | bytes) -> None:
        size = len(frame.encode() if isinstance(frame, str) else frame)
        # "2" and "3" are the socket's own heartbeat.
        if size > 1:
            frames.append(size)

    socket.on("framereceived", keep)


def test_a_guard_is_led_to_their_own_work(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone().new_page()
    people.sign_in(page, demo_server.url, "guard")
    for address in ("/board", "/board/rounds", "/board/run?run=1"):
        page.goto(demo_server.url + address)
        page.wait_for_url(re.compile("/today"))


def test_a_stranger_is_asked_to_sign_in(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone().new_page()
    page.goto(f"{demo_server.url}/board/rounds?day=2026-01-02")
    page.wait_for_url(re.compile("/sign-in"))
    page.fill("#username", "manager")
    page.fill("#password", people.PASSWORD)
    page.click("#submit")
    page.wait_for_url(re.compile(r"/board/rounds/?\?day=2026-01-02"))


def test_a_session_that_ends_elsewhere_closes_the_board(
    caller: Callable[[str], Caller], watch: Callable[..., Page], demo_server: ServerProcess
) -> None:
    desk, page = caller("desk"), watch("manager")
    page.context.request.post(f"{demo_server.url}/api/v1/sign-out", max_redirects=0)
    desk.reports("水管又爆了")
    expect(page.get_by_text("请重新登录后继续看")).to_be_visible()
    assert "水管又爆了" not in page.inner_text("main")


def test_from_the_board_to_a_photo_and_its_facts_in_one_tap(
    watch: Callable[..., Page], demo_server: ServerProcess
) -> None:
    found_on_a_planned_round(demo_server.data)
    page = watch("manager")
    page.locator("#board-defects button").first.click()
    dialog = page.locator("#photo-viewer")
    expect(dialog).to_be_visible()
    until(page, "document.querySelector('#photo-viewer img').naturalWidth > 0")
    expect(dialog.locator("dd")).to_have_count(6, timeout=10_000)
    assert re.search(r"[0-9a-f]{64}", dialog.inner_text())
    says_what_it_serves(page)
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    page.goto(f"{demo_server.url}/board/looks")
    page.locator("[data-look] button[title]").first.click()
    says_what_it_serves(page)
    page.locator("#photo-viewer a").last.click()
    page.wait_for_url(re.compile(r"/plans/plan\?plan="))


def says_what_it_serves(page: Page) -> None:
    """The photo that is open names a goal, a clause and a plan, and each is a link."""
    for way in ("/goals/goal?goal=", "/standards/clause?clause=", "/plans/plan?plan="):
        expect(page.locator(f'#photo-viewer a[href^="{way}"]').first).to_be_visible()


def found_on_a_planned_round(data: Path) -> None:
    """Of the troubles with a photo, the newest is one of a round that a plan asked for."""
    newest_planned = """
        update work_order set reported_at = ? where id = (
            select work_order.id from work_order
            join run on run.id = work_order.run_id
            join occurrence on occurrence.id = run.occurrence_id
            join photo_use on photo_use.parent_id = work_order.id and photo_use.purpose = 'BEFORE'
            join photo on photo.sha256 = photo_use.sha256
            where occurrence.plan_task_id is not null
            order by work_order.reported_at desc limit 1)"""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(data / "propapp.db")) as base, base:
        assert base.execute(newest_planned, [now]).rowcount == 1


# Every point of a round of the demo.
WALKED = re.compile(r"(8/8|12/12|16/16)")


def test_from_a_round_to_its_run_and_a_photo_there(watch: Callable[..., Page]) -> None:
    page = watch("auditor")
    # A single job stands among them and has one step.
    walked = page.locator('#board-rounds a[href^="/board/run"]', has_text=WALKED)
    walked.first.click()
    page.wait_for_url(re.compile(r"/board/run\?run="))
    expect(page.locator("[data-step]").first).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("[data-step]").count() >= 8


def test_a_run_grows_on_the_screen_while_it_is_walked(
    caller: Callable[[str], Caller], watch: Callable[..., Page]
) -> None:
    guard, page, run_id = caller("guard"), watch("manager"), uuid7()
    guard.does("round.start", thread=run_id, run_id=str(run_id), occurrence_id=guard.open_round())
    cell = page.locator(f'a[href="/board/run?run={run_id}"]')
    expect(cell).to_contain_text("0/16")
    cell.click()
    expect(page.locator("main")).to_contain_text("还在路上")
    guard.does("round.finish", thread=run_id, run_id=str(run_id), note="东门有水，先去处理")
    expect(page.locator("main")).to_contain_text("东门有水，先去处理")
    expect(page.locator('[data-step="left_out"]')).to_have_count(16)


def test_a_run_that_is_none_says_so(watch: Callable[..., Page]) -> None:
    page = watch("manager")
    for run in ("none", str(uuid7())):
        page.goto(page.url.split("/board")[0] + f"/board/run?run={run}")
        expect(page.get_by_text("没有这次巡查")).to_be_visible()


def test_rounds_of_other_days_and_an_empty_one(watch: Callable[..., Page]) -> None:
    page = watch("manager")
    page.get_by_role("link", name="按日期看").click()
    expect(page.locator("h1")).to_have_text("今天的巡查")
    page.get_by_role("link", name="前一天").click()
    expect(page.locator("h1")).to_have_text("昨天的巡查")
    expect(page.locator("[data-state]").first).to_be_visible()
    long_ago = (datetime.now(UTC) - timedelta(days=400)).date().isoformat()
    page.goto(page.url.split("?")[0] + f"?day={long_ago}")
    expect(page.get_by_text("这一天没有巡查")).to_be_visible()


def test_charts_follow_the_period(watch: Callable[..., Page]) -> None:
    page = watch("manager")
    expect(page.locator("#board-charts")).to_contain_text("近 30 天")
    page.get_by_role("button", name="14 天").click()
    expect(page.locator("#board-charts")).to_contain_text("近 14 天")
    expect(page.locator("#board-charts")).not_to_contain_text("近 30 天")


def test_the_language_is_there_from_the_start_and_switches(watch: Callable[..., Page]) -> None:
    page = watch("manager")
    page.evaluate("localStorage.setItem('locale', 'en')")
    page.reload()
    expect(page.locator(NOW_LINE)).to_contain_text("somebody now")
    assert "board." not in page.inner_text("main")


def test_the_board_says_when_its_server_is_away_and_comes_back(
    caller: Callable[[str], Caller], watch: Callable[..., Page], demo_server: ServerProcess
) -> None:
    page = watch("manager")
    expect(page.locator("#live-light")).to_contain_text("实时")
    demo_server.kill()
    expect(page.locator("#live-light")).to_contain_text("已断开", timeout=15_000)
    demo_server.start()
    expect(page.locator("#live-light")).to_contain_text("实时", timeout=20_000)
    caller("desk").reports("重启之后又漏水")
    expect(page.locator("main").get_by_text("重启之后又漏水").first).to_be_visible(timeout=10_000)


@pytest.mark.parametrize("size", [TABLET, {"width": 390, "height": 844}])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    watch: Callable[..., Page], theme: str, size: dict[str, int]
) -> None:
    page = watch("manager")
    page.evaluate(f"localStorage.setItem('theme', '{theme}')")
    page.set_viewport_size(size)  # type: ignore[arg-type]
    walked = page.locator('#board-rounds a[href^="/board/run"]').first
    addresses = ("/board", "/board/rounds", walked.get_attribute("href"))
    for address in addresses:
        page.goto(page.url.split("/board")[0] + str(address))
        expect(page.locator("h1")).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        assert small_targets(page) == []


def small_targets(page: Page) -> list[str]:
    """What can be tapped and is smaller than a thumb."""
    return page.evaluate(
        """[...document.querySelectorAll("a, button, select")]
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 47.5 || box.width < 47.5))
            .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.height}`)"""
    )
