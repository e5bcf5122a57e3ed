"""One site, one guard, and a use case of the tests' own that writes rows in two tables."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from propapp.core.access import Actor, Permission, Role
from propapp.core.clock import FixedClock
from propapp.core.errors import WrongStep
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import USE_CASES, Command, use_case
from propapp.features.sites.models import Building, Site
from tests.factories import NOW, a_person, a_site, the_actor

BUILD = "test.build"


class Build(Command):
    """Put up a building; ``floors`` of 13 are against the rules."""

    site_id: UUID
    name: str
    floors: int = 1
    photos: tuple[dict[str, object], ...] = ()


@pytest.fixture
def build() -> Iterator[str]:
    """The name of the tests' own use case."""

    @use_case(BUILD, Permission.ROUND_WALK)
    def build_it(uow: UnitOfWork, command: Build) -> None:
        """Write the building, then its event, and only then look at the rule."""
        uow.allow_in(command.site_id)
        building = Building(site_id=command.site_id, name=command.name, floors=command.floors)
        uow.session.add(building)
        uow.session.flush()
        record(
            uow,
            "built",
            site_id=command.site_id,
            thing_kind="building",
            thing_id=building.id,
        )
        uow.session.flush()
        if command.floors == 13:
            raise WrongStep(verb="build", status="thirteen")

    yield BUILD
    del USE_CASES[BUILD]


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still."""
    return FixedClock(NOW)


@pytest.fixture
def site(database: object) -> Site:
    """The one site."""
    return a_site()


@pytest.fixture
def guard(site: Site) -> Actor:
    """A guard of the site."""
    return the_actor(a_person(Role.GUARD, at=site), Role.GUARD, at=site)
