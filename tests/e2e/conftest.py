"""Servers with the demo world in them, as of now."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from propapp.core.db import migrate
from propapp.core.db.engine import engine, engine_for
from propapp.core.settings import settings
from propapp.demo import fill
from tests.e2e.handset import Handset
from tests.e2e.house import house, inhabited
from tests.reliability import forget, record
from tests.serving import ServerProcess
from tests.weight import MEGABYTE, MOST, weighed

__all__ = ["house", "inhabited"]


@pytest.fixture(scope="session")
def live_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo world of this hour and a few pictures, made once for all."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "live-world"
    with (shared / "live-world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _make(folder)
            (folder / "complete").touch()
    return folder


def _make(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROPAPP_DATA", str(folder))
        settings.cache_clear()
        migrate.upgrade()
        fill(pictures="few")
        engine().dispose()
        engine_for.cache_clear()
    settings.cache_clear()


@pytest.fixture
def demo_server(
    live_world: Path, serve: Callable[..., ServerProcess], tmp_path: Path
) -> ServerProcess:
    """A server of the test's own: it may be killed, and its data changed."""
    data = tmp_path / "demo"
    shutil.copytree(live_world, data)
    return serve(data=data, options=("--demo",))


@pytest.fixture(scope="session")
def demo_site(
    live_world: Path, shelf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """One server for all tests of this worker that only look."""
    data = tmp_path_factory.mktemp("site") / "demo"
    shutil.copytree(live_world, data)
    server = ServerProcess(data=data, shelf=shelf, options=("--demo",)).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def stays_light(server: ServerProcess, request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the tests of a file do to the server, it grows little by it."""
    forget(request.node.nodeid)
    failed = request.session.testsfailed
    what = "Hostile bytes and frames on bare sockets of a real server: its weight"
    with ExitStack() as stack:
        weight = stack.enter_context(weighed(server.group))
        yield
        assert weight.grown < MOST
        if request.session.testsfailed == failed:
            tried = sum(item.path == request.path for item in request.session.items)
            entry = stack.enter_context(record(request, what, "I10", "F69 F70", tried, "inputs"))
            entry["note"] = f"{weight.grown / MEGABYTE:.0f} MB over the base at most"


@pytest.fixture
def handset(playwright: Playwright, tmp_path: Path) -> Iterator[Handset]:
    """A browser that can be killed."""
    phone = Handset(playwright, tmp_path / "profile").start()
    yield phone
    phone.kill()
