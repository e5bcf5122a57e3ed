"""Signing in and out, and what a session is worth."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.clock import FixedClock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import SignInNeeded
from propapp.core.identity import SESSION_COOKIE
from propapp.core.settings import settings
from propapp.features.people import sign_in
from propapp.features.people.actors import actor_for_token
from propapp.features.people.models import Person, SignInSession
from propapp.features.people.sign_in import PER_ACCOUNT, limiter, sign_out_everywhere
from propapp.features.sites.models import Site
from tests.api.conftest import PASSWORD, an_account
from tests.counting import queries
from tests.factories import NOW

HELLO = {"device_id": "01890a5d-ac96-774b-bcce-b302099a8057", "next_seq": 1}
NewClient = Callable[[], TestClient]


def token(client: TestClient) -> str:
    """The session token that the browser holds."""
    return client.cookies.get(SESSION_COOKIE, "")


def test_a_guard_signs_in_and_goes_to_the_rounds_of_today(
    site: Site, new_client: NewClient
) -> None:
    an_account("guard", Role.GUARD, at=site)
    answer = new_client().post(
        "/api/v1/sign-in", data={"username": " Guard ", "password": PASSWORD}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.GUARD, "/today"),
        (Role.CLEANER, "/orders"),
        (Role.TECHNICIAN, "/orders"),
        (Role.SERVICE_DESK, "/orders"),
        (Role.SUPERVISOR, "/orders"),
        (Role.MANAGER, "/board"),
        (Role.FINANCE, "/board"),
        (Role.AUDITOR, "/board"),
        (Role.ADMINISTRATOR, "/board"),
        (Role.OWNER, "/my"),
    ],
)
def test_everybody_begins_at_home(site: Site, new_client: NewClient, role: Role, home: str) -> None:
    an_account("somebody", role, at=site)
    answer = new_client().post(
        "/api/v1/sign-in", data={"username": "somebody", "password": PASSWORD}
    )
    assert answer.headers["location"] == home


def test_the_token_is_stored_only_as_its_hash(guard: TestClient) -> None:
    with read_session() as session:
        stored = session.exec(select(SignInSession)).one()
    assert len(token(guard)) >= 43
    assert token(guard) not in str(stored.model_dump())


@pytest.mark.parametrize(
    ("username", "password"),
    [("guard", "wrong"), ("nobody", PASSWORD), ("guard", ""), ("guard", "x" * 5000)],
)
def test_wrong_credentials_lead_back_to_the_form(
    site: Site, new_client: NewClient, username: str, password: str
) -> None:
    an_account("guard", Role.GUARD, at=site)
    answer = new_client().post(
        "/api/v1/sign-in", data={"username": username, "password": password, "next": "/orders"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?error=wrong_credentials&next=%2Forders"
    assert "set-cookie" not in answer.headers


def test_too_many_attempts_are_stopped_even_with_the_right_password(
    site: Site, new_client: NewClient
) -> None:
    an_account("guard", Role.GUARD, at=site)
    client = new_client()
    for _ in range(10):
        client.post("/api/v1/sign-in", data={"username": "guard", "password": "wrong"})
    answer = client.post("/api/v1/sign-in", data={"username": "GUARD", "password": PASSWORD})
    assert answer.headers["location"] == "/sign-in?error=too_many_attempts"


def test_the_turn_of_five_minutes_gives_no_further_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A counter by fixed windows let an eleventh in, just after each turn."""
    now = 300.0 * 1_900_000 - 0.5
    monkeypatch.setattr(time, "time", lambda: now)
    for _ in range(10):
        assert limiter().hit(PER_ACCOUNT, "turn")
    now += 1
    assert not limiter().hit(PER_ACCOUNT, "turn")
    now += 300
    assert limiter().hit(PER_ACCOUNT, "turn")


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/orders?id=1", "/orders?id=1"),
        ("//evil.example", "/today"),
        ("/\\evil.example", "/today"),
        ("https://evil.example", "/today"),
        ("javascript:alert(1)", "/today"),
        ("/\t/evil.example", "/today"),
        ("/\r\nX: y", "/today"),
        ("/sign-in?error=x", "/today"),
        ("/api/v1/photos/x", "/today"),
        ("evil", "/today"),
        ("/" + "x" * 1000, "/today"),
    ],
)
def test_the_way_on_stays_in_the_house(
    site: Site, new_client: NewClient, asked: str, goes: str
) -> None:
    an_account("guard", Role.GUARD, at=site)
    answer = new_client().post(
        "/api/v1/sign-in", data={"username": "guard", "password": PASSWORD, "next": asked}
    )
    assert answer.headers["location"] == goes


