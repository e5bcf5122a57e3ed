"""A browser that has no more room for what a page keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.waiting import until

# For half a minute Chromium goes by what room it had found before.
IS_FULL = """new Promise((done) => {
    const asked = indexedDB.open("trial", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("one");
    asked.onerror = () => done(true);
    asked.onsuccess = () => {
        const tx = asked.result.transaction("one", "readwrite");
        const end = (refused) => { asked.result.close(); done(refused); };
        tx.objectStore("one").put("one", 1);
        tx.oncomplete = () => end(false);
        tx.onabort = () => end(true);
    };
})"""


@contextmanager
def full_disk(page: Page, url: str) -> Iterator[None]:
    """The browser lets this site keep nothing more, for as long as whoever said so listens."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": url, "quotaSize": 1})
    until(page, IS_FULL, within=60)
    yield
    session.send("Storage.overrideQuotaForOrigin", {"origin": url})
    until(page, f"{IS_FULL}.then((full) => !full)", within=60)
    session.detach()
