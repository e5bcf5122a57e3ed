"""Push tokens: a shared phone finishes one person's upload while another works on it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from propapp.core.access import Actor
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import SignInNeeded
from propapp.features.people.actors import roles_of, token_hash
from propapp.features.people.models import Person, PushToken, SignInSession

LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Given:
    """A token as its phone gets it, once."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Sender:
    """Whose work comes in; a token speaks for one device, a session for any."""

    actor: Actor
    device_id: UUID | None = None


def give(actor: Actor, device_id: UUID, clock: Clock | None = None) -> Given:
    """A new token for this device; the one it had before is worth nothing from now on."""
    now, token = (clock or SystemClock()).now(), secrets.token_urlsafe(32)
    with write_session() as session, session.begin():
        session.execute(
            delete(PushToken).where(
                col(PushToken.person_id) == actor.person_id, col(PushToken.device_id) == device_id
            )
        )
        session.add(
            PushToken(
                token_hash=token_hash(token),
                person_id=actor.person_id,
                device_id=device_id,
                created_at=now,
                expires_at=now + LIFETIME,
            )
        )
    return Given(token, now + LIFETIME)


def sender_for(token: str, clock: Clock | None = None) -> Sender:
    """Whose work the bearer may deliver, else ``SignInNeeded``.

    Who left the company can never sign in again, so their phone may still deliver; nothing of it
    is applied (``Actor.left``). Who is still here and was signed out everywhere has to sign in.
    """
    now = (clock or SystemClock()).now()
    with read_session() as session:
        found = session.exec(
            select(PushToken, Person)
            .join(Person, col(Person.id) == PushToken.person_id)
            .where(PushToken.token_hash == token_hash(token), PushToken.expires_at > now)
        ).one_or_none()
        if found is None or (found[1].active and found[0].revoked_at):
            raise SignInNeeded
        held, person = found
        roles = roles_of(session, person.id)
    actor = Actor(
        person.id,
        person.name,
        locale=person.locale,
        name_en=person.name_en,
        roles=roles if person.active else {},
        left=not person.active,
    )
    return Sender(actor, held.device_id)


def end_sessions(session: Session, person_id: UUID, now: datetime, *, but: str = "") -> None:
    """End the person's sessions, all but that of this token; their phones still deliver."""
    ended = update(SignInSession).where(
        col(SignInSession.person_id) == person_id,
        col(SignInSession.revoked_at).is_(None),
        col(SignInSession.token_hash) != token_hash(but),
    )
    session.execute(ended.values(revoked_at=now))


def end_all(session: Session, person_id: UUID, now: datetime) -> None:
    """End every session of the person; no phone delivers for them until they sign in on it."""
    for held in (PushToken, SignInSession):
        session.execute(
            update(held)
            .where(col(held.person_id) == person_id, col(held.revoked_at).is_(None))
            .values(revoked_at=now)
        )
