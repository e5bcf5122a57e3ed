"""Reports over HTTP: asked for by a form, had only by those who may have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.features.reports.models import Report
from propapp.features.sites.models import Site
from tests.api.conftest import SignIn
from tests.world import rows

ADDRESS = "/api/v1/reports"


@pytest.fixture
def manager(signed_in: SignIn) -> TestClient:
    """Somebody who answers for the site."""
    return signed_in("chief", Role.MANAGER)


def wish(site: Site, **other: str) -> dict[str, str]:
    month = f"{datetime.now(UTC):%Y-%m}"
    asked = {"subject": "month", "site": str(site.id), "site_id": str(site.id)}
    return asked | {"kind": "performance", "month": month, "form": "pdf", "locale": "en"} | other


def asked(client: TestClient, **fields: str) -> dict[str, list[str]]:
    """Where the form leads to."""
    answer = client.post(ADDRESS, data=fields)
    assert answer.status_code == 303
    place = urlsplit(answer.headers["location"])
    assert place.path == "/reports"
    return parse_qs(place.query)


def test_a_month_is_asked_for_made_and_fetched(manager: TestClient, site: Site) -> None:
    where = asked(manager, **wish(site))
    assert where["site"] == [str(site.id)]
    answer = manager.get(f"{ADDRESS}/{where['export'][0]}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_it_is_called_what_it_is_in_chinese_too(manager: TestClient, site: Site) -> None:
    (report_id,) = asked(manager, **wish(site, locale="zh-CN", form="xlsx"))["export"]
    answer = manager.get(f"{ADDRESS}/{report_id}")
    said = answer.headers["content-disposition"]
    assert "履约报告" in unquote(said)
    assert said.endswith(".xlsx")
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize(
    "other",
    [
        {"month": "2099-01"},
        {"month": "1999-01"},
        {"month": "yesterday"},
        {"form": "docx"},
        {"kind": "everything"},
        {"subject": "everything"},
        {"locale": "fr"},
        {"report_id": "1"},
        {"site_id": "x"},
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_is_kept(
    manager: TestClient, site: Site, other: dict[str, str]
) -> None:
    if "report_id" in other:
        assert "export" in asked(manager, **wish(site, **other))
        return
    assert asked(manager, **wish(site, **other))["error"] == ["invalid_input"]
    assert not rows(Report)


def test_who_may_not_have_it_gets_nothing(
    manager: TestClient, guard: TestClient, new_client: Callable[[], TestClient], site: Site
) -> None:
    (report_id,) = asked(manager, **wish(site))["export"]
    assert guard.get(f"{ADDRESS}/{report_id}").status_code in {403, 404}
    assert asked(guard, **wish(site))["error"] == ["not_allowed"]
    assert new_client().get(f"{ADDRESS}/{report_id}").status_code == 401
    assert manager.get(f"{ADDRESS}/{uuid7()}").status_code == 404
    plan = {"subject": "plan", "plan_id": str(uuid7()), "form": "pdf"}
    assert asked(manager, **plan)["error"] == ["not_found"]


def test_a_page_of_another_site_cannot_ask(manager: TestClient, site: Site) -> None:
    answer = manager.post(ADDRESS, data=wish(site), headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not rows(Report)
