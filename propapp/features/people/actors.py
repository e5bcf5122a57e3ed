"""From a session token to the actor, in two queries whatever is stored."""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from propapp.core.access import Actor, Role
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import SignInNeeded
from propapp.core.settings import settings
from propapp.features.people.models import Person, RoleAssignment, SignInSession

log = logging.getLogger(__name__)

# How stale "last seen" may become before it is written again.
TOUCH_AFTER = timedelta(hours=1)


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def session_lifetime() -> timedelta:
    """How long a session lives after it was last used."""
    return timedelta(days=settings().session_days)


def actor_for_token(token: str, clock: Clock | None = None) -> Actor:
    """The person behind the token with their roles as of now, else ``SignInNeeded``."""
    now = (clock or SystemClock()).now()
    with read_session() as session:
        signed_in = _live(session, token, now)
        if signed_in is None:
            raise SignInNeeded
        held, person = signed_in
        actor = _actor(session, person)
    if now - held.last_seen_at > TOUCH_AFTER:
        _touch(held.id, now)
    return actor


def actor_of_person(session: Session, person_id: UUID) -> Actor:
    """Somebody with their roles as of now, for work that they asked for and that takes longer.

    Whoever has left meanwhile is refused as somebody who is not signed in.
    """
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise SignInNeeded
    return _actor(session, person)


def _actor(session: Session, person: Person) -> Actor:
    roles = roles_of(session, person.id)
    return Actor(person.id, person.name, locale=person.locale, name_en=person.name_en, roles=roles)


def roles_of(session: Session, person_id: UUID) -> dict[UUID, frozenset[Role]]:
    """What the person is at which site."""
    held: defaultdict[UUID, set[Role]] = defaultdict(set)
    for assignment in session.exec(
        select(RoleAssignment).where(RoleAssignment.person_id == person_id)
    ):
        held[assignment.site_id].add(assignment.role)
    return {site_id: frozenset(roles) for site_id, roles in held.items()}


def _live(session: Session, token: str, now: datetime) -> tuple[SignInSession, Person] | None:
    if not token:
        return None
    return session.exec(
        select(SignInSession, Person)
        .join(Person, col(Person.id) == SignInSession.person_id)
        .where(
            SignInSession.token_hash == token_hash(token),
            col(SignInSession.revoked_at).is_(None),
            SignInSession.expires_at > now,
            col(Person.active).is_(True),
        )
    ).one_or_none()


def _touch(session_id: UUID, now: datetime) -> None:
    """Let the session live on; one that cannot be written now is written another time."""
    try:
        with write_session() as session, session.begin():
            session.execute(
                update(SignInSession)
                .where(col(SignInSession.id) == session_id)
                .values(last_seen_at=now, expires_at=now + session_lifetime())
            )
    except OperationalError as error:
        log.warning("a session could not be prolonged: %s", error.orig)
