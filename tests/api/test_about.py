"""The demo says that it is one; a real installation offers nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from propapp.api.app import create_api
from propapp.core.settings import settings


@pytest.mark.parametrize("demo", [True, False])
def test_people_to_try_are_offered_in_the_demo_only(
    database: Path, monkeypatch: pytest.MonkeyPatch, demo: bool
) -> None:
    monkeypatch.setenv("PROPAPP_DEMO", str(demo).lower())
    settings.cache_clear()
    told = TestClient(create_api()).get("/api/v1/about").json()
    assert told["demo"] is demo
    assert bool(told["password"]) is demo
    assert ("guard" in {account["username"] for account in told["accounts"]}) is demo
