"""What a lived-in site takes out it may bring in again, and nothing has changed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sqlmodel import col, select

from propapp.core.clock import FixedClock
from propapp.features.people.actors import actor_of_person
from propapp.features.people.models import Account
from propapp.features.sheets.kinds.every import EVERY
from propapp.features.sheets.models import SheetStatus
from propapp.features.sites.models import Site
from tests.demo_world import AFTERNOON
from tests.workbooks import bring, counts, exported, problems
from tests.world import World, looking

# A plan is written while it is a draft; what is only taken out is brought nowhere; and the demo's
# company has written no clause of its own, so that there is nothing to bring.
KINDS = [
    one.code
    for one in EVERY.values()
    if one.writes is not None and not one.of_plan and one.code != "clauses"
]


@pytest.fixture
def lived_in(demo_database: Path) -> World:
    """The demo world as tests speak of a world."""
    world = SimpleNamespace(clock=FixedClock(AFTERNOON))
    with looking() as session:
        world.site = session.exec(select(Site)).one()
        who = session.exec(select(Account).where(col(Account.username) == "manager")).one()
        actor = actor_of_person(session, who.person_id)
    world.actor = lambda _name: actor
    for name in ("do", "work"):
        setattr(world, name, getattr(World, name).__get__(world))
    return cast("World", world)


@pytest.mark.parametrize("kind", KINDS)
def test_the_demo_world_goes_out_and_in_again_unchanged(lived_in: World, kind: str) -> None:
    sheet = bring(lived_in, "manager", kind, exported(lived_in, "manager", kind))
    assert (sheet.status, problems(sheet)) == (SheetStatus.CHECKED, [])
    assert counts(sheet) == (0, 0, sheet.unchanged, 0)
