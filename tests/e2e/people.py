"""What people do with the app, step by step, as the stories tell it."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

PASSWORD = "demo-2026"  # noqa: S105 — the demo's, told to everybody


def sign_in(page: Page, url: str, account: str) -> None:
    """Through the door, by typing, until the person's own first screen is there."""
    page.goto(f"{url}/sign-in")
    page.fill("#username", account)
    page.fill("#password", PASSWORD)
    page.click("#submit")
    page.wait_for_url(re.compile(r"/(today|orders|my|board)"))


def a_photo(text: str, *, size: tuple[int, int] = (1600, 1200)) -> FilePayload:
    """A picture file as a camera would hand it over, different for each text."""
    image = Image.effect_noise(size, 40).convert("RGB")
    ImageDraw.Draw(image).text((80, 80), f"{text} {datetime.now(UTC).isoformat()}", fill="yellow")
    data = io.BytesIO()
    image.save(data, "JPEG", quality=85)
    return {"name": f"{text}.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def start_round(page: Page, url: str, *, button: str = "开始巡查") -> str:
    """Begin the first round that is open; gives the id of the run."""
    page.goto(f"{url}/today")
    page.get_by_role("button", name=button).first.click()
    page.wait_for_url(re.compile(r"/run\?run="))
    return page.url.split("run=")[1]


def arrive_by_hand(page: Page) -> None:
    """Say that the code cannot be scanned, and why."""
    page.click("#by-hand")
    page.click("#hand-damaged")
    expect(page.locator("#complete-point")).to_be_visible()


def answer_point(page: Page, *, fail_first: bool = False) -> None:
    """Answer every question of the point in hand; the first is a fault when asked for."""
    pass_all = page.locator("#pass-all")
    if pass_all.is_visible():
        pass_all.click()
    for row in page.locator("[data-item]").all():
        _answer(page, row.get_attribute("data-item") or "", row.get_attribute("data-kind") or "")
    if fail_first:
        report_fault(page)


def _answer(page: Page, item: str, kind: str) -> None:
    row = page.locator(f'[data-item="{item}"]')
    if kind == "number":
        hint = row.inner_text()
        low, high = (float(x) for x in re.findall(r"(-?[\d.]+) – (-?[\d.]+)", hint)[0])
        row.locator("input[type=text]").fill(f"{(low + high) / 2:g}")
    elif kind in {"single", "multiple"}:
        row.locator("[data-choice]").first.click()
    elif kind == "text":
        row.locator("textarea").first.fill("一切正常")
    if row.locator("input[type=file]").count() and not row.locator("[data-photo]").count():
        row.locator("input[type=file]").set_input_files(a_photo(item))
        expect(row.locator("[data-photo]")).to_have_count(1)


def report_fault(page: Page) -> None:
    """Say what is wrong with the first thing that can be, and show it."""
    row = page.locator('[data-kind="pass_fail"]').first
    row.locator('[data-verdict="fail"]').click()
    row.locator("textarea").fill("三楼楼梯口堆了纸箱")
    row.locator("input[type=file]").set_input_files(a_photo("fault"))
    expect(row.locator("[data-photo]")).to_have_count(1)


def complete_point(page: Page) -> None:
    """Finish the point in hand and see the next one, or the summary."""
    before = page.locator("#point-name").inner_text()
    page.click("#complete-point")
    expect(
        page.locator("#finish-run").or_(page.locator("#point-name").filter(has_not_text=before))
    ).to_be_visible()


def finish_round(page: Page) -> None:
    """The last tap of a round."""
    page.click("#finish-run")
    expect(page.locator("#run-send-state")).to_be_visible()
