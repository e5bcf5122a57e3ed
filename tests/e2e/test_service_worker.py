"""The app opens without a network, and a new version never takes over behind one's back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from tests.e2e.gateway import Gateway
from tests.serving import ServerProcess
from tests.waiting import ALIVE, met, until

pytestmark = pytest.mark.browser

Serve = Callable[..., ServerProcess]
NewPhone = Callable[..., BrowserContext]


@pytest.fixture
def own_shelf(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the build that a test may change under a running server."""
    return Path(shutil.copytree(shelf, tmp_path / "shelf"))


def installed(phone: BrowserContext, server: ServerProcess) -> Page:
    """A page of a phone that has everything it needs to open without a network.

    The door, for the bare address leads on at once.
    """
    page = phone.new_page()
    page.goto(f"{server.url}/sign-in")
    until(page, "navigator.serviceWorker.controller !== null")
    return page


def change_worker(shelf: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Put another list of files into the built worker."""
    worker = shelf / "build" / "client" / "sw.js"
    lines = worker.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("const MANIFEST = "))
    manifest = json.loads(lines[at].removeprefix("const MANIFEST = ").removesuffix(";"))
    change(manifest)
    lines[at] = f"const MANIFEST = {json.dumps(manifest)};"
    worker.write_text("\n".join(lines), encoding="utf-8")
    for packed in worker.parent.glob("sw.js.*"):
        packed.unlink()


def test_the_page_opens_after_the_server_was_killed(serve: Serve, new_phone: NewPhone) -> None:
    server = serve()
    page = installed(new_phone(offline_ready=True), server)
    server.kill()
    page.reload()
    # Alive, not only painted: its modules came from the phone too.
    until(page, ALIVE)


def test_a_page_that_came_around_the_worker_is_taken_in(serve: Serve, new_phone: NewPhone) -> None:
    server = serve()
    page = installed(new_phone(offline_ready=True), server)
    # As one that was on its way while the first version began.
    session = page.context.new_cdp_session(page)
    with page.expect_navigation():
        session.send("Page.reload", {"ignoreCache": True})
    until(page, ALIVE)
    until(page, "navigator.serviceWorker.controller !== null")


def test_a_server_that_hangs_does_not_keep_the_page_waiting(
    serve: Serve, new_phone: NewPhone
) -> None:
    server = serve()
    page = installed(new_phone(offline_ready=True), server)
    server.freeze()
    page.reload(timeout=10_000, wait_until="domcontentloaded")
    until(page, ALIVE)
    server.thaw()


def test_what_the_server_answers_is_never_kept(serve: Serve, new_phone: NewPhone) -> None:
    server = serve()
    page = installed(new_phone(offline_ready=True), server)
    page.evaluate("fetch('/ping').then(answer => answer.text())")
    kept = page.evaluate(
        """async () => {
            const names = await caches.keys();
            const lists = await Promise.all(names.map(async (n) => (await caches.open(n)).keys()));
            return lists.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    assert "/" in kept
    assert [path for path in kept if path.startswith(("/api", "/ping", "/_"))] == [
        "/__spa-fallback.html"
    ]
    server.kill()
    with pytest.raises(Error, match="Failed to fetch"):
        page.evaluate("fetch('/ping').then(answer => answer.text())")


@pytest.mark.reliability("I1", "F26", "A new version while the old one is open, half a version")
def test_a_new_version_waits_until_the_page_is_opened_anew(
    serve: Serve, new_phone: NewPhone, own_shelf: Path
) -> None:
    server = serve(shelf=own_shelf)
    page = installed(new_phone(offline_ready=True), server)
    page.evaluate("addEventListener('propapp:update', () => { window.heard = true; })")

    change_worker(own_shelf, lambda manifest: manifest.update(version="second"))
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")

    until(page, "window.heard === true")
    assert page.evaluate(
        "navigator.serviceWorker.getRegistration().then(found => found.waiting !== null)"
    )
    page.reload()
    until(page, "navigator.serviceWorker.getRegistration().then(found => found.waiting === null)")
    names = page.evaluate("caches.keys()")
    # The files of the version before stay, for a page of it may still be open.
    assert len(names) == 2
    assert "propapp-second" in names


@pytest.mark.reliability("I1", "F26", "A new version while the old one is open, half a version")
def test_half_a_version_is_never_installed(
    serve: Serve, new_phone: NewPhone, own_shelf: Path
) -> None:
    change_worker(own_shelf, lambda manifest: manifest.update(files=["/assets/gone-0.js"]))
    server = serve(shelf=own_shelf)
    page = new_phone(offline_ready=True).new_page()
    page.goto(f"{server.url}/sign-in")
    ended = page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.register("/sw.js");
            const worker = registration.installing;
            if (!worker) return registration.active ? "activated" : "redundant";
            return new Promise((resolve) => worker.addEventListener("statechange", () => {
                if (["redundant", "activated"].includes(worker.state)) resolve(worker.state);
            }));
        }"""
    )
    assert ended == "redundant"


@pytest.mark.reliability("I7", "F10 F11 F26", "The first installation fails, and the page goes on")
@pytest.mark.parametrize(
    ("what", "fails"), [("script", 1), ("script", 3), ("file", 1), ("file", 900)]
)
def test_an_installation_that_fails_is_tried_again_by_the_open_page(
    serve: Serve, new_phone: NewPhone, what: str, fails: int
) -> None:
    server = serve()
    with Gateway(server.port, what=what, fails=fails) as gateway:
        page = new_phone(offline_ready=True).new_page()
        page.goto(f"{gateway.url}/sign-in")
        page.evaluate("window.stayed = true")
        until(page, "navigator.serviceWorker.controller !== null", within=60)
        assert page.evaluate("window.stayed")
        assert gateway.failed == fails
        # One file that fails is asked for again by the same installation.
        assert (gateway.installations > 1) == (fails != 1 or what == "script")
    page.reload()
    until(page, ALIVE)


@pytest.mark.reliability("I7", "F13", "The first installation fails, and the page goes on")
def test_a_phone_that_comes_back_to_the_network_does_not_wait_for_the_next_try(
    serve: Serve, new_phone: NewPhone
) -> None:
    server = serve()
    with Gateway(server.port, what="script", fails=1) as gateway:
        phone = new_phone(offline_ready=True)
        page = phone.new_page()
        # Time stands still in the page: no wait of its own ever ends.
        page.clock.install()
        page.clock.pause_at(4_102_444_800_000)
        page.goto(f"{gateway.url}/sign-in")
        until(page, ALIVE)
        # The page is alive before it installs anything.
        met(page, lambda: gateway.failed, what="the first installation failed", within=60)
        assert (gateway.installations, gateway.failed) == (1, 1)

        # The page may learn of the failure after the server; who comes back before that changes
        # nothing, so it comes back until the page has tried again.
        def back_and_tried() -> bool:
            phone.set_offline(True)
            phone.set_offline(False)
            return gateway.installations > 1

        met(page, back_and_tried, what="the page tried again", within=60, every=500)
        until(page, "navigator.serviceWorker.controller !== null", within=60)
        assert gateway.installations == 2
