"""The app goes on the home screen: Chromium finds nothing to object to."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.serving import ServerProcess


def test_chromium_would_install_it(
    server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    phone = new_phone(offline_ready=True)
    page = phone.new_page()
    page.goto(f"{server.url}/sign-in")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    inspector = phone.new_cdp_session(page)
    manifest = inspector.send("Page.getAppManifest")
    assert manifest["errors"] == []
    objections = inspector.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A private window cannot install anything; that is all it may say.
    assert [one["errorId"] for one in objections] in ([], ["in-incognito"])
