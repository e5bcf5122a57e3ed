"""First passwords over the counter, and another password of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.db.engine import read_session, write_session
from propapp.core.identity import SESSION_COOKIE
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.people.models import Account, Person
from propapp.features.sites.models import Site
from tests.api.conftest import PASSWORD, SignIn, an_account

NewClient = Callable[[], TestClient]
ALOUD = re.compile(r">((?:[a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4})<")
OWN = "three odd ducks"


@pytest.fixture
def wang(site: Site) -> Person:
    """A cleaner who has a sign-in name and no password."""
    person = an_account("wang", Role.CLEANER, at=site)
    with write_session() as session, session.begin():
        session.get_one(Account, person.id).password_hash = ""
    return person


def given(client: TestClient, person: Person, site: Site) -> str:
    """The first password that stands on the slip."""
    answer = client.post(
        "/api/v1/people/password", data={"person_id": str(person.id), "site_id": str(site.id)}
    )
    assert answer.status_code == 200, answer.headers
    assert answer.headers["cache-control"] == "no-store"
    (password,) = ALOUD.findall(answer.text)
    assert "wang" in answer.text
    return password


def test_a_slip_is_shown_once_and_its_password_is_kept_nowhere(
    site: Site, signed_in: SignIn, wang: Person, new_client: NewClient
) -> None:
    manager = signed_in("boss", Role.MANAGER)
    first, second = given(manager, wang, site), given(manager, wang, site)
    assert first != second
    with read_session() as session:
        held = [*session.exec(select(Account)), *session.exec(select(TimelineEvent))]
    assert second not in str([one.model_dump() for one in held])
    client = new_client()
    asked = {"username": "wang", "password": second}
    answer = client.post("/api/v1/sign-in", data=asked)
    assert answer.headers["location"] == "/sign-in?error=first_password"
    answer = client.post("/api/v1/sign-in", data=asked | {"new_password": OWN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/orders")
    assert client.cookies[SESSION_COOKIE]


def test_a_page_that_stays_hears_the_reason_and_then_where_to_go(
    site: Site, signed_in: SignIn, wang: Person, new_client: NewClient
) -> None:
    password = given(signed_in("boss", Role.MANAGER), wang, site)
    client, heard = new_client(), []
    for new in ("", "wang1", "12345678", "wangwang", password, OWN):
        answer = client.post(
            "/api/v1/sign-in",
            data={"username": "wang", "password": password, "new_password": new, "next": "/me"},
            headers={"Accept": "application/json"},
        )
        said = answer.json()
        heard.append(said.get("home") or said["error"]["code"])
        assert answer.headers["cache-control"] == "no-store"
    assert heard == [
        "first_password",
        "password_short",
        "password_common",
        "password_common",
        "password_same",
        "/me",
    ]
    assert client.cookies[SESSION_COOKIE]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.SUPERVISOR, "not_allowed"),
        (Role.GUARD, "not_allowed"),
        (Role.OWNER, "not_allowed"),
        (Role.AUDITOR, "not_allowed"),
    ],
)
def test_who_may_give_none_is_led_back(
    site: Site, signed_in: SignIn, wang: Person, role: Role, code: str
) -> None:
    answer = signed_in("other", role).post(
        "/api/v1/people/password", data={"person_id": str(wang.id), "site_id": str(site.id)}
    )
    assert answer.headers["location"].startswith(f"/people?error={code}")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("fields", [{}, {"person_id": "x"}, {"person_id": str(uuid7())}])
def test_what_is_nobody_is_led_back(signed_in: SignIn, fields: dict[str, str]) -> None:
    answer = signed_in("boss", Role.MANAGER).post("/api/v1/people/password", data=fields)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/people?error=")


def test_nobody_gives_one_without_a_session(
    site: Site, wang: Person, new_client: NewClient
) -> None:
    fields = {"person_id": str(wang.id), "site_id": str(site.id)}
    answer = new_client().post("/api/v1/people/password", data=fields)
    assert answer.status_code == 401
    assert new_client().post("/api/v1/password", data={"password": PASSWORD}).status_code == 401


def test_another_site_s_page_gives_none(signed_in: SignIn, wang: Person) -> None:
    answer = signed_in("boss", Role.MANAGER).post(
        "/api/v1/people/password",
        data={"person_id": str(wang.id)},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_one_s_own_is_changed_here_and_the_session_stays(
    guard: TestClient, new_client: NewClient
) -> None:
    answer = guard.post("/api/v1/password", data={"password": "no", "new_password": OWN})
    assert answer.headers["location"] == "/me?error=wrong_credentials"
    answer = guard.post("/api/v1/password", data={"password": PASSWORD, "new_password": "guard"})
    assert answer.headers["location"] == "/me?error=password_short"
    answer = guard.post("/api/v1/password", data={"password": PASSWORD, "new_password": OWN})
    assert answer.headers["location"] == "/me?saved=password"
    assert guard.post("/api/v1/password", data={"password": OWN}).status_code == 303
    door = new_client()
    for password, goes in ((PASSWORD, "/sign-in?error=wrong_credentials"), (OWN, "/today")):
        answer = door.post("/api/v1/sign-in", data={"username": "guard", "password": password})
        assert answer.headers["location"] == goes


def test_what_is_written_on_a_slip_is_no_markup(
    site: Site, signed_in: SignIn, wang: Person
) -> None:
    with write_session() as session, session.begin():
        session.get_one(Person, wang.id).name = "<script>alert(1)</script>"
    answer = signed_in("boss", Role.MANAGER).post(
        "/api/v1/people/password",
        data={"person_id": str(wang.id), "site_id": '"><b>'},
    )
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "<b>" not in answer.text
