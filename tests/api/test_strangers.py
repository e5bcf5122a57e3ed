"""Everybody of another site, on every address, with the ids of things that are not theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.routing import APIRoute
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from propapp.api import app
from propapp.core.access import Role
from propapp.core.clock import SystemClock
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.evidence.models import EvidenceExport
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.people.models import Account
from propapp.features.photos.models import PhotoUse
from propapp.features.reports.models import Report
from propapp.features.rounds.models import Run, Visit
from propapp.features.sheets.models import SheetImport
from propapp.features.sites.models import CheckpointCode
from tests.api.pictures import a_picture, digest
from tests.api.test_sheets import BAD, lying
from tests.features.evidence.conftest import walk
from tests.sync.field import signed_in
from tests.sync.phones import Phone
from tests.world import World, a_world, an_order_row, rows

Ask = tuple[str, dict[str, Any]]
# None of these belongs to anybody, or only to whoever asks.
OWN = set(
    """GET /about, GET /health, GET /snapshot, POST /hello, POST /sign-in, POST /password,
    POST /sign-out, POST /hooks/weather, POST /parcels""".replace("\n", "")
    .replace("    ", " ")
    .split(", ")
)
TABLES: tuple[type[SQLModel], ...] = (
    *(EvidenceExport, Report, SheetImport, CheckpointCode, PhotoUse),
    *(Run, Visit, WorkOrder, Account, TimelineEvent),
)
PICTURE = a_picture(60, 40)


@pytest.fixture
def near(database: object) -> World:
    """A site in which there is something of everything."""
    world = a_world("CH")
    world.clock = SystemClock()  # type: ignore[assignment]
    walk(world, [PICTURE])
    an_order_row(world, OrderStatus.REPORTED)
    return world


def form(**fields: str) -> dict[str, Any]:
    """As a page's own form sends it."""
    return {
        "content": urlencode(fields),
        "headers": {"Content-Type": "application/x-www-form-urlencoded"},
    }


@pytest.fixture
def asks(near: World, new_client: Callable[[], TestClient]) -> dict[str, list[Ask]]:
    """For each address that names things: how those of the site are asked for there."""
    client = new_client()
    client.headers.update(signed_in(near.actor("manager")))
    site, guards = str(near.site.id), str(near.actor("guard").person_id)
    order = rows(WorkOrder)[0]
    month = f"{near.clock.now():%Y-%m}"
    report = form(subject="month", site_id=site, kind="performance", month=month, form="pdf")
    day = form(subject="day", site_id=site, day=f"{near.clock.now():%Y-%m-%d}")
    bundle = parse_qs(urlsplit(post(client, "evidence/exports", day)).query)["export"][0]
    made = parse_qs(urlsplit(post(client, "reports", report)).query)["export"][0]
    brought = {"kind": "shifts", "site": site, "name": "a.xlsx"}
    sheet = client.post("/api/v1/sheets", content=BAD, params=brought).json()["sheet_id"]
    phone = Phone()
    claim = phone.says("order.claim", thread=order.id, order_id=str(order.id))
    finish = phone.says("round.finish", thread=rows(Run)[0].id, run_id=str(rows(Run)[0].id))
    sent = {"device_id": str(phone.id), "operations": [claim, finish]}
    photo = {"photos": [{"sha256": digest(PICTURE), "size": len(PICTURE)}]}
    return {
        "POST /people/password": [("people/password", form(person_id=guards, site_id=site))],
        "POST /operations": [("operations", {"json": sent})],
        "POST /photos/have": [("photos/have", {"json": photo})],
        "PUT /photos/{sha256}": [(f"photos/{digest(PICTURE)}", {"content": b"x"})],
        "GET /photos/{sha256}": [(f"photos/{digest(PICTURE)}?form={one}", {}) for one in FORMS],
        "POST /evidence/exports": [
            ("evidence/exports", day),
            ("evidence/exports", form(subject="run", run_id=str(rows(Run)[0].id))),
            ("evidence/exports", form(subject="order", number=order.number)),
        ],
        "GET /evidence/exports/{export_id}": [(f"evidence/exports/{bundle}", {})],
        "POST /reports": [("reports", report)],
        "GET /reports/{report_id}": [(f"reports/{made}", {})],
        "GET /sheets/kinds/{code}": [
            (f"sheets/kinds/{kind}?site={site}", {}) for kind in ("shifts", "goals", "routes")
        ],
        "POST /sheets": [("sheets", {"content": BAD, "params": brought})],
        "GET /sheets/{sheet_id}/problems": [(f"sheets/{sheet}/problems", {})],
        "POST /codes/print": [("codes/print", form(site_id=site, checkpoint=str(uuid7())))],
        "GET /codes/sheet": [(f"codes/sheet?site={site}", {})],
    }


FORMS = ("original", "display", "thumbnail")


def post(client: TestClient, path: str, content: dict[str, Any]) -> str:
    """Where the form leads to."""
    return client.post(f"/api/v1/{path}", **content).headers["location"]


