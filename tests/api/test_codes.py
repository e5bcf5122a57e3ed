"""Codes on paper over HTTP: printed by a form, shown on a sheet until they hang."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.features.sites.models import Checkpoint, CheckpointCode, Place, PlaceKind, Site
from tests.api.conftest import SignIn
from tests.factories import a_site
from tests.world import NOON, rows, save

PRINT, SHEET = "/api/v1/codes/print", "/api/v1/codes/sheet"


@pytest.fixture
def points(site: Site) -> list[Checkpoint]:
    """Two points of the site; nothing was ever printed for them."""
    place = Place(site_id=site.id, kind=PlaceKind.LOBBY, name="大厅")
    made = [Checkpoint(site_id=site.id, place_id=place.id, name=f"点位{n}") for n in (1, 2)]
    save(place, *made)
    return made


def printed(client: TestClient, site: Site, *chosen: object) -> tuple[str, dict[str, list[str]]]:
    """Where the form leads to, with what is said there."""
    fields = {"site_id": str(site.id), "checkpoint_ids": [str(one) for one in chosen]}
    answer = client.post(PRINT, data=fields)
    assert answer.status_code == 303
    place = urlsplit(answer.headers["location"])
    return place.path, parse_qs(place.query)


def test_printed_codes_stand_on_the_sheet_until_they_are_scanned(
    signed_in: SignIn, site: Site, points: list[Checkpoint]
) -> None:
    client = signed_in("lead", Role.SUPERVISOR)
    assert printed(client, site, points[0].id, points[1].id) == (SHEET, {"site": [str(site.id)]})
    first, second = rows(CheckpointCode)
    sheet = client.get(SHEET, params={"site": str(site.id)})
    assert (sheet.status_code, sheet.headers["cache-control"]) == (200, "no-store")
    assert sheet.text.count("<article>") == 2
    first.first_scanned_at = NOON
    save(first)
    sheet = client.get(SHEET, params={"site": str(site.id)})
    assert sheet.text.count("<article>") == 1
    assert second.text not in sheet.text


@pytest.mark.parametrize("chosen", [(), ("x",), (uuid7(),)])
def test_what_cannot_be_printed_is_said_and_nothing_is_kept(
    signed_in: SignIn, site: Site, points: list[Checkpoint], chosen: tuple[object, ...]
) -> None:
    client = signed_in("lead", Role.SUPERVISOR)
    path, said = printed(client, site, points[0].id, *chosen) if chosen else printed(client, site)
    assert path == "/board/codes"
    assert said["error"] in (["invalid_input"], ["not_found"])
    assert rows(CheckpointCode) == []


def test_codes_are_for_those_who_may_print_them(
    signed_in: SignIn, site: Site, points: list[Checkpoint]
) -> None:
    guard = signed_in("walker", Role.GUARD)
    assert printed(guard, site, points[0].id)[0] == "/board/codes"
    assert guard.get(SHEET, params={"site": str(site.id)}).status_code == 404
    lead = signed_in("lead", Role.SUPERVISOR)
    assert lead.get(SHEET, params={"site": str(a_site("EL").id)}).status_code == 404
    assert rows(CheckpointCode) == []


def test_a_form_of_too_many_boxes_is_refused_before_it_is_read(
    signed_in: SignIn, site: Site
) -> None:
    client = signed_in("lead", Role.SUPERVISOR)
    path, said = printed(client, site, *(uuid7() for _ in range(501)))
    assert (path, said) == ("/board/codes", {"error": ["invalid_input"]})
