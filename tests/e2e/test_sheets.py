"""A table goes out, is changed, comes back with a mistake in it, is mended and taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.eyes import look
from tests.serving import ServerProcess
from tests.workbooks import heads, opened, workbook

pytestmark = pytest.mark.browser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def at_desk(page: Page, url: str, kind: str, who: str = "supervisor") -> None:
    """The supervisor, or somebody else, before the page of this kind."""
    people.sign_in(page, url, who)
    page.goto(f"{url}/sheets")
    page.locator("#sheet-kind").select_option(kind)
    page.locator(f"#sheet-place[data-kind={kind}]").wait_for()


def taken_out(page: Page, folder: Path) -> list[list[object]]:
    """What the button gives, as rows."""
    with page.expect_download() as download:
        page.click("#sheet-export")
    path = folder / "out.xlsx"
    download.value.save_as(path)
    return opened(path.read_bytes(), folder)


def bring(page: Page, rows: list[list[object]]) -> None:
    """Choose a file of these rows."""
    content = FilePayload(name="班次.xlsx", mimeType=XLSX, buffer=workbook(rows))
    page.locator("#sheet-file").set_input_files(content)
    page.wait_for_url("**/sheets?*sheet=*")


def count(page: Page, name: str) -> str:
    return page.locator(f"[data-count={name}] dd").inner_text()


def test_out_changed_refused_mended_and_in(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = new_phone(viewport=TABLET, accept_downloads=True).new_page()
    at_desk(page, demo_server.url, "shifts")
    table = taken_out(page, tmp_path)
    at = {name: table[0].index(heads(name)[0]) for name in ("id", "name", "begins", "minutes")}
    kept = len(table) - 1
    wrong = [*map(list, table), [*table[1]]]
    wrong[-1][at["id"]], wrong[-1][at["name"]] = "", "夜间加强班"
    wrong[-1][at["begins"]] = "晚上八点"
    bring(page, wrong)
    expect(page.locator("[data-sheet=checked]")).to_be_visible()
    assert (count(page, "new"), count(page, "unchanged"), count(page, "wrong")) == (
        "0", str(kept), "1",
    )  # fmt: skip
    expect(page.locator(f"[data-row='{kept + 2}']")).to_contain_text("晚上八点")
    expect(page.locator("#sheet-take-in")).to_have_count(0)
    with page.expect_download() as download:
        page.click("#sheet-problems")
    back = tmp_path / "back.xlsx"
    download.value.save_as(back)
    mended = opened(back.read_bytes(), tmp_path)
    assert "晚上八点" in str(mended[-1][-1])
    mended[-1][at["begins"]] = "20:00"
    look(page, "sheets-wrong-tablet")
    bring(page, mended)
    expect(page.locator("[data-count=new] dd")).to_have_text("1")
    page.click("#sheet-take-in")
    expect(page.locator("[data-sheet=taken]")).to_be_visible()
    look(page, "sheets-taken-tablet")
    page.goto(f"{demo_server.url}/sheets?kind=shifts")
    assert "夜间加强班" in {row[at["name"]] for row in taken_out(page, tmp_path)[1:]}
    bring(page, mended)
    expect(page.locator("[data-count=unchanged] dd")).to_have_text(str(kept + 1))
    expect(page.locator("#sheet-take-in")).to_have_count(0)


def test_what_is_no_workbook_is_said_so_on_a_phone(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=PHONE).new_page()
    at_desk(page, demo_server.url, "shifts")
    csv = FilePayload(name="班次.xlsx", mimeType=XLSX, buffer="名称,岗位\n".encode() * 30)
    page.locator("#sheet-file").set_input_files(csv)
    expect(page.locator("[data-sheet=refused] [role=alert]")).to_contain_text("另存为")
    look(page, "sheets-refused-phone")
    page.click("#sheet-drop")
    expect(page.locator("[data-sheet]")).to_have_count(0)


def test_stops_that_a_file_leaves_out_are_said_before_it_is_taken_in(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = new_phone(viewport=TABLET, accept_downloads=True).new_page()
    at_desk(page, demo_server.url, "routes")
    table = taken_out(page, tmp_path)
    at = {name: table[0].index(heads(name)[0]) for name in ("route", "stop", "point")}
    first = [row for row in table[1:] if row[at["route"]] == table[1][at["route"]]]
    bring(page, [table[0], *first[:3]])
    expect(page.locator("[data-sheet=checked]")).to_be_visible()
    notices = page.locator("[data-notices] li")
    expect(notices).to_have_count(1)
    expect(notices).to_contain_text(f"第 4–{len(first)} 站")
    expect(notices).to_contain_text(str(first[3][at["point"]]))
    look(page, "sheets-left-out-tablet")
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "sheets-left-out-phone")


def test_a_site_begins_with_a_file_and_is_worked_at_from_then_on(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=PHONE).new_page()
    at_desk(page, demo_server.url, "sites", "admin")
    look(page, "sheets-sites-phone")
    hill: list[list[object]] = [
        [*heads("code", "name", "name_en")],
        ["HILL", "东山苑", "Hillside"],
    ]
    bring(page, [*hill, ["POND", "", ""]])
    expect(page.locator("[data-row='3']")).to_contain_text("名称")
    page.locator("[data-row='3']").scroll_into_view_if_needed()
    look(page, "sheets-sites-wrong-phone")
    bring(page, hill)
    page.click("#sheet-take-in")
    expect(page.locator("[data-sheet=taken]")).to_be_visible()
    page.goto(f"{demo_server.url}/sheets?kind=buildings")
    page.set_viewport_size(TABLET)
    place = page.locator("#sheet-place")
    old = str(place.get_attribute("data-site"))
    page.locator("#board-site").select_option(label="东山苑")
    expect(place).not_to_have_attribute("data-site", old)
    look(page, "sheets-sites-tablet")
    bring(page, [[*heads("name", "floors")], ["1号楼", 18]])
    page.click("#sheet-take-in")
    expect(page.locator("[data-sheet=taken]")).to_be_visible()
