"""Losses the actor may see, and what a loss has to know of its person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from propapp.core.access import Permission, Role
from propapp.core.repository import VisibleRows
from propapp.core.sync.models import Device, Operation
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.phones.models import LossStatus, PhoneLoss
from propapp.features.photos.models import Photo, PhotoUse


class LossRow(NamedTuple):
    """A loss with its people; ``heard_at`` is when that name spoke last, perhaps since."""

    loss: PhoneLoss
    person: Person
    settler: Person | None
    heard_at: datetime | None


class UnsentRow(NamedTuple):
    """A phone that still held something when it spoke last; ``missing`` are made and not here."""

    device: Device
    person: Person
    missing: int

    @property
    def left(self) -> int:
        """Of what waited then, what cannot have come since."""
        return min(self.device.pending_operations, self.missing)


class PhoneLossRepository(VisibleRows[PhoneLoss]):
    """Losses at the sites where the actor cares for phones."""

    model = PhoneLoss
    kind = "phone_loss"
    read = Permission.PHONE_CARE

    def latest(self, *, settled_since: datetime, limit: int) -> Sequence[LossRow]:
        """The open ones and those settled since then, open ones first, the newest first."""
        settler = aliased(Person)
        is_open = col(PhoneLoss.status) == LossStatus.OPEN
        statement = (
            select(PhoneLoss, Person, settler, col(Device.last_hello_at))
            .join(Person, col(Person.id) == PhoneLoss.person_id)
            .join(settler, col(settler.id) == PhoneLoss.settled_by, isouter=True)
            .join(Device, col(Device.id) == PhoneLoss.device_id, isouter=True)
            .where(
                col(PhoneLoss.site_id).in_(self._actor.sites_where(self.read)),
                is_open | (col(PhoneLoss.settled_at) >= settled_since),
            )
            .order_by(is_open.desc(), col(PhoneLoss.noticed_at).desc())
            .limit(limit)
        )
        return [LossRow(*found) for found in self._session.exec(statement)]

    def unsent(self, *, limit: int) -> Sequence[UnsentRow]:
        """Phones of these sites' people with work on them, those longest silent first.

        A phone that has lost what was on it is none of them: it stands among the losses.
        """
        here = select(RoleAssignment.person_id).where(
            col(RoleAssignment.site_id).in_(self._actor.sites_where(self.read))
        )
        arrived = (
            select(func.count(col(Operation.id)))
            .where(col(Operation.device_id) == Device.id)
            .scalar_subquery()
        )
        last, promised = col(Device.last_seq), col(Device.promised_seq)
        missing = case((last > promised, last), else_=promised) - arrived
        is_lost = (
            select(PhoneLoss.id)
            .where(
                PhoneLoss.device_id == Device.id,
                col(PhoneLoss.noticed_at) >= col(Device.last_hello_at),
            )
            .exists()
        )
        statement = (
            select(Device, Person, missing)
            .join(Person, col(Person.id) == Device.person_id)
            .where(
                col(Device.pending_operations) > 0,
                col(Device.person_id).in_(here),
                missing > 0,
                ~is_lost,
            )
            .order_by(col(Device.last_hello_at))
            .limit(limit)
        )
        return [UnsentRow(*found) for found in self._session.exec(statement)]

    def open_count(self, site_id: UUID) -> int:
        """How many at this site nobody has looked after."""
        seen = self._visible.where(
            PhoneLoss.site_id == site_id, PhoneLoss.status == LossStatus.OPEN
        )
        return self._session.exec(select(func.count()).select_from(seen.subquery())).one()


def people_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    """These people, by id."""
    return {one.id: one for one in session.exec(select(Person).where(col(Person.id).in_(ids)))}


def roles_of_people(
    session: Session, ids: Collection[UUID]
) -> dict[UUID, dict[UUID, frozenset[Role]]]:
    """What each of these people is at which site."""
    found: defaultdict[UUID, defaultdict[UUID, set[Role]]] = defaultdict(lambda: defaultdict(set))
    for held in session.exec(select(RoleAssignment).where(col(RoleAssignment.person_id).in_(ids))):
        found[held.person_id][held.site_id].add(held.role)
    return {
        person: {site: frozenset(roles) for site, roles in sites.items()}
        for person, sites in found.items()
    }


def photos_missing(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    """How many photos each of these people named whose bytes never came."""
    statement = (
        select(PhotoUse.person_id, func.count(func.distinct(PhotoUse.sha256)))
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256, isouter=True)
        .where(col(PhotoUse.person_id).in_(ids), col(Photo.sha256).is_(None))
        .group_by(col(PhotoUse.person_id))
    )
    return dict(session.exec(statement).all())


def present(session: Session, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these losses are written down."""
    return frozenset(session.exec(select(PhoneLoss.id).where(col(PhoneLoss.id).in_(ids))))
