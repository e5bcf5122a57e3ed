"""The page of workbooks, its events without a browser: choose, see what is wrong, take in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.registry import RegistrationContext

from propapp.core import identity
from propapp.core.access import Permission, Role
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import unit_of_work
from propapp.features.people import sign_in
from propapp.features.people.actors import actor_for_token
from propapp.features.rosters.models import Shift
from propapp.features.sheets import jobs, service
from propapp.features.sheets.commands import BringSheet
from propapp.features.sheets.state import SheetsState
from propapp.features.sites.models import Site
from propapp.ui import guard
from tests.api.conftest import PASSWORD, an_account
from tests.factories import a_site
from tests.ui.pipeline import Sent, Tab
from tests.workbooks import heads, workbook
from tests.world import rows


@pytest.fixture
def site(database: Path) -> Site:
    identity.answer_with(actor_for_token)
    return a_site()


@pytest.fixture
def session(site: Site) -> str:
    """The supervisor's."""
    an_account("lead", Role.SUPERVISOR, at=site)
    sign_in.limiter.cache_clear()
    return sign_in.sign_in(sign_in.Attempt("lead", PASSWORD)).token


@pytest.fixture
def tab() -> Iterator[Tab]:
    with RegistrationContext.get().fork():
        app = rx.App()
        guard.install(app)
        yield Tab(app, StateManagerMemory())


def brought(session: str, site: Site, *minutes: object) -> str:
    """A workbook of shifts of these lengths, looked through."""
    lines = [[f"班{n}", "秩序员", "08:00", one] for n, one in enumerate(minutes)]
    content = workbook([heads("name", "role", "begins", "minutes"), *lines])
    sheet_id = uuid7()
    jobs.folder().mkdir(parents=True, exist_ok=True)
    jobs.file_of(sheet_id).write_bytes(content)
    command = BringSheet(
        sheet_id=sheet_id,
        site_id=site.id,
        kind="shifts",
        name="班次.xlsx",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    actor = actor_for_token(session)
    assert actor.may(Permission.SHEET_BRING, site.id)
    with unit_of_work(actor) as uow:
        service.bring(uow, command)
    jobs.work_waiting()
    return str(sheet_id)


def last(sent: Sent, name: str) -> Any:
    """The last value of a var that was sent."""
    return sent.values(name)[-1]


def test_the_kinds_are_shown_and_one_is_chosen(tab: Tab, session: str) -> None:
    sent = tab.send(SheetsState.open, session=session, path="/sheets")
    groups = last(sent, "groups")
    assert [one.code for one in groups] == ["plans", "rounds", "people", "site", "events"]
    kinds = {kind.code: kind.may for one in groups for kind in one.kinds}
    assert (kinds["shifts"], kinds["goals"], kinds["swaps"]) == (True, False, False)
    sent = tab.send(SheetsState.choose_kind, session=session, path="/sheets", code="shifts")
    assert last(sent, "kind").code == "shifts"


def test_what_is_wrong_is_shown_and_nothing_of_it_is_taken_in(
    tab: Tab, session: str, site: Site
) -> None:
    sheet = brought(session, site, 720, "很久")
    tab.send(SheetsState.open, session=session, path="/sheets")
    sent = tab.send(SheetsState.show, session=session, path="/sheets", sheet_id=sheet)
    (card,) = last(sent, "shown")
    assert (card.status, card.new, card.wrong) == ("checked", 1, 1)
    (problem,) = last(sent, "problems")
    assert (problem.row, problem.column, problem.column_en) == (3, "用时（分钟）", "Minutes")
    assert "很久" in problem.text
    assert "很久" in problem.text_en
    sent = tab.send(SheetsState.drop, session=session, path="/sheets")
    assert last(sent, "shown") == []
    assert not jobs.problems_of(UUID(sheet)).exists()


def test_it_is_taken_in_as_it_was_looked_at(tab: Tab, session: str, site: Site) -> None:
    sheet = brought(session, site, 720, 480)
    tab.send(SheetsState.open, session=session, path="/sheets")
    tab.send(SheetsState.show, session=session, path="/sheets", sheet_id=sheet)
    tab.send(SheetsState.take_in, session=session, path="/sheets")
    jobs.work_waiting()
    assert len(rows(Shift)) == 2
    sent = tab.send(SheetsState.show, session=session, path="/sheets", sheet_id=sheet)
    assert last(sent, "shown")[0].status == "taken"
