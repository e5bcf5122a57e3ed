"""A manager takes the evidence of a day away, and anybody can check it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import TABLET
from tests.e2e import people
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser


def test_the_evidence_of_a_day_is_packed_fetched_and_verified(
    demo_site: ServerProcess, new_phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = new_phone(viewport=TABLET, accept_downloads=True).new_page()
    people.sign_in(page, demo_site.url, "manager")
    page.goto(f"{demo_site.url}/board/rounds")
    page.locator("main a[href^='/board/run?']").first.click()
    page.locator("main dl").wait_for()
    page.get_by_role("button", name="导出证据").click()
    newest = page.locator("[data-made]").first
    expect(newest).to_have_attribute("data-made", "ready")
    with page.expect_download() as fetched:
        newest.get_by_role("link", name="下载").click()
    bundle = tmp_path / "bundle.zip"
    fetched.value.save_as(bundle)
    with zipfile.ZipFile(bundle) as opened:
        script = opened.extract("verify.py", tmp_path)
    answer = subprocess.run(
        [sys.executable, "-I", script, str(bundle)], capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stdout
    # An order that is not there is refused where the number was typed.
    page.fill("input[name=number]", "WX-0")
    page.get_by_role("button", name="导出证据").click()
    expect(page.get_by_text("没有这个编号的工单，请核对后再试。")).to_be_visible()
