"""A small house with people who can sign in, served for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from propapp.core.access import Role
from propapp.core.clock import FixedClock
from propapp.features.people.models import Account
from propapp.features.people.passwords import hash_password
from propapp.features.sites.models import UnitOwner
from tests.e2e import people
from tests.serving import ServerProcess
from tests.world import World, a_world, save

SECOND = {"technician2": Role.TECHNICIAN, "owner2": Role.OWNER}


@dataclass
class House:
    """The site, its server, and phones for the people who work and live there."""

    world: World
    server: ServerProcess
    new_phone: Callable[..., BrowserContext]

    def phone(self, account: str, **options: object) -> Page:
        """The first screen of this person, on a phone of their own."""
        page = self.new_phone(**options).new_page()
        people.sign_in(page, self.server.url, account)
        return page


@pytest.fixture
def inhabited(database: Path) -> World:
    """The house before its server starts: everybody has an account under the name of their role.

    What the server's own ticks would do by themselves is done in here, where a test needs it done
    otherwise.
    """
    world = a_world()
    world.clock = FixedClock(datetime.now(UTC))
    for name, role in SECOND.items():
        world.person(name, role)
    save(UnitOwner(unit_id=world.unit.id, person_id=world.actor("owner2").person_id))
    password = hash_password(people.PASSWORD)
    save(
        *(
            Account(username=name, person_id=person.person_id, password_hash=password)
            for name, person in world.people.items()
        )
    )
    return world


@pytest.fixture
def house(
    database: Path,
    inhabited: World,
    serve: Callable[..., ServerProcess],
    new_phone: Callable[..., BrowserContext],
) -> House:
    """The same, served."""
    return House(inhabited, serve(data=database), new_phone)
