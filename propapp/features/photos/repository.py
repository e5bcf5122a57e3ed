"""Which photos the actor may see, and which bytes are still on their way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound
from propapp.features.photos.models import Photo, PhotoPart, PhotoUse

RUN, ORDER = "run", "order"
_READ = {RUN: Permission.ROUND_READ, ORDER: Permission.ORDER_READ}


def visible_uses(actor: Actor) -> ColumnElement[bool]:
    """The condition under which a use of a photo exists for this person.

    Staff see what belongs to the runs and orders of their sites; whoever may only read their
    own orders sees the photos of those.
    """
    sites_of_things = [
        and_(
            col(PhotoUse.parent_kind) == kind,
            col(PhotoUse.site_id).in_(actor.sites_where(permission)),
        )
        for kind, permission in _READ.items()
    ]
    own = and_(
        col(PhotoUse.parent_kind) == ORDER,
        col(PhotoUse.owner_id) == actor.person_id,
        col(PhotoUse.site_id).in_(actor.sites_where(Permission.ORDER_READ_OWN)),
    )
    return or_(*sites_of_things, own)


def opening(use: type[PhotoUse] = PhotoUse) -> ColumnElement[bool]:
    """The condition that a use shows its photo to those who may see its thing.

    A digest is no key: to name one opens nothing, unless whoever named it brought the bytes
    themselves or could see them already.
    """
    brought = exists().where(
        col(PhotoPart.sha256) == col(use.sha256),
        col(PhotoPart.person_id) == col(use.person_id),
        col(PhotoPart.stored_at).is_not(None),
    )
    return or_(col(use.seen_before).is_(True), brought)


def visible_photo(session: Session, actor: Actor, sha256: str) -> Photo:
    """The stored photo, if the actor may see a thing that it belongs to."""
    statement = select(Photo).where(
        Photo.sha256 == sha256,
        exists().where(col(PhotoUse.sha256) == Photo.sha256, visible_uses(actor), opening()),
    )
    photo = session.exec(statement).one_or_none()
    if photo is None:
        raise NotFound(kind="photo")
    return photo


def uses_of(session: Session, actor: Actor, parents: Iterable[UUID]) -> Sequence[PhotoUse]:
    """The photos that belong to these runs or orders, in the order in which they were given."""
    statement = select(PhotoUse).where(
        col(PhotoUse.parent_id).in_(list(parents)), visible_uses(actor)
    )
    return session.exec(
        statement.order_by(col(PhotoUse.received_at), col(PhotoUse.thing_id), PhotoUse.position)  # type: ignore[arg-type]
    ).all()


def visible_among(session: Session, actor: Actor, digests: Iterable[str]) -> frozenset[str]:
    """Those of these photos whose bytes are here and may be seen by the actor."""
    statement = select(Photo.sha256).where(
        col(Photo.sha256).in_(set(digests)),
        exists().where(col(PhotoUse.sha256) == Photo.sha256, visible_uses(actor), opening()),
    )
    return frozenset(session.exec(statement))


def known_to(
    session: Session, actor: Actor, digests: Iterable[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Those of these photos that the actor may see, and those whose bytes the actor brought."""
    seen = exists().where(col(PhotoUse.sha256) == Photo.sha256, visible_uses(actor), opening())
    brought = exists().where(
        col(PhotoPart.sha256) == Photo.sha256,
        col(PhotoPart.person_id) == actor.person_id,
        col(PhotoPart.stored_at).is_not(None),
    )
    statement = select(Photo.sha256, seen, brought).where(col(Photo.sha256).in_(set(digests)))
    found = session.exec(statement).all()
    return (
        frozenset(sha256 for sha256, is_seen, _ in found if is_seen),
        frozenset(sha256 for sha256, _, is_brought in found if is_brought),
    )


def missing(session: Session, parent_id: UUID) -> list[str]:
    """The digests that belong to a run or an order and whose bytes are not here yet."""
    statement = select(PhotoUse.sha256).where(PhotoUse.parent_id == parent_id, still_missing())
    return sorted(set(session.exec(statement)))


def still_missing() -> ColumnElement[bool]:
    """The condition that a use's bytes are not here yet, or not from whoever named them."""
    return ~and_(exists().where(col(Photo.sha256) == col(PhotoUse.sha256)), opening())


def parents_of(session: Session, sha256: str, kind: str) -> frozenset[UUID]:
    """The runs or orders that name this photo, whoever may see them; for the house's own work."""
    statement = select(PhotoUse.parent_id).where(
        PhotoUse.sha256 == sha256, PhotoUse.parent_kind == kind
    )
    return frozenset(session.exec(statement))
