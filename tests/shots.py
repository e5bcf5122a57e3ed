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
        _board(tablet.new_page(), url)
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
