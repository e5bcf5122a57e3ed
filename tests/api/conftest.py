"""The API over real HTTP messages, with a guard who can sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from propapp.api.app import create_api
from propapp.core.access import Role
from propapp.core.text import catalogue
from propapp.features.people import passwords, sign_in
from propapp.features.people.models import Account, Person
from propapp.features.sites.models import Site
from tests.factories import a_person, a_site, store

PASSWORD = "demo-2026"  # noqa: S105 - of people who exist in tests only
# A password is hashed so that guessing is dear. Who only has to be somebody pays less for it.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHED = QUICK.hash(PASSWORD)

SignIn = Callable[..., TestClient]


@pytest.fixture
def site(database: Path) -> Site:
    """The one site."""
    return a_site()


@pytest.fixture
def new_client(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], TestClient]]:
    """Makes browsers: each with cookies of its own."""
    monkeypatch.setattr(passwords, "_hasher", QUICK)
    sign_in.limiter.cache_clear()
    catalogue.cache_clear()
    app, opened = create_api(), []

    def make() -> TestClient:
        client = TestClient(
            app,
            base_url="http://testserver",
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


def an_account(username: str, *roles: Role, at: Site) -> Person:
    """A stored person who can sign in."""
    person = a_person(*roles, at=at)
    store(Account(person_id=person.id, username=username, password_hash=HASHED))
    return person


@pytest.fixture
def signed_in(site: Site, new_client: Callable[[], TestClient]) -> SignIn:
    """Makes browsers in which somebody with these roles is signed in."""

    def make(username: str = "guard", *roles: Role) -> TestClient:
        an_account(username, *(roles or (Role.GUARD,)), at=site)
        client = new_client()
        client.post("/api/v1/sign-in", data={"username": username, "password": PASSWORD})
        return client

    return make


@pytest.fixture
def guard(signed_in: SignIn) -> TestClient:
    """A browser in which the guard is signed in."""
    return signed_in()
