"""A browser is known again by its cookie, and so a phone that was cleared is found out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.api.handsets import PHONE_COOKIE, label
from propapp.core.db.engine import read_session
from propapp.core.ids import uuid7
from propapp.features.phones.models import PhoneLoss

ANDROID = "Mozilla/5.0 (Linux; Android 14; M) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


def greets(client: TestClient, device: UUID, made: int = 0, **more: Any) -> Response:
    """The phone says hello under this name, as an Android phone does."""
    hello = {"device_id": str(device), "next_seq": made + 1, **more}
    return client.post("/api/v1/hello", json=hello, headers={"User-Agent": ANDROID})


def losses() -> list[PhoneLoss]:
    with read_session() as session:
        return list(session.exec(select(PhoneLoss)))


def test_the_cookie_is_for_the_greeting_alone_and_for_no_script(guard: TestClient) -> None:
    said = greets(guard, uuid7()).headers["set-cookie"]
    assert said.startswith(f"{PHONE_COOKIE}=")
    for part in ("HttpOnly", "Path=/api/v1/hello", "SameSite=lax", "Max-Age=34560000"):
        assert part in said
    kept = guard.cookies[PHONE_COOKIE]
    greets(guard, uuid7())
    assert guard.cookies[PHONE_COOKIE] == kept


def test_a_cleared_phone_is_told_so_and_once(guard: TestClient) -> None:
    assert "cleared" not in greets(guard, uuid7(), made=3).json()
    second = uuid7()
    assert greets(guard, second).json()["cleared"] == {"missing": 3}
    assert "cleared" not in greets(guard, second).json()
    (loss,) = losses()
    assert loss.label == f"Android · Chrome · {guard.cookies[PHONE_COOKIE][-4:].upper()}"


def test_a_name_that_no_server_gave_is_no_name(guard: TestClient) -> None:
    guard.cookies.set(PHONE_COOKIE, "x'; drop table", path="/api/v1/hello")
    assert greets(guard, uuid7(), made=2).status_code == 200
    assert losses() == []


def test_a_push_token_tells_of_no_browser(guard: TestClient) -> None:
    device = uuid7()
    token = greets(guard, device, wants_push=True).json()["push"]["token"]
    guard.cookies.clear()
    said = guard.post(
        "/api/v1/hello",
        json={"device_id": str(device), "next_seq": 1},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert "set-cookie" not in said.headers


@pytest.mark.parametrize(
    "lost",
    [
        {"device_id": "x", "kind": "cleared", "seq": 1},
        {"device_id": str(UUID(int=1)), "kind": "stolen", "seq": 1},
        {"device_id": str(UUID(int=1)), "kind": "cleared", "seq": -1},
        {"device_id": str(UUID(int=1)), "kind": "cleared", "seq": 2**53},
    ],
)
def test_what_is_no_lost_phone_is_refused(guard: TestClient, lost: dict[str, Any]) -> None:
    assert greets(guard, uuid7(), lost=[lost]).status_code == 422
    assert losses() == []


def test_how_people_tell_phones_apart() -> None:
    phone = UUID(int=0xBEEF)
    assert label(ANDROID, phone) == "Android · Chrome · BEEF"
    assert label(IPHONE, phone) == "iPhone · Safari · BEEF"
    assert label("", phone) == "BEEF"