def routes() -> Iterator[str]:
    """Every address of the API, with its method."""
    for part in (*app.PARTS, app.health):
        for route in part.router.routes:
            assert isinstance(route, APIRoute)
            yield from (f"{method} {route.path}" for method in route.methods or ())


def test_every_address_is_asked_or_names_nothing_of_others(asks: dict[str, list[Ask]]) -> None:
    assert set(routes()) == set(asks) | OWN
    assert not set(asks) & OWN


@pytest.mark.bad_input(["B45", "B68"])
def test_nobody_of_another_site_has_anything_of_this_one(
    asks: dict[str, list[Ask]], near: World, new_client: Callable[[], TestClient]
) -> None:
    far = a_world("FAR", people=False)
    strangers: list[tuple[str, dict[str, str]]] = [("nobody", {})]
    strangers += [(role.value, signed_in(far.person(role.value, role))) for role in Role]
    before = [len(rows(table)) for table in TABLES]
    theirs = {str(person.person_id) for person in near.people.values()}
    theirs |= {str(one.id) for table in (Run, Visit, WorkOrder) for one in rows(table)}
    for who, headers in strangers:
        client = new_client()
        client.headers.update(headers)
        for route, wishes in asks.items():
            for path, content in wishes:
                answer = client.request(route.split()[0], f"/api/v1/{path}", **content)
                assert is_nothing(answer), (who, route, answer.status_code, answer.text[:200])
                told = {one for one in theirs if one in answer.text} - asked_for(path, content)
                assert not told, (who, route, answer.text[:200])
    assert [len(rows(table)) for table in TABLES] == before


def asked_for(path: str, content: dict[str, Any]) -> set[str]:
    """The words that were in the question itself."""
    said = f"{path} {content}"
    for sign in "'\"&=,/?:{}[]":
        said = said.replace(sign, " ")
    return set(said.split())


def is_nothing(answer: Any) -> bool:
    """Refused; or led back to where it says why not; or answered with nothing."""
    if answer.status_code == 303:
        where = parse_qs(urlsplit(answer.headers["location"]).query)
        return "error" in where and "export" not in where
    if answer.status_code == 200:
        if answer.headers["content-type"] != "application/json":
            return False
        said = answer.json()
        results = {one["status"] for one in said.get("results", ())}
        here = {one["status"] for one in said.get("photos", ())}
        return results <= {"rejected", "quarantined", "conflict"} and here <= {"missing"}
    return 400 <= answer.status_code < 500


# What is asked of a list, and can only be nonsense to it.
ODD = (
    "page=-1&limit=1000000000&offset=-5",
    "sort=password_hash&order=;DROP TABLE person",
    "site=' OR 1=1 --",
    "site[]=x&site[$ne]=1",
    "site=%00&plan=%00",
    "empty=perhaps",
    f"site={'9' * 5000}",
    "filter={{7*7}}&form=../../etc/passwd",
)


@pytest.mark.bad_input(["B67"])
def test_odd_questions_get_what_is_theirs_or_a_refusal(
    asks: dict[str, list[Ask]], near: World, new_client: Callable[[], TestClient]
) -> None:
    client = new_client()
    client.headers.update(signed_in(near.actor("manager")))
    before = [len(rows(table)) for table in TABLES]
    for route in routes():
        method, path = route.split()
        place = asks[route][0][0].partition("?")[0] if route in asks else path.lstrip("/")
        for odd in ODD if method == "GET" else ():
            answer = client.get(f"/api/v1/{place}?{odd}")
            assert answer.status_code in {200, 404, 422}, (route, odd, answer.text[:200])
            assert "password_hash" not in answer.text
            assert "root:" not in answer.text
    assert [len(rows(table)) for table in TABLES] == before


# What a file may be called elsewhere, and what stays of it.
NAMES = ("../../x.xlsx", "CON", "a\0.xlsx", "a\r\nSet-Cookie: x=1.xlsx", "x\u202egpj.xlsx", "")


@pytest.mark.bad_input(["B28"])
@pytest.mark.parametrize("name", [*NAMES, "n" * 300, "n" * 5000, '"; filename="x.html'])
def test_a_workbook_may_be_called_anything(
    near: World, new_client: Callable[[], TestClient], name: str
) -> None:
    client = new_client()
    client.headers.update(signed_in(near.actor("manager")))
    asked = {"kind": "shifts", "site": str(near.site.id), "name": name}
    answer = client.post("/api/v1/sheets", content=BAD, params=asked)
    assert answer.status_code in {201, 422}, answer.text
    if answer.status_code == 422:
        assert rows(SheetImport) == []
        return
    back = client.get(f"/api/v1/sheets/{answer.json()['sheet_id']}/problems")
    assert back.status_code == 200
    said = back.headers["content-disposition"]
    assert not set("\r\n\0") & set(said)
    assert said.startswith("attachment;")
    assert "set-cookie" not in back.headers
    (sheet,) = rows(SheetImport)
    assert not set("/\\\r\n\0") & set(sheet.name)
    assert all(sheet.id.hex in file.stem.replace("-", "") for file in lying())
