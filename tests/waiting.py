"""Waiting for something to become true, without sleeping longer than needed."""

import time

from playwright.sync_api import Page

# React has taken over the painted page: its taps will be heard.
ALIVE = """[...document.body.querySelectorAll("*")].some(
    (element) => Object.keys(element).some((name) => name.startsWith("__react")))"""


def until(page: Page, expression: str, *, within: float = 15.0) -> None:
    """Wait until this is true in the page."""
    # `page.wait_for_function` evaluates inside the page, which our policy refuses.
    deadline = time.monotonic() + within
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"Not within {within} s: {expression}"
        page.wait_for_timeout(50)
