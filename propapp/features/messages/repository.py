"""A person's own messages, and who should be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select, update

from propapp.core.access import Actor, Role
from propapp.features.messages.models import Message
from propapp.features.people.models import Person, RoleAssignment


def latest_of(session: Session, actor: Actor, *, limit: int = 50) -> tuple[Sequence[Message], int]:
    """The newest messages to this person, newest first, and how many of all are not seen yet."""
    unread = (
        select(func.count())
        .where(Message.person_id == actor.person_id, col(Message.read_at).is_(None))
        .scalar_subquery()
    )
    mine = select(Message, unread).where(Message.person_id == actor.person_id)
    found = session.exec(mine.order_by(col(Message.created_at).desc()).limit(limit)).all()
    return [message for message, _ in found], found[0][1] if found else 0


def mark_read(session: Session, actor: Actor, *, up_to: datetime, at: datetime) -> int:
    """Mark this person's messages as seen and give their count."""
    statement = (
        update(Message)
        .where(
            col(Message.person_id) == actor.person_id,
            col(Message.created_at) <= up_to,
            col(Message.read_at).is_(None),
        )
        .values(read_at=at)
    )
    return session.exec(statement).rowcount


def holders(session: Session, sites: Collection[UUID], *roles: Role) -> dict[UUID, frozenset[UUID]]:
    """For each of these sites the active people who hold one of these roles there."""
    statement = (
        select(RoleAssignment.site_id, RoleAssignment.person_id)
        .join(Person, col(Person.id) == RoleAssignment.person_id)
        .where(
            col(RoleAssignment.site_id).in_(sites),
            col(RoleAssignment.role).in_(roles),
            col(Person.active).is_(True),
        )
    )
    found = session.exec(statement).all()
    return {site: frozenset(person for where, person in found if where == site) for site in sites}
