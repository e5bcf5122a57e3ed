"""The push token: what it opens, what it does not, and how it ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.api import about, health, photos, snapshot, sync
from propapp.api import session as sign_in_and_out
from propapp.api.who import sender
from propapp.core.access import Role
from propapp.core.clock import FixedClock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import SignInNeeded
from propapp.core.identity import SESSION_COOKIE
from propapp.core.ids import uuid7
from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.messages.models import Message
from propapp.features.people.models import Person, PushToken
from propapp.features.people.push import sender_for
from propapp.features.people.sign_in import sign_out_everywhere
from propapp.features.sites.models import Site
from tests.api.conftest import SignIn, an_account
from tests.sync.phones import Phone

NewClient = Callable[[], TestClient]
NO_PHOTO = "0" * 64


@pytest.fixture
def phone() -> Phone:
    """The phone that two people share."""
    return Phone()


@pytest.fixture
def token(guard: TestClient, phone: Phone) -> str:
    """What the guard's phone was given."""
    return ask(guard, phone)["push"]["token"]


def ask(client: TestClient, phone: Phone, **more: Any) -> dict[str, Any]:
    """Greet, and ask for a token."""
    hello = {"device_id": str(phone.id), "next_seq": 1, "wants_push": True}
    return client.post("/api/v1/hello", json=hello, **more).json()


def bearing(token: str) -> dict[str, str]:
    """The header of a request that shows the token."""
    return {"Authorization": f"Bearer {token}"}


def send(client: TestClient, phone: Phone, token: str, person: UUID) -> dict[str, Any]:
    """Send one choice of language with the token; gives the whole answer."""
    said = phone.says("account.choose_language", thread=person, locale="en")
    batch = {"device_id": str(phone.id), "operations": [said]}
    return client.post("/api/v1/operations", json=batch, headers=bearing(token)).json()


def the_guard() -> Person:
    """The one whose work it is."""
    with read_session() as session:
        return session.exec(
            select(Person).join(PushToken, PushToken.person_id == Person.id)  # type: ignore[arg-type]
        ).one()


def test_it_is_stored_only_as_its_hash_and_given_only_to_who_asks(
    guard: TestClient, phone: Phone, token: str
) -> None:
    with read_session() as session:
        stored = session.exec(select(PushToken)).one()
    assert token not in str(stored.model_dump())
    hello = {"device_id": str(phone.id), "next_seq": 1}
    assert "push" not in guard.post("/api/v1/hello", json=hello).json()


def test_work_sent_with_it_is_its_persons_though_another_is_signed_in(
    signed_in: SignIn, phone: Phone, token: str
) -> None:
    other = signed_in("cleaner", Role.CLEANER)
    person = the_guard()
    assert send(other, phone, token, person.id)["results"][0]["status"] == "applied"
    with read_session() as session:
        assert session.exec(select(Operation.person_id)).all() == [person.id]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "snapshot"),
        ("GET", f"photos/{NO_PHOTO}"),
        ("GET", f"photos/{NO_PHOTO}?form=original"),
    ],
)
def test_it_reads_nothing(new_client: NewClient, token: str, method: str, path: str) -> None:
    answer = new_client().request(method, f"/api/v1/{path}", headers=bearing(token))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_needed")


def test_as_a_cookie_it_is_worth_nothing(
    new_client: NewClient, guard: TestClient, phone: Phone, token: str
) -> None:
    cookie = SESSION_COOKIE
    stranger = new_client()
    stranger.cookies.set(cookie, token)
    assert stranger.get("/api/v1/snapshot").status_code == 401
    assert "error" in ask(stranger, phone)


def test_no_other_route_knows_it() -> None:
    opened = {
        (method, route.path)
        for part in (about, sign_in_and_out, sync, photos, snapshot, health)
        for route in part.router.routes
        if isinstance(route, APIRoute)
        and any(one.call is sender for one in route.dependant.dependencies)
        for method in route.methods or ()
    }
    assert opened == {
        ("POST", "/hello"),
        ("POST", "/operations"),
        ("POST", "/photos/have"),
        ("PUT", "/photos/{sha256}"),
    }


