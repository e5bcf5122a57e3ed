"""Waiting for something to become true, without sleeping longer than needed."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

# React has taken over the painted page: its taps will be heard.
ALIVE = """[...document.body.querySelectorAll("*")].some(
    (element) => Object.keys(element).some((name) => name.startsWith("__react")))"""


def until(page: Page, expression: str, *, within: float = 15.0) -> None:
    """Wait until this is true in the page."""
    # `page.wait_for_function` evaluates inside the page, which our policy refuses.
    met(page, lambda: page.evaluate(expression), what=expression, within=within)


def met(
    page: Page, condition: Callable[[], object], *, what: str, within: float = 15.0, every: int = 50
) -> None:
    """Wait until this holds, while the page goes on; ``every`` so many milliseconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"Not within {within} s: {what}"
        page.wait_for_timeout(every)
