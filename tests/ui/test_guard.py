"""No event runs that does not say who may, for nobody who may not, in no session that has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler
from sqlmodel import select

from propapp.core import identity
from propapp.core.access import Permission, Role
from propapp.core.db.engine import read_session, write_session
from propapp.features.people import sign_in
from propapp.features.people.actors import actor_for_token
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.people.service import choose_language  # noqa: F401 - opens its door
from propapp.features.sites.models import Site
from propapp.ui import guard
from propapp.ui.session import actor_of, read, work
from tests.api.conftest import PASSWORD, an_account
from tests.factories import a_site
from tests.ui.pipeline import Sent, Tab


class Secrets(rx.State):
    """A page of the tests' own."""

    word: str = "closed"
    who: str = ""

    @rx.event
    @guard.handler(Permission.BOARD_READ)
    async def open(self) -> None:
        """Show what only watchers may see."""
        self.word = "open"
        self.who = (await actor_of(self)).name

    @rx.event
    def forgotten(self) -> None:
        """A handler whose author forgot to say who may."""
        self.word = "forgotten"

    def helper(self) -> None:
        """Not even meant to be a handler."""
        self.word = "helper"

    def set_word(self, value: str) -> None:
        """What ``setvar`` would call."""
        self.word = value

    @rx.event(background=True)
    @guard.handler(Permission.BOARD_READ)
    async def later(self) -> None:
        """A long task."""
        async with self:
            self.word = "later"

    @rx.event
    @guard.handler(Permission.ACCOUNT_OWN)
    async def rename(self) -> None:
        """Write through the one door."""
        with await work(self) as uow:
            person = uow.session.get_one(Person, uow.actor.person_id)
            person.name = "renamed"
        with await read(self) as uow:
            self.word = uow.session.get_one(Person, uow.actor.person_id).name


@pytest.fixture
def site(database: Path) -> Site:
    """The one site."""
    sign_in.limiter.cache_clear()
    identity.answer_with(actor_for_token)
    return a_site()


@pytest.fixture
def tab() -> Iterator[Tab]:
    """A tab of a guarded app."""
    with RegistrationContext.get().fork():
        app = rx.App()
        guard.install(app)
        yield Tab(app, StateManagerMemory())


def session_of(username: str, *roles: Role, at: Site) -> str:
    """The token of somebody who just signed in."""
    an_account(username, *roles, at=at)
    return sign_in.sign_in(sign_in.Attempt(username, PASSWORD)).token


def test_who_may_is_let_through(tab: Tab, site: Site) -> None:
    sent = tab.send(Secrets.open, session=session_of("boss", Role.MANAGER, at=site))
    assert sent.values("word")[-1] == "open"
    assert sent.values("who")[-1] == "李建国"


@pytest.mark.parametrize("name", ["open", "later"])
def test_another_role_is_sent_home(tab: Tab, site: Site, name: str) -> None:
    sent = tab.send(getattr(Secrets, name), session=session_of("guard", Role.GUARD, at=site))
    assert denied(sent)
    assert sent.redirects() == ["/"]


@pytest.mark.parametrize("name", ["forgotten", "helper", "set_word"])
def test_a_handler_that_names_no_permission_is_closed_to_all(
    tab: Tab, site: Site, name: str
) -> None:
    payload = {"value": "x"} if name == "set_word" else {}
    boss = session_of("boss", Role.MANAGER, at=site)
    assert denied(tab.send(getattr(Secrets, name), session=boss, **payload))


def test_setvar_is_closed_to_all(tab: Tab, site: Site) -> None:
    boss = session_of("boss", Role.MANAGER, at=site)
    name = f"{Secrets.get_full_name()}.setvar"
    assert denied(tab.send(name, session=boss, var_name="word", value="x"))


def test_without_a_session_everything_leads_to_the_sign_in_page(tab: Tab, site: Site) -> None:
    for session in ("", "made-up"):
        sent = tab.send(Secrets.open, session=session)
        assert denied(sent)
        assert sent.redirects() == ["/sign-in?next=/board"]
    assert tab.send(Secrets.open, path="/sign-in").redirects() == []


def test_a_session_that_ended_meanwhile_is_over_at_the_next_event(tab: Tab, site: Site) -> None:
    boss = session_of("boss", Role.MANAGER, at=site)
    assert tab.send(Secrets.open, session=boss).values("word")[-1] == "open"
    sign_in.sign_out(boss)
    sent = tab.send(Secrets.open, session=boss)
    assert sent.redirects() == ["/sign-in?next=/board"]
    assert "open" not in sent.values("word")


def test_a_role_taken_away_counts_at_the_next_event(tab: Tab, site: Site) -> None:
    boss = session_of("boss", Role.MANAGER, at=site)
    tab.send(Secrets.open, session=boss)
    take_away_all_roles()
    assert tab.send(Secrets.open, session=boss).redirects() == ["/"]


def test_the_state_of_one_session_is_not_shown_to_another(tab: Tab, site: Site) -> None:
    tab.send(Secrets.open, session=session_of("boss", Role.MANAGER, at=site))
    thief = session_of("thief", Role.FINANCE, at=site)
    hydrate = f"{rx.State.get_full_name()}.hydrate"
    sent = tab.send(hydrate, session=thief)
    assert "open" not in sent.values("word")


def test_reflex_may_load_a_page_for_who_is_signed_in(tab: Tab, site: Site) -> None:
    boss = session_of("boss", Role.MANAGER, at=site)
    hydrate = f"{rx.State.get_full_name()}.hydrate"
    assert tab.send(hydrate, session=boss).values("word") == ["closed"]
    assert tab.send(hydrate).redirects() == ["/sign-in?next=/board"]


def test_a_change_goes_through_the_one_door(tab: Tab, site: Site) -> None:
    boss = session_of("boss", Role.MANAGER, at=site)
    assert tab.send(Secrets.rename, session=boss).values("word")[-1] == "renamed"
    assert actor_for_token(boss).name == "renamed"


def test_the_name_of_a_framework_handler_opens_nothing(site: Site) -> None:
    assert not guard.is_framework("x.hydrate", test_the_name_of_a_framework_handler_opens_nothing)
    for name, registered in RegistrationContext.get().event_handlers.items():
        if name.endswith(".setvar"):
            assert not guard.is_framework(name, registered.handler.fn)
    opened = format_event_handler(Secrets.open)  # type: ignore[arg-type]
    assert opened in RegistrationContext.get().event_handlers


def denied(sent: Sent) -> bool:
    """Whether the word stayed what it was."""
    return not {"open", "forgotten", "helper", "later", "x"} & set(sent.values("word"))


def take_away_all_roles() -> None:
    """Nobody is anything any more."""
    with write_session() as session, session.begin():
        for held in session.exec(select(RoleAssignment)):
            session.delete(held)
    with read_session() as session:
        assert not session.exec(select(RoleAssignment)).all()
