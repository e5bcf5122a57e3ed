"""A phone that can be killed: a Chromium process with a profile on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser import CHROMIUM
from tests.conftest import CHROMIUM_FLAGS, PHONE
from tests.e2e.unwatched import Unwatched

STARTS_WITHIN = 60.0


@dataclass
class Handset:
    """One browser process of its own; what it keeps on the disk outlives its death."""

    driver: Playwright
    profile: Path
    _process: subprocess.Popen[bytes] | None = None
    _browser: Browser | None = None
    _between: Unwatched | None = None

    @property
    def context(self) -> BrowserContext:
        """Storage, cookies and tabs, as the profile has them."""
        assert self._browser is not None
        return self._browser.contexts[0]

    def start(self) -> Handset:
        """Begin, or begin again with what the disk has kept."""
        self.profile.mkdir(parents=True, exist_ok=True)
        told = self.profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [
                CHROMIUM,
                *CHROMIUM_FLAGS,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={self.profile}",
                "--lang=zh-CN",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._between = Unwatched(_address(told))
        self._browser = self.driver.chromium.connect_over_cdp(self._between.url)
        return self

    def tab(self) -> Page:
        """A new tab in the size of a phone."""
        page = self.context.new_page()
        # A storm may be watched while the whole machine is busy.
        page.set_default_timeout(60_000)
        page.set_viewport_size(PHONE)
        return page

    def kill(self) -> None:
        """The battery is out: no page hears of it, nothing is written any more."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._browser is not None:
            self._browser.close()
        if self._between is not None:
            self._between.close()
        self._process = self._browser = self._between = None


def _address(told: Path) -> str:
    """Where the browser listens, as it chose and wrote down."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
        if len(lines) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.05)
    raise RuntimeError(f"The browser was not ready in {STARTS_WITHIN} s.")
