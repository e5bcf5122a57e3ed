"""A real QR code before a real camera, as far as Chromium's own file camera is one."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import segno
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests.browser import CHROMIUM
from tests.conftest import CHROMIUM_FLAGS, PHONE
from tests.e2e import people
from tests.e2e.test_round import rows
from tests.serving import ServerProcess

CODES = (
    "select c.text from checkpoint_code c join route_point p on p.checkpoint_id = c.checkpoint_id "
    "join route r on r.id = p.route_id where lower(r.role) = 'guard' order by p.position"
)


def film(code: str, file: Path) -> Path:
    """A film of a sheet with the code on it, as Chromium's fake camera reads it (Y4M, 4:2:0)."""
    drawn = io.BytesIO()
    segno.make(code, error="m").save(drawn, kind="png", scale=9, border=4)
    frame = Image.new("RGB", (640, 480), "#b8b0a0")
    sheet = Image.open(drawn).convert("RGB")
    frame.paste(sheet, ((640 - sheet.width) // 2, (480 - sheet.height) // 2))
    light, blue, red = frame.convert("YCbCr").split()
    half = [plane.resize((320, 240)).tobytes() for plane in (blue, red)]
    picture = b"FRAME\n" + light.tobytes() + b"".join(half)
    file.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + picture * 10)
    return file


def guard_before(server: ServerProcess, playwright: Playwright, shown: Path) -> Page:
    """A guard's phone whose camera sees the film."""
    flags = [*CHROMIUM_FLAGS, f"--use-file-for-fake-video-capture={shown}"]
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
    phone = browser.new_context(viewport=PHONE, service_workers="block", permissions=["camera"])
    page = phone.new_page()
    people.sign_in(page, server.url, "guard")
    people.start_round(page, server.url)
    return page


def test_the_right_code_is_an_arrival(
    demo_server: ServerProcess, tmp_path: Path, playwright: Playwright
) -> None:
    code = str(rows(demo_server, CODES)[0][0])
    page = guard_before(demo_server, playwright, film(code, tmp_path / "right.y4m"))
    page.click("#scan")
    expect(page.locator("#complete-point")).to_be_visible(timeout=30_000)
    people.answer_point(page)
    people.complete_point(page)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=30_000)
    told = rows(demo_server, "select lower(method) from visit order by received_at desc limit 1")
    assert told == [("scan",)]


def test_another_points_code_is_told_apart(
    demo_server: ServerProcess, tmp_path: Path, playwright: Playwright
) -> None:
    code = str(rows(demo_server, CODES)[1][0])
    page = guard_before(demo_server, playwright, film(code, tmp_path / "wrong.y4m"))
    page.click("#scan")
    expect(page.locator("#scanner-says")).to_contain_text("不是这个点", timeout=30_000)
    expect(page.locator("#complete-point")).to_have_count(0)


def ask_nothing(server: ServerProcess) -> None:
    """Let the lot of no day ask anything: what it draws today is another thing tomorrow."""
    with closing(sqlite3.connect(server.data / "propapp.db")) as database:
        database.execute("update round_seed set challenges = null")
        database.commit()


def test_a_normal_point_takes_three_taps(
    demo_server: ServerProcess, tmp_path: Path, playwright: Playwright
) -> None:
    ask_nothing(demo_server)
    code = str(rows(demo_server, CODES)[1][0])
    page = guard_before(demo_server, playwright, film(code, tmp_path / "second.y4m"))
    people.arrive_by_hand(page)
    people.answer_point(page)
    people.complete_point(page)
    page.evaluate(
        "() => { window.taps = 0;"
        " addEventListener('click', (event) => { taps += event.isTrusted; }, true); }"
    )
    page.click("#scan")
    page.click("#pass-all", timeout=30_000)
    page.click("#complete-point")
    expect(page.locator("#point-name")).to_have_text("1号楼 疏散楼梯")
    assert page.evaluate("taps") == 3
