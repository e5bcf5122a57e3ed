"""Bundles of evidence over HTTP: asked for by a form, had only by those who may have them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.features.evidence.models import EvidenceExport
from propapp.features.sites.models import Site
from tests.api.conftest import SignIn
from tests.world import rows

ADDRESS = "/api/v1/evidence/exports"


@pytest.fixture
def manager(signed_in: SignIn) -> TestClient:
    """Somebody who answers for the site."""
    return signed_in("chief", Role.MANAGER)


def asked(client: TestClient, **fields: str) -> dict[str, list[str]]:
    """Where the form leads to."""
    answer = client.post(ADDRESS, data=fields)
    assert answer.status_code == 303
    place = urlsplit(answer.headers["location"])
    assert place.path == "/board/evidence"
    return parse_qs(place.query)


def test_a_day_is_asked_for_packed_and_fetched(manager: TestClient, site: Site) -> None:
    (export_id,) = asked(manager, subject="day", site_id=str(site.id), day="2026-03-10")["export"]
    answer = manager.get(f"{ADDRESS}/{export_id}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(BytesIO(answer.content)) as bundle:
        assert "verify.py" in bundle.namelist()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"subject": "order", "number": "WX-0"}, "not_found"),
        ({"subject": "order", "number": ""}, "invalid_input"),
        ({"subject": "order"}, "invalid_input"),
        ({"subject": "everything"}, "invalid_input"),
        ({"subject": "day", "site_id": "x", "day": "yesterday"}, "invalid_input"),
        ({"subject": "run", "run_id": str(uuid7())}, "not_found"),
        ({"subject": "run", "run_id": str(uuid7()), "export_id": "1"}, "not_found"),
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_is_kept(
    manager: TestClient, fields: dict[str, str], code: str
) -> None:
    assert asked(manager, **fields) == {"error": [code]}
    assert not rows(EvidenceExport)


def test_who_may_not_have_it_gets_nothing(
    manager: TestClient, guard: TestClient, new_client: object, site: Site
) -> None:
    (export_id,) = asked(manager, subject="day", site_id=str(site.id), day="2026-03-10")["export"]
    assert guard.get(f"{ADDRESS}/{export_id}").status_code in {403, 404}
    wish = {"subject": "day", "site_id": str(site.id), "day": "2026-03-10"}
    assert asked(guard, **wish) == {"error": ["not_allowed"]}
    assert new_client().get(f"{ADDRESS}/{export_id}").status_code == 401  # type: ignore[operator]
    assert manager.get(f"{ADDRESS}/{uuid7()}").status_code == 404
    assert manager.get(f"{ADDRESS}/..%2f..%2fetc").status_code in {404, 422}


def test_a_page_of_another_site_cannot_ask(manager: TestClient, site: Site) -> None:
    wish = {"subject": "day", "site_id": str(site.id), "day": "2026-03-10"}
    answer = manager.post(ADDRESS, data=wish, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not rows(EvidenceExport)
