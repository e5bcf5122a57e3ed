"""What tests lean on: a built client, a real server, a real browser."""

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as proving
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from propapp import build
from propapp.core.db import migrate
from propapp.core.db.engine import engine, engine_for
from propapp.core.settings import settings
from tests.browser import CHROMIUM
from tests.demo_world import demo_database, demo_template
from tests.reliability import forget, record_mark
from tests.serving import ServerProcess

__all__ = ["demo_database", "demo_template"]

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
# How fast examples come says something of the machine and nothing of the code.
proving.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow])
proving.load_profile("any machine")
# Two cores carry two browsers, two servers and whatever is killed beside them.
expect.set_options(timeout=30_000)
PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 1024, "height": 768}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: begun last, one of them would keep a worker busy alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("soak") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What a test wrote down when it last passed counts until it begins anew."""
    forget(item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """What a test held against which fault is written down when it has passed."""
    report = yield
    record_mark(item, report)
    return report


@pytest.fixture(scope="session")
def shelf() -> Path:
    """The folder of the client, built once for all workers."""
    return build.ensure_frontend()


@pytest.fixture(scope="session")
def server(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One running server for all tests of this worker: leave it as you found it."""
    process = ServerProcess(data=tmp_path_factory.mktemp("server"), shelf=shelf).start()
    yield process
    process.stop()


@pytest.fixture
def serve(shelf: Path, tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Starts servers that belong to the test alone, to be stopped, killed and started again."""
    started: list[ServerProcess] = []

    def start(**options: Any) -> ServerProcess:
        chosen = {"data": tmp_path / f"server{len(started)}", "shelf": shelf, **options}
        process = ServerProcess(**chosen)
        started.append(process)
        return process.start()

    yield start
    for process in started:
        process.kill()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers; a process may have only one."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of this worker."""
    chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def new_phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes phones: each with its own storage, without a service worker unless asked."""
    phones: list[BrowserContext] = []

    def make(*, offline_ready: bool = False, **options: Any) -> BrowserContext:
        workers: Literal["allow", "block"] = "allow" if offline_ready else "block"
        chosen = {"viewport": PHONE, "has_touch": True, "locale": "zh-CN", **options}
        phones.append(browser.new_context(service_workers=workers, **chosen))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()


@pytest.fixture
def page(new_phone: Callable[..., BrowserContext]) -> Page:
    """A fresh phone without a service worker."""
    return new_phone().new_page()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("database")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROPAPP_DATA", str(folder))
        patch.delenv("PROPAPP_DATABASE", raising=False)
        settings.cache_clear()
        migrate.upgrade()
        engine().dispose()
        engine_for.cache_clear()
        settings.cache_clear()
    return folder / "propapp.db"


@pytest.fixture
def database(
    empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A data folder of the test's own, with an empty database in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(empty_database, folder / "propapp.db")
    monkeypatch.setenv("PROPAPP_DATA", str(folder))
    monkeypatch.delenv("PROPAPP_DATABASE", raising=False)
    settings.cache_clear()
    yield folder
    engine().dispose()
    engine_for.cache_clear()
    settings.cache_clear()
