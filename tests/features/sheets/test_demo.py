"""What a lived-in site takes out it may bring in again, and nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sqlmodel import select

from propapp.core.clock import FixedClock
from propapp.features.people.actors import actor_of_person
from propapp.features.people.models import Account
from propapp.features.sheets.kinds.every import EVERY
from propapp.features.sheets.models import SheetStatus
from propapp.features.sites.models import Site
from tests.accidents import an_accident_asked
from tests.demo_world import AFTERNOON
from tests.workbooks import bring, counts, exported, problems
from tests.world import World, looking

# Tasks are brought to a draft of their plan; what only goes out is brought nowhere; and the
# company of the demo has written no clause of its own, so that there is nothing to bring.
KINDS = [
    one.code
    for one in EVERY.values()
    if one.writes is not None and not one.of_plan and one.code != "clauses"
]
# Who may bring it, where the manager of a site may not.
WHO = {"sites": "admin"}


def a_notice(world: World) -> None:
    days = [{"day": "2027-10-01", "kind": "holiday", "name": "national"}]
    world.do("manager", "calendar.enter_year", year=2027, source="Notice", days=days)


def an_accident_found(world: World) -> None:
    one = world.do("manager", "accident.record", **an_accident_asked(world))
    said = {"accident_id": one.id, "liable": True, "reason": "The floor was wet"}
    world.do("manager", "accident.find", **said)


# What nothing of has happened in the demo.
MADE: dict[str, Callable[[World], None]] = {"notices": a_notice, "accidents": an_accident_found}


@pytest.fixture
def lived_in(demo_database: Path) -> World:
    """The demo world as tests speak of a world."""
    world = SimpleNamespace(clock=FixedClock(AFTERNOON))
    with looking() as session:
        world.site = session.exec(select(Site)).one()
        accounts = {one.username: one for one in session.exec(select(Account))}
        actors = {
            name: actor_of_person(session, accounts[name].person_id)
            for name in ("manager", "admin")
        }
    world.actor = actors.__getitem__
    for name in ("do", "work"):
        setattr(world, name, getattr(World, name).__get__(world))
    return cast("World", world)


@pytest.mark.parametrize("kind", KINDS)
def test_the_demo_world_goes_out_and_in_again_unchanged(lived_in: World, kind: str) -> None:
    if kind in MADE:
        MADE[kind](lived_in)
    who = WHO.get(kind, "manager")
    sheet = bring(lived_in, who, kind, exported(lived_in, who, kind))
    assert (sheet.status, problems(sheet)) == (SheetStatus.CHECKED, [])
    assert counts(sheet) == (0, 0, sheet.unchanged, 0)
    assert sheet.unchanged
