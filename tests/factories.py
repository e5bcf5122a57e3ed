"""Small worlds for tests: everything valid by default, a test names only what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import SQLModel

from propapp.core.access import Actor, Role
from propapp.core.db.engine import write_session
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.sites.models import Site

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def store(*rows: SQLModel) -> None:
    """Put rows into the database, in the order given."""
    with write_session() as session, session.begin():
        for row in rows:
            session.add(row)
            session.flush()


def a_site(code: str = "GARDEN") -> Site:
    """A stored site."""
    site = Site(code=code, name="翠湖花园", name_en="Jade Lake Garden")
    store(site)
    return site


def a_person(*roles: Role, at: Site, name: str = "李建国") -> Person:
    """A stored person with these roles at the site."""
    person = Person(name=name, name_en="Li Jianguo", created_at=NOW)
    held = [RoleAssignment(person_id=person.id, site_id=at.id, role=role) for role in roles]
    store(person, *held)
    return person


def the_actor(person: Person, *roles: Role, at: Site | UUID) -> Actor:
    """The person as the actor of a request."""
    site_id = at if isinstance(at, UUID) else at.id
    return Actor(person.id, person.name, roles={site_id: frozenset(roles)})
