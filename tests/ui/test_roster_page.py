"""The page of the roster, its events without a browser: leave that the office was told of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.registry import RegistrationContext

from propapp.core import identity
from propapp.core.access import Role
from propapp.features.people import sign_in
from propapp.features.people.actors import actor_for_token
from propapp.features.rosters.models import AskStatus, Leave
from propapp.features.rosters.state.week import RosterState
from propapp.features.sites.models import Site
from propapp.ui import guard
from tests.api.conftest import PASSWORD, an_account
from tests.factories import a_site
from tests.ui.pipeline import Tab
from tests.world import a_person, rows

SAID = {"first": "2026-03-20", "last": "", "reason": "发烧，电话请假"}


@pytest.fixture
def site(database: None) -> Site:
    identity.answer_with(actor_for_token)
    return a_site()


@pytest.fixture
def tab() -> Iterator[Tab]:
    with RegistrationContext.get().fork():
        app = rx.App()
        guard.install(app)
        yield Tab(app, StateManagerMemory())


def test_leave_told_by_telephone_is_entered(tab: Tab, site: Site) -> None:
    an_account("lead", Role.SUPERVISOR, at=site)
    guards = a_person("guard", {site.id: (Role.GUARD,)}).person_id
    a_person("owner", {site.id: (Role.OWNER,)})
    sign_in.limiter.cache_clear()
    session = sign_in.sign_in(sign_in.Attempt("lead", PASSWORD)).token

    def send(handler: Any, **payload: Any) -> Any:
        return tab.send(handler, session=session, path="/roster", **payload)

    send(RosterState.open)
    sent = send(RosterState.enter_leave)
    assert sent.values("entering") == [True]
    assert {one.name for one in sent.values("staff")[-1]} == {"李建国", "guard"}
    wrong = {**SAID, "person": str(guards), "last": "2026-03-19"}
    sent = send(RosterState.keep_leave, form=wrong)
    assert sent.values("problem")[-1]
    assert (sent.values("entering"), rows(Leave)) == ([], [])
    for form in ({**SAID, "person": ""}, {**SAID, "person": str(guards), "first": "soon"}):
        assert send(RosterState.keep_leave, form=form).values("problem_en")[-1]
    sent = send(RosterState.keep_leave, form={**SAID, "person": str(guards)})
    assert sent.values("entering")[-1] is False
    (leave,) = rows(Leave)
    assert (leave.person_id, leave.status) == (guards, AskStatus.APPROVED)
    assert (leave.first, leave.last, leave.reason) == (leave.last, leave.first, SAID["reason"])
