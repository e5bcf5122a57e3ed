"""A manager asks for the report of a month, and has it as paper and as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from python_calamine import CalamineWorkbook

from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser

MADE = 120_000


def fetched(page: Page, form: str, folder: Path) -> Path:
    """The newest file of this form, once it is ready."""
    newest = page.locator(f"[data-form={form}]").first
    expect(newest).to_have_attribute("data-made", "ready", timeout=MADE)
    with page.expect_download() as under_way:
        newest.get_by_role("link", name="下载").click()
    file = folder / under_way.value.suggested_filename
    under_way.value.save_as(file)
    return file


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_month_is_asked_for_made_and_fetched_in_both_forms(
    demo_server: ServerProcess,
    new_phone: Callable[..., BrowserContext],
    tmp_path: Path,
    size: ViewportSize,
) -> None:
    page = new_phone(viewport=size, accept_downloads=True).new_page()
    people.sign_in(page, demo_server.url, "manager")
    page.goto(f"{demo_server.url}/reports")
    expect(page.locator("#report-list")).to_contain_text("报告")
    expect(page.locator("[data-made]")).to_have_count(0)

    page.locator("#report-month-form [value=pdf]").click()
    paper = fetched(page, "pdf", tmp_path)
    assert paper.read_bytes().startswith(b"%PDF-")
    assert paper.suffix == ".pdf"

    page.locator("#report-month-form input[value=plan]").check()
    page.locator("#report-month-form [value=xlsx]").click()
    book = fetched(page, "xlsx", tmp_path)
    sheets = CalamineWorkbook.from_path(book)
    rows = [
        row for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python()
    ]
    assert len(rows) > 10
    expect(page.locator("[data-made=ready]")).to_have_count(2)


def test_whoever_makes_no_reports_is_not_led_there(
    demo_server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(viewport=PHONE).new_page()
    people.sign_in(page, demo_server.url, "guard")
    page.goto(f"{demo_server.url}/reports")
    expect(page.locator("#report-month-form")).to_have_count(0)
