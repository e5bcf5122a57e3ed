"""Takes the pictures that the README shows: `make shots`, then look at them.

They are made from the demo world, so that what the README promises is what a visitor finds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from propapp import build
from tests.browser import CHROMIUM
from tests.conftest import CHROMIUM_FLAGS, PHONE
from tests.e2e import people
from tests.serving import ServerProcess

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
BOARD: ViewportSize = {"width": 1280, "height": 844}
CHAIN = 580
# Long enough for a board to show what was asked for, in milliseconds.
SETTLED = 500
COLOURS = 128


def main() -> None:
    """Start a demo world of its own, and take each picture."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "propapp.cli", "demo"]
        subprocess.run(command, env={**os.environ, "PROPAPP_DATA": folder}, check=True)
        server = ServerProcess(
            data=Path(folder), shelf=build.ensure_frontend(), options=("--demo",)
        ).start()
        try:
            _take(server.url)
        finally:
            server.kill()


def _take(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        phone = browser.new_context(viewport=PHONE, device_scale_factor=2, service_workers="block")
        _run(phone.new_page(), url)
        tablet = browser.new_context(
            viewport=BOARD, device_scale_factor=1.5, service_workers="block"
        )
        page = tablet.new_page()
        _board(page, url)
        _chain(page, url)
        browser.close()


def _run(page: Page, url: str) -> None:
    people.sign_in(page, url, "guard")
    people.start_round(page, url)
    for point in range(3):
        people.arrive_by_hand(page)
        people.answer_point(page, fail_first=point == 1)
        people.complete_point(page)
    people.arrive_by_hand(page)
    page.locator('[data-verdict="pass"]').first.click()
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    _keep(page, "run")


def _board(page: Page, url: str) -> None:
    people.sign_in(page, url, "manager")
    expect(page.locator("main h2").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    _keep(page, "board")


def _chain(page: Page, url: str) -> None:
    """From the goal of complete rounds down to the photos of one of them."""
    page.goto(f"{url}/goals")
    page.locator("main [data-goal] a", has_text="巡查").first.click()
    chain = page.locator("#goal-chain")
    chain.wait_for()
    page.wait_for_load_state("networkidle")
    shown, rounds = chain.locator('[data-rung="photo"] img'), chain.locator('[data-rung="round"]')
    # The newest is the guard's of just now, whose camera saw a test card.
    for number in range(1, rounds.locator("[data-knot] button").count()):
        rounds.locator("[data-knot] button").nth(number).click()
        page.wait_for_timeout(SETTLED)
        if shown.count():
            break
    page.set_viewport_size({**BOARD, "height": CHAIN})
    chain.evaluate("one => { one.scrollIntoView(); scrollBy(0, -150); }")
    _keep(page, "chain")


def _keep(page: Page, name: str) -> None:
    """A picture of few colours weighs a quarter and looks the same."""
    file = FOLDER / f"{name}.png"
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    with Image.open(file) as shot:
        shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(FOLDER.parents[1])}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
