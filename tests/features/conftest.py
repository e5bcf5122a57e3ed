"""The small world most tests of the domain begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import World, a_world


@pytest.fixture
def garden(database: Path) -> World:
    """A site at noon with people of every role."""
    return a_world()


@pytest.fixture
def elsewhere(garden: World) -> World:
    """A second site with people of its own."""
    return a_world("LX")
