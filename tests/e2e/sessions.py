"""Somebody who is signed in at a running server, without the form."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from propapp.core.access import Role
from propapp.core.db.engine import engine_for
from propapp.core.identity import SESSION_COOKIE
from propapp.core.ids import uuid7
from propapp.features.people.actors import token_hash
from propapp.features.people.models import Person, RoleAssignment, SignInSession
from propapp.features.sites.models import Site
from tests.serving import ServerProcess


def a_session(server: ServerProcess, role: Role = Role.MANAGER) -> str:
    """The token of a new person of this role at a new site."""
    now, token = datetime.now(UTC), secrets.token_urlsafe(32)
    site = Site(code=secrets.token_hex(4), name="Site", name_en="Site")
    person = Person(id=uuid7(), name="Li", name_en="Li", created_at=now)
    held = RoleAssignment(person_id=person.id, site_id=site.id, role=role)
    begun = SignInSession(
        token_hash=token_hash(token),
        person_id=person.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(hours=1),
    )
    with Session(engine_for(f"sqlite:///{server.data / 'propapp.db'}")) as session:
        for row in (site, person, held, begun):
            session.add(row)
            session.flush()
        session.commit()
    return token


def cookie(token: str) -> dict[str, str]:
    """The header that a browser would send."""
    return {"Cookie": f"{SESSION_COOKIE}={token}"}
