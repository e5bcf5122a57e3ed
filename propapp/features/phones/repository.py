"""Losses and held-back work the actor may see, and what they have to know of their person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, literal_column, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from propapp.core.access import Actor, Permission, Role
from propapp.core.errors import SequenceReused, UnknownOperation
from propapp.core.repository import VisibleRows
from propapp.core.sync.models import Device, Operation, OperationStatus, QuarantinedOperation
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.phones.models import HeldOperation, HeldStatus, LossStatus, PhoneLoss
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.sites.models import Site


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


class HeldRow(NamedTuple):
    """Work that is held back, with its people."""

    held: HeldOperation
    person: Person
    settler: Person | None


class HeldRepository(VisibleRows[HeldOperation]):
    """Work that is held back, at the sites where the actor cares for phones."""

    model = HeldOperation
    kind = "held_operation"
    read = Permission.PHONE_CARE

    def latest(self, *, ended_since: datetime, limit: int) -> Sequence[HeldRow]:
        """What is held back, and what ended since then; the former first, the newest first."""
        settler = aliased(Person)
        is_open = col(HeldOperation.status) == HeldStatus.OPEN
        statement = (
            select(HeldOperation, Person, settler)
            .join(Person, col(Person.id) == HeldOperation.person_id)
            .join(settler, col(settler.id) == HeldOperation.settled_by, isouter=True)
            .where(
                col(HeldOperation.site_id).in_(self._actor.sites_where(self.read)),
                is_open | (col(HeldOperation.settled_at) >= ended_since),
            )
            .order_by(is_open.desc(), col(HeldOperation.received_at).desc())
            .limit(limit)
        )
        return [HeldRow(*found) for found in self._session.exec(statement)]


class Ended(NamedTuple):
    """An operation that was held back, and whether it took effect after all."""

    id: UUID
    done: bool


def ended_for(session: Session, actor: Actor, *, since: datetime) -> list[Ended]:
    """What came of the actor's own operations that were held back, since then."""
    ended = (
        select(HeldOperation.ref_id, HeldOperation.status)
        .where(
            HeldOperation.person_id == actor.person_id,
            col(HeldOperation.second).is_(False),
            col(HeldOperation.settled_at) >= since,
        )
        .order_by(col(HeldOperation.ref_id))
        .distinct()
    )
    return [Ended(ref_id, status is HeldStatus.DONE) for ref_id, status in session.exec(ended)]


def of_ref(session: Session, ref_id: UUID) -> Sequence[HeldOperation]:
    """The rows of one thing, one for each site that knows of it."""
    rows = select(HeldOperation).where(HeldOperation.ref_id == ref_id)
    return session.exec(rows.order_by(col(HeldOperation.id)).with_for_update()).all()


def held_present(session: Session, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these are written down."""
    found = select(HeldOperation.id).where(col(HeldOperation.id).in_(ids))
    return frozenset(session.exec(found))


def operations_not_written_down(session: Session, *, limit: int) -> Sequence[Operation]:
    """Operations in quarantine that no site knows of yet, the oldest first; for the sweep."""
    statement = select(Operation).where(
        # Twice, for only the first of them lets the small index be used.
        col(Operation.status) != literal_column("'APPLIED'"),
        Operation.status == OperationStatus.QUARANTINED,
        ~_written_down(col(Operation.id)),
    )
    return session.exec(statement.order_by(col(Operation.received_at)).limit(limit)).all()


def seconds_not_written_down(
    session: Session, *, before: datetime, limit: int
) -> Sequence[QuarantinedOperation]:
    """Second contents that no site knows of yet, the oldest first; for the sweep.

    A phone that was copied takes another name and sends the same again, which then arrives. Only
    what has not by then is held back.
    """
    arrived = exists().where(col(Operation.id) == QuarantinedOperation.operation_id)
    statement = select(QuarantinedOperation).where(
        ~_written_down(col(QuarantinedOperation.id)),
        or_(
            col(QuarantinedOperation.reason) != SequenceReused.code,
            and_(col(QuarantinedOperation.received_at) < before, ~arrived),
        ),
    )
    return session.exec(
        statement.order_by(col(QuarantinedOperation.received_at)).limit(limit)
    ).all()


def _written_down(ref_id: Any) -> ColumnElement[bool]:
    return exists().where(col(HeldOperation.ref_id) == ref_id)


def untried_kinds(session: Session) -> Sequence[tuple[str, int]]:
    """Kinds and versions that were not known when they came, of work that nobody tried since."""
    return session.exec(
        select(HeldOperation.kind, HeldOperation.version).where(*_untried()).distinct()
    ).all()


def untried(session: Session, kinds: Collection[tuple[str, int]], *, limit: int) -> Sequence[UUID]:
    """One row of each such work of these kinds, in the order in which it was done.

    Of people who have left meanwhile there is none: that takes a person's word.
    """
    named = [
        (col(HeldOperation.kind) == kind) & (col(HeldOperation.version) == at) for kind, at in kinds
    ]
    if not named:
        return []
    statement = (
        select(HeldOperation.ref_id, HeldOperation.id)
        .join(Person, col(Person.id) == HeldOperation.person_id)
        .join(Operation, col(Operation.id) == HeldOperation.ref_id)
        .where(*_untried(), or_(*named), col(Person.active).is_(True))
        .order_by(col(Operation.device_id), col(Operation.seq))
        .limit(limit)
    )
    return list(dict(session.exec(statement).all()).values())


def _untried() -> tuple[ColumnElement[bool], ...]:
    return (
        col(HeldOperation.status) == HeldStatus.OPEN,
        col(HeldOperation.second).is_(False),
        col(HeldOperation.reason) == UnknownOperation.code,
        col(HeldOperation.tried_at).is_(None),
    )


def returned(session: Session) -> Sequence[UUID]:
    """Second contents written down whose operation has arrived after all."""
    statement = (
        select(HeldOperation.ref_id)
        .join(QuarantinedOperation, col(QuarantinedOperation.id) == HeldOperation.ref_id)
        .join(Operation, col(Operation.id) == QuarantinedOperation.operation_id)
        .where(HeldOperation.status == HeldStatus.OPEN, HeldOperation.reason == SequenceReused.code)
    )
    return session.exec(statement.distinct()).all()


def first_site(session: Session) -> UUID | None:
    """Where it is said what concerns nobody's site."""
    return session.exec(select(Site.id).order_by(col(Site.code)).limit(1)).first()


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
