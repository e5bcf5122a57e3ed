"""Workbooks over HTTP: who may take out and bring, what is answered, what is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.settings import settings
from propapp.core.sheets import limits
from propapp.features.rosters.models import Shift
from propapp.features.sheets.models import SheetImport, SheetStatus
from propapp.features.sites.models import Site
from tests.api.conftest import SignIn, an_account
from tests.factories import a_site
from tests.workbooks import heads, opened, workbook
from tests.world import rows

GOOD = workbook([heads("name", "role", "begins", "minutes"), ["白班", "秩序员", "08:00", 720]])
BAD = workbook([heads("name", "role", "begins", "minutes"), ["白班", "保安", "8点", 721]])


def bring(client: TestClient, site: Site, content: bytes, kind: str = "shifts") -> tuple[int, str]:
    """The status, and the code of the refusal."""
    asked = {"kind": kind, "site": str(site.id), "name": "C:\\tmp\\班次.xlsx"}
    answer = client.post("/api/v1/sheets", content=content, params=asked)
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def lying() -> list[Path]:
    return list((settings().data / "sheets").glob("*"))


def test_a_workbook_is_looked_through_after_the_answer(signed_in: SignIn, site: Site) -> None:
    client = signed_in("lead", Role.SUPERVISOR)
    assert bring(client, site, GOOD) == (201, "")
    (sheet,) = rows(SheetImport)
    assert (sheet.status, sheet.new, sheet.name) == (SheetStatus.CHECKED, 1, "班次.xlsx")
    assert rows(Shift) == []
    assert [file.suffix for file in lying()] == [".xlsx"]


def test_it_is_had_back_with_what_is_wrong_behind_each_row(
    signed_in: SignIn, site: Site, tmp_path: Path
) -> None:
    client = signed_in("lead", Role.SUPERVISOR)
    bring(client, site, BAD)
    (sheet,) = rows(SheetImport)
    answer = client.get(f"/api/v1/sheets/{sheet.id}/problems")
    assert answer.status_code == 200
    head, row = opened(answer.content, tmp_path)
    assert head == [*heads("name", "role", "begins", "minutes"), "问题"]
    assert row[:4] == ["白班", "保安", "8点", 721.0]
    assert [line[:3] for line in row[4].split("\n")] == ["没有“", "“8点"]
    assert bring(client, site, answer.content) == (201, "")
    assert {one.wrong for one in rows(SheetImport)} == {1}


@pytest.mark.parametrize("role", [Role.GUARD, Role.OWNER, Role.AUDITOR, Role.SERVICE_DESK])
def test_who_writes_nothing_brings_nothing(signed_in: SignIn, site: Site, role: Role) -> None:
    assert bring(signed_in("somebody", role), site, GOOD) == (403, "not_allowed")
    assert rows(SheetImport) == lying() == []


def test_without_a_session_nothing_is_read(
    new_client: Callable[[], TestClient], site: Site
) -> None:
    assert bring(new_client(), site, GOOD) == (401, "sign_in_needed")


def test_another_site_does_not_exist(
    new_client: Callable[[], TestClient], signed_in: SignIn, site: Site
) -> None:
    mine = signed_in("lead", Role.SUPERVISOR)
    bring(mine, site, BAD)
    (sheet,) = rows(SheetImport)
    an_account("far", Role.SUPERVISOR, at=a_site("FAR"))
    client = new_client()
    client.post("/api/v1/sign-in", data={"username": "far", "password": "demo-2026"})
    assert bring(client, site, GOOD) == (404, "not_found")
    assert client.get(f"/api/v1/sheets/{sheet.id}/problems").status_code == 404
    asked = {"site": str(site.id)}
    assert client.get("/api/v1/sheets/kinds/shifts", params=asked).status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "answer"),
    [
        (b"", "shifts", (422, "invalid_input")),
        (b"x" * (limits.LARGEST + 1), "shifts", (413, "sheet_too_large")),
        (GOOD, "nothing", (422, "invalid_input")),
        (GOOD, "tasks", (422, "invalid_input")),
    ],
)
def test_what_is_not_even_kept(
    signed_in: SignIn, site: Site, content: bytes, kind: str, answer: tuple[int, str]
) -> None:
    assert bring(signed_in("lead", Role.SUPERVISOR), site, content, kind) == answer
    assert rows(SheetImport) == lying() == []


def test_out_goes_a_workbook_with_a_name_of_its_own(
    signed_in: SignIn, site: Site, tmp_path: Path
) -> None:
    client = signed_in("auditor", Role.AUDITOR)
    asked = {"site": str(site.id)}
    answer = client.get("/api/v1/sheets/kinds/shifts", params=asked)
    assert answer.status_code == 200
    assert unquote(answer.headers["content-disposition"]).endswith(".xlsx")
    assert "班次时间" in unquote(answer.headers["content-disposition"])
    assert answer.headers["cache-control"] == "no-store"
    empty = client.get("/api/v1/sheets/kinds/shifts", params={**asked, "empty": "true"})
    head, example = opened(empty.content, tmp_path)
    assert (head[0], example[0], example[1]) == ("编号", "示例", "白班")
    english = client.get(
        "/api/v1/sheets/kinds/shifts", params=asked, headers={"X-Propapp-Locale": "en"}
    )
    assert opened(english.content, tmp_path)[0][:2] == ["ID", "Name"]


def test_who_may_not_read_it_takes_nothing_out(signed_in: SignIn, site: Site) -> None:
    client = signed_in("money", Role.FINANCE)
    for kind in ("shifts", "goals", "schedules"):
        answer = client.get(f"/api/v1/sheets/kinds/{kind}", params={"site": str(site.id)})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    unknown = client.get("/api/v1/sheets/kinds/nothing", params={"site": str(uuid7())})
    assert unknown.status_code == 422