def test_signing_in_again_ends_the_session_before(guard: TestClient) -> None:
    before = token(guard)
    guard.post("/api/v1/sign-in", data={"username": "guard", "password": PASSWORD})
    assert token(guard) != before
    actor_for_token(token(guard))
    with pytest.raises(SignInNeeded):
        actor_for_token(before)


def test_signing_out_ends_the_session(guard: TestClient) -> None:
    held = token(guard)
    answer = guard.post("/api/v1/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    with pytest.raises(SignInNeeded):
        actor_for_token(held)
    assert guard.post("/api/v1/hello", json=HELLO).status_code == 401


def test_an_ended_session_is_a_401_with_a_sentence(guard: TestClient) -> None:
    with read_session() as session:
        person_id = session.exec(select(SignInSession.person_id)).one()
    sign_out_everywhere(person_id)
    answer = guard.post("/api/v1/operations", json={}, headers={"X-Propapp-Locale": "en"})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "sign_in_needed"
    assert "still on this phone" in answer.json()["error"]["message"]


def test_a_session_slides_while_it_is_used_and_then_ends(guard: TestClient) -> None:
    start, days = SystemClock().now(), settings().session_days
    for day in range(0, days * 2, days - 1):
        actor_for_token(token(guard), FixedClock(start + timedelta(days=day)))
    with pytest.raises(SignInNeeded):
        actor_for_token(token(guard), FixedClock(start + timedelta(days=days * 4)))


@pytest.mark.reliability("I7", "F58", "The server's clock steps back or forth by an hour or a day")
@pytest.mark.parametrize("hours", [-24, -1, 1, 24])
def test_a_clock_that_steps_locks_nobody_out(site: Site, hours: int) -> None:
    an_account("guard", Role.GUARD, at=site)
    sign_in.limiter.cache_clear()
    before, after = FixedClock(NOW), FixedClock(NOW + timedelta(hours=hours))
    begun = sign_in.sign_in(sign_in.Attempt("guard", PASSWORD), clock=before)
    assert actor_for_token(begun.token, clock=after).person_id == begun.person_id
    again = sign_in.sign_in(sign_in.Attempt("guard", PASSWORD), before=begun.token, clock=after)
    assert actor_for_token(again.token, clock=before).person_id == begun.person_id


def test_somebody_who_left_the_company_is_out_at_once(guard: TestClient) -> None:
    with write_session() as session, session.begin():
        session.exec(select(Person)).one().active = False
    assert guard.post("/api/v1/hello", json=HELLO).status_code == 401


def test_looking_up_the_actor_takes_two_queries(guard: TestClient) -> None:
    with queries(2):
        actor_for_token(token(guard))


@pytest.mark.parametrize("token", ["", "x", "ü", "a" * 100_000, "null"])
def test_a_made_up_token_is_nobody(database: Path, token: str) -> None:
    with pytest.raises(SignInNeeded):
        actor_for_token(token)


@pytest.mark.bad_input(["B64"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_can_change_nothing(
    guard: TestClient, headers: dict[str, str]
) -> None:
    for path in ("hello", "operations", "sign-out", "sign-in"):
        answer = guard.post(f"/api/v1/{path}", json=HELLO, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "foreign_origin"
    actor_for_token(token(guard))


@pytest.mark.parametrize("origin", ["http://testserver", "http://127.0.0.1:3000"])
def test_our_own_pages_may(guard: TestClient, origin: str) -> None:
    answer = guard.post("/api/v1/hello", json=HELLO, headers={"Origin": origin})
    assert answer.status_code == 200


@pytest.mark.parametrize(("proxies", "secure"), [("", False), ("testclient", True)])
def test_the_cookie_is_secure_when_our_proxy_says_https(
    site: Site,
    new_client: NewClient,
    monkeypatch: pytest.MonkeyPatch,
    proxies: str,
    secure: bool,
) -> None:
    monkeypatch.setenv("PROPAPP_PROXIES", proxies)
    settings.cache_clear()
    an_account("guard", Role.GUARD, at=site)
    answer = new_client().post(
        "/api/v1/sign-in",
        data={"username": "guard", "password": PASSWORD},
        headers={"X-Forwarded-Proto": "https"},
    )
    assert ("secure" in answer.headers["set-cookie"].lower()) is secure
