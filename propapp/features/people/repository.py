"""People by name, and who works where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.access import POSTS, ROLE_PERMISSIONS, Actor, Permission, Role
from propapp.features.people.models import Account, Person, RoleAssignment

# Somebody with one of their posts, and the account where they have one.
Employed = tuple[Person, RoleAssignment, Account | None]


def workers_for(session: Session, actor: Actor) -> Sequence[tuple[Person, RoleAssignment]]:
    """Who may work on orders at the actor's sites, once for each of their posts."""
    posts = [role for role, held in ROLE_PERMISSIONS.items() if Permission.ORDER_WORK in held]
    statement = (
        select(Person, RoleAssignment)
        .join(RoleAssignment, col(RoleAssignment.person_id) == Person.id)
        .where(
            col(RoleAssignment.site_id).in_(actor.sites_where(Permission.STAFF_READ)),
            col(RoleAssignment.role).in_(posts),
            col(Person.active).is_(True),
        )
    )
    return session.exec(statement.order_by(col(Person.name), col(RoleAssignment.role))).all()


def by_ids(session: Session, person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """People under these ids; their names stand beside what they did."""
    found = session.exec(select(Person).where(col(Person.id).in_(person_ids)))
    return {person.id: person for person in found}


def holder_at(
    session: Session, site_id: UUID, person_id: UUID, permission: Permission
) -> Person | None:
    """The person, if they are active and a post of theirs at the site has this permission."""
    posts = [role for role, held in ROLE_PERMISSIONS.items() if permission in held]
    statement = (
        select(Person)
        .join(RoleAssignment, col(RoleAssignment.person_id) == Person.id)
        .where(
            Person.id == person_id,
            col(Person.active).is_(True),
            RoleAssignment.site_id == site_id,
            col(RoleAssignment.role).in_(posts),
        )
        .distinct()
    )
    return session.exec(statement).one_or_none()


def holders_at(
    session: Session, site_id: UUID, permissions: Collection[Permission]
) -> Sequence[tuple[Person, RoleAssignment]]:
    """Who is active and has a post at the site with one of these permissions, by name."""
    posts = [role for role, held in ROLE_PERMISSIONS.items() if held & set(permissions)]
    statement = (
        select(Person, RoleAssignment)
        .join(RoleAssignment, col(RoleAssignment.person_id) == Person.id)
        .where(
            RoleAssignment.site_id == site_id,
            col(RoleAssignment.role).in_(posts),
            col(Person.active).is_(True),
        )
    )
    return session.exec(statement.order_by(col(Person.name))).all()


def name_of(session: Session, person_id: UUID | None) -> tuple[str, str]:
    """A person's name and its Latin form; empty for nobody."""
    person = session.get(Person, person_id) if person_id else None
    return (person.name, person.name_en) if person else ("", "")


def employed_at(session: Session, site_id: UUID) -> Sequence[Employed]:
    """Who has a post at the site, those who left too, once for each post, by name."""
    statement = (
        select(Person, RoleAssignment, Account)
        .join(RoleAssignment, col(RoleAssignment.person_id) == Person.id)
        .join(Account, col(Account.person_id) == Person.id, isouter=True)
        .where(RoleAssignment.site_id == site_id, col(RoleAssignment.role).in_(POSTS))
    )
    return session.exec(statement.order_by(col(Person.name), col(Person.id))).all()


def held_for_change(session: Session, person_id: UUID) -> Person | None:
    """The person; where the database locks rows, whoever else changes them waits."""
    return session.exec(
        select(Person).where(Person.id == person_id).with_for_update()
    ).one_or_none()


def account_named(session: Session, username: str) -> Account | None:
    """Whose sign-in name this is, at whatever site."""
    return session.exec(select(Account).where(Account.username == username)).one_or_none()


def posts_at(session: Session, person_id: UUID, site_id: UUID) -> Sequence[RoleAssignment]:
    """The posts of the person at the site; owning a unit is none."""
    held = select(RoleAssignment).where(
        RoleAssignment.person_id == person_id,
        RoleAssignment.site_id == site_id,
        col(RoleAssignment.role).in_(POSTS),
    )
    return session.exec(held).all()


def other_administrators(
    session: Session, site_id: UUID, person_id: UUID
) -> Sequence[RoleAssignment]:
    """Which others administer the site; two who would let each other go wait for each other."""
    held = (
        select(RoleAssignment)
        .join(Person, col(Person.id) == RoleAssignment.person_id)
        .where(
            RoleAssignment.site_id == site_id,
            RoleAssignment.role == Role.ADMINISTRATOR,
            col(Person.active).is_(True),
        )
        .order_by(col(RoleAssignment.id))
        .with_for_update()
    )
    return [one for one in session.exec(held) if one.person_id != person_id]
