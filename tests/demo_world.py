"""A filled demo world for tests: made once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from propapp.core.db.engine import engine, engine_for
from propapp.core.settings import settings
from propapp.demo import fill

# A Tuesday, 14:20 at the site.
AFTERNOON = datetime(2026, 3, 10, 6, 20, tzinfo=UTC)


def use(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let this process work in the folder."""
    patch.setenv("PROPAPP_DATA", str(folder))
    patch.delenv("PROPAPP_DATABASE", raising=False)
    settings.cache_clear()


def leave() -> None:
    """Close what was open there."""
    engine().dispose()
    engine_for.cache_clear()
    settings.cache_clear()


@pytest.fixture(scope="session")
def demo_template(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo world of one afternoon and a few pictures."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(empty_database, folder / "propapp.db")
    with pytest.MonkeyPatch.context() as patch:
        use(patch, folder)
        fill(now=AFTERNOON, pictures="few")
        leave()
    return folder


@pytest.fixture
def demo_database(
    demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A demo world of the test's own, at ``AFTERNOON``."""
    folder = tmp_path / "demo"
    shutil.copytree(demo_template, folder)
    use(monkeypatch, folder)
    yield folder
    leave()