def test_photos_are_asked_for_and_sent_with_it(new_client: NewClient, token: str) -> None:
    client, bytes_ = new_client(), b"not yet a picture"
    digest = hashlib.sha256(b"a photo that goes on").hexdigest()
    asked = {"photos": [{"sha256": digest, "size": 100}]}
    have = client.post("/api/v1/photos/have", json=asked, headers=bearing(token))
    assert have.json()["photos"][0]["status"] == "missing"
    chunk = {
        "Upload-Offset": "0",
        "Upload-Length": "100",
        "Repr-Digest": hashlib.sha256(bytes_).hexdigest(),
    }
    put = client.put(
        f"/api/v1/photos/{digest}", content=bytes_, headers={**bearing(token), **chunk}
    )
    assert put.json() == {"offset": len(bytes_)}


@pytest.mark.reliability("I8", "F65 F66", "A colleague's operation or token is replayed")
def test_it_speaks_for_no_other_device_and_no_other_person(
    new_client: NewClient, phone: Phone, token: str
) -> None:
    client, other = new_client(), Phone()
    assert ask(client, other, headers=bearing(token))["error"]["code"] == "wrong_device"
    assert send(client, other, token, uuid7())["error"]["code"] == "wrong_device"
    headers = {**bearing(token), "X-Propapp-Person": str(uuid7())}
    assert ask(client, phone, headers=headers)["error"]["code"] == "wrong_person"


def test_it_begets_no_other_and_ends_after_thirty_days(
    new_client: NewClient, phone: Phone, token: str
) -> None:
    assert "push" not in ask(new_client(), phone, headers=bearing(token))
    now = SystemClock().now()
    sender_for(token, FixedClock(now + timedelta(days=29)))
    with pytest.raises(SignInNeeded):
        sender_for(token, FixedClock(now + timedelta(days=31)))


def test_a_new_one_ends_the_one_before(guard: TestClient, phone: Phone, token: str) -> None:
    fresh = ask(guard, phone)["push"]["token"]
    sender_for(fresh)
    with pytest.raises(SignInNeeded):
        sender_for(token)


def test_signing_out_leaves_it_and_signing_out_everywhere_ends_it(
    guard: TestClient, phone: Phone, token: str
) -> None:
    person = the_guard()
    guard.post("/api/v1/sign-out")
    sender_for(token)
    sign_out_everywhere(person.id)
    assert send(guard, phone, token, person.id)["error"]["code"] == "sign_in_needed"
    with read_session() as session:
        assert session.exec(select(Operation)).all() == []


@pytest.mark.reliability("I1 I8", "F30", "Work of somebody who has left is kept")
def test_work_of_who_has_left_is_kept_for_the_supervisor_and_takes_no_effect(
    site: Site, new_client: NewClient, phone: Phone, token: str
) -> None:
    boss = an_account("boss", Role.SUPERVISOR, at=site)
    person = the_guard()
    sign_out_everywhere(person.id)
    with write_session() as session, session.begin():
        session.get_one(Person, person.id).active = False
    result = send(new_client(), phone, token, person.id)["results"][0]
    assert (result["status"], result["code"]) == ("quarantined", "author_left")
    with read_session() as session:
        assert session.exec(select(Operation.status)).all() == [OperationStatus.QUARANTINED]
        assert session.get_one(Person, person.id).locale == "zh-CN"
        told = session.exec(select(Message)).one()
    assert (told.person_id, told.kind) == (boss.id, "work.author_left")
    assert told.facts["count"] == 1


def test_a_made_up_token_is_nobody(new_client: NewClient, phone: Phone) -> None:
    for made_up in ("", "x", "a" * 10_000):
        answer = ask(new_client(), phone, headers=bearing(made_up))
        assert answer["error"]["code"] == "sign_in_needed"
