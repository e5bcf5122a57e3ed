"""The guard's story: a round, whole, with the server there and with it gone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from sqlalchemy import create_engine, text

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.eyes import LOOKS, look, wear
from tests.serving import ServerProcess


def rows(server: ServerProcess, statement: str, **values: str) -> list[tuple[object, ...]]:
    """What the server's own database says."""
    engine = create_engine(f"sqlite:///{server.data / 'propapp.db'}")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement), values)]
    engine.dispose()
    return found


def walk(page: Page, *, fault_at: int = -1) -> int:
    """Walk the rest of the round by hand; gives the number of points walked."""
    walked = 0
    while not page.locator("#finish-run").is_visible():
        people.arrive_by_hand(page)
        people.answer_point(page, fail_first=walked == fault_at)
        people.complete_point(page)
        walked += 1
    return walked


def check_whole(server: ServerProcess, run_id: str, points: int) -> None:
    """Exactly one row for each visit, answer and photo, and the run is sealed."""
    run = run_id.replace("-", "")
    assert rows(server, "select lower(status), points_done from run where id = :r", r=run) == [
        ("sealed", points)
    ]
    visits = rows(
        server, "select count(*), count(distinct point_id) from visit where run_id = :r", r=run
    )
    assert visits == [(points, points)]
    twice = rows(
        server,
        "select visit_id, item_id from answer where run_id = :r group by 1, 2 having count(*) > 1",
        r=run,
    )
    assert twice == []
    missing = rows(
        server,
        "select u.sha256 from photo_use u left join photo p on p.sha256 = u.sha256 "
        "where u.parent_id = :r and p.sha256 is null",
        r=run,
    )
    assert missing == []


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_round_with_the_server_there(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext], size: ViewportSize
) -> None:
    page = new_phone(viewport=size).new_page()
    people.sign_in(page, demo_server.url, "guard")
    run_id = people.start_round(page, demo_server.url)
    look(page, f"run-point-{size['width']}")
    people.arrive_by_hand(page)
    people.answer_point(page, fail_first=True)
    for language, theme in [*LOOKS[1:], LOOKS[0]]:
        wear(page, language, theme)
        page.reload()
        expect(page.locator("#complete-point")).to_be_visible()
        look(page, f"run-fault-{size['width']}-{language}-{theme}")
    people.complete_point(page)
    expect(page.locator('[data-stop="fault"] svg')).to_have_count(1)
    points = 1 + walk(page)
    look(page, f"run-summary-{size['width']}")
    people.finish_round(page)
    expect(page.locator("#run-send-state")).to_have_attribute("data-state", "sent", timeout=60_000)
    look(page, f"run-finished-{size['width']}")
    check_whole(demo_server, run_id, points)
    orders = rows(
        demo_server,
        "select lower(source), lower(status) from work_order where run_id = :r",
        r=run_id.replace("-", ""),
    )
    assert orders == [("round", "reported")]


@pytest.mark.reliability("I1 I6 I7", "F18", "A page killed at an open point of a round")
def test_a_round_with_the_server_dead_the_page_reloaded_and_the_tab_killed(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    phone = new_phone(offline_ready=True)
    page = phone.new_page()
    people.sign_in(page, demo_server.url, "guard2")
    page.goto(f"{demo_server.url}/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.get_by_role("button", name="开始巡查").first).to_be_visible()

    demo_server.kill()
    run_id = people.start_round(page, demo_server.url)
    people.arrive_by_hand(page)
    people.answer_point(page, fail_first=True)

    page.reload()
    expect(page.locator('[data-verdict="fail"][aria-pressed="true"]')).to_have_count(1)
    expect(page.locator("textarea").first).to_have_value("三楼楼梯口堆了纸箱")
    people.complete_point(page)

    page.close(run_before_unload=False)
    page = phone.new_page()
    page.goto(f"{demo_server.url}/today")
    page.get_by_role("link", name="继续巡查").first.click()
    page.wait_for_url(re.compile(run_id))
    points = 1 + walk(page)
    people.finish_round(page)
    expect(page.locator("#run-send-state")).to_have_attribute("data-state", "saved")

    demo_server.start()
    expect(page.locator("#run-send-state")).to_have_attribute("data-state", "sent", timeout=90_000)
    check_whole(demo_server, run_id, points)


def test_several_rounds_in_a_row_with_no_server(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    phone = new_phone(offline_ready=True)
    page = phone.new_page()
    phone.clock.install()
    people.sign_in(page, demo_server.url, "guard")
    page.goto(f"{demo_server.url}/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.get_by_role("button", name="开始巡查").first).to_be_visible()

    demo_server.kill()
    walked: dict[str, int] = {}
    for _ in range(2):
        run_id = people.start_round(page, demo_server.url)
        walked[run_id] = walk(page)
        people.finish_round(page)
        # The night goes on without a network: the next window opens.
        phone.clock.fast_forward("03:00:00")

    demo_server.start()
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=90_000)
    assert len(walked) == 2
    for run_id, points in walked.items():
        check_whole(demo_server, run_id, points)
