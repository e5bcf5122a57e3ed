"""Servers with the demo world in them, as of now."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from propapp.core.db import migrate
from propapp.core.db.engine import engine, engine_for
from propapp.core.settings import settings
from propapp.demo import fill
from tests.e2e.house import house
from tests.serving import ServerProcess

__all__ = ["house"]


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
