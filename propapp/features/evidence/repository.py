"""Reading chains in pages, and finding what should be in them and is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_
from sqlmodel import Session, col, func, select

from propapp.core.evidence.models import EvidenceDay, EvidenceEntry, EvidenceHead, EvidenceKind
from propapp.core.sync.evidence import operation_digests
from propapp.core.sync.models import Operation, OperationStatus, QuarantinedOperation
from propapp.features.evidence.rules import held_digests, second_digests
from propapp.features.orders.models import WorkOrder
from propapp.features.people.models import RoleAssignment
from propapp.features.photos.evidence import photo_digests
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.photos.repository import opening
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.rounds.sealed import run_digests
from propapp.features.schedules.models import RoundSeed
from propapp.features.schedules.seeds import seed_digests
from propapp.features.sites.models import Site

PAGE = 200

# What the things of each kind hash to as they are stored now.
DIGESTS: dict[EvidenceKind, Callable[[Session, Collection[str]], dict[str, str]]] = {
    EvidenceKind.OPERATION: operation_digests,
    EvidenceKind.HELD: held_digests,
    EvidenceKind.SECOND: second_digests,
    EvidenceKind.PHOTO: photo_digests,
    EvidenceKind.RUN_SEALED: run_digests,
    EvidenceKind.ROUND_SEED: seed_digests,
}


def chained_sites(session: Session) -> Sequence[Site]:
    """The sites that have a link or a head."""
    begun = exists().where(col(EvidenceEntry.site_id) == Site.id)
    headed = exists().where(col(EvidenceHead.site_id) == Site.id)
    return session.exec(select(Site).where(begun | headed).order_by(Site.code)).all()


def count_links(session: Session) -> int:
    """How many links there are in all."""
    return session.exec(select(func.count()).select_from(EvidenceEntry)).one()


def pages(session: Session, site_id: UUID) -> Iterator[Sequence[EvidenceEntry]]:
    """The links of a chain in order, some at a time; what was read before is let go."""
    # From below zero, for a forged number may be anything.
    last = -(2**31)
    while page := session.exec(
        select(EvidenceEntry)
        .where(EvidenceEntry.site_id == site_id, EvidenceEntry.n > last)
        .order_by(col(EvidenceEntry.n))
        .limit(PAGE)
    ).all():
        last = page[-1].n
        yield page
        session.expunge_all()


def head_of(session: Session, site_id: UUID) -> tuple[int, str] | None:
    """Where the chain is said to end."""
    head = session.get(EvidenceHead, site_id)
    return (head.n, head.hash) if head else None


def days_of(session: Session, site_id: UUID) -> Sequence[EvidenceDay]:
    """The heads of the site's days, oldest first."""
    days = select(EvidenceDay).where(EvidenceDay.site_id == site_id)
    return session.exec(days.order_by(col(EvidenceDay.day))).all()


def all_days(session: Session) -> Sequence[tuple[Site, EvidenceDay]]:
    """Every day's head with its site."""
    days = select(Site, EvidenceDay).join(EvidenceDay, col(EvidenceDay.site_id) == Site.id)
    return session.exec(days.order_by(Site.code, col(EvidenceDay.day))).all()


def last_day(session: Session, site_id: UUID) -> date | None:
    """The last day whose head is written down."""
    return session.exec(
        select(func.max(EvidenceDay.day)).where(EvidenceDay.site_id == site_id)
    ).one()


def first_link(session: Session, site_id: UUID) -> EvidenceEntry | None:
    """The link that begins the chain."""
    links = select(EvidenceEntry).where(EvidenceEntry.site_id == site_id)
    return session.exec(links.order_by(col(EvidenceEntry.n)).limit(1)).first()


def last_link_before(session: Session, site_id: UUID, instant: datetime) -> EvidenceEntry | None:
    """The last link that was made before this instant."""
    links = select(EvidenceEntry).where(
        EvidenceEntry.site_id == site_id, EvidenceEntry.at < instant
    )
    return session.exec(links.order_by(col(EvidenceEntry.n).desc()).limit(1)).first()


def unchained_photos(session: Session, *, limit: int) -> Sequence[tuple[UUID, str]]:
    """Stored photos that belong to a site and are not in its chain."""
    chained = exists().where(
        col(EvidenceEntry.ref_id) == PhotoUse.sha256,
        col(EvidenceEntry.kind) == EvidenceKind.PHOTO.value,
        col(EvidenceEntry.site_id) == PhotoUse.site_id,
    )
    statement = (
        select(PhotoUse.site_id, PhotoUse.sha256)
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .where(opening(), ~chained)
    )
    return session.exec(statement.distinct().limit(limit)).all()


def unchained_operation(session: Session, *, before: datetime) -> str | None:
    """An applied operation that is in no chain, or one refused before then."""

    def ended(after: UUID) -> Sequence[UUID]:
        refused = and_(
            col(Operation.status) != OperationStatus.QUARANTINED,
            col(Operation.received_at) < before,
        )
        ids = select(Operation.id).where(
            or_(col(Operation.status) == OperationStatus.APPLIED, refused), Operation.id > after
        )
        return session.exec(ids.order_by(col(Operation.id)).limit(PAGE)).all()

    return _first_unchained(session, ended, EvidenceKind.OPERATION)


def unchained_held(session: Session, *, before: datetime) -> str | None:
    """An operation held back before then that is in no chain."""

    def held(after: UUID) -> Sequence[UUID]:
        ids = select(Operation.id).where(
            _without_effect(),
            Operation.status == OperationStatus.QUARANTINED,
            Operation.received_at < before,
            Operation.id > after,
        )
        return session.exec(ids.order_by(col(Operation.id)).limit(PAGE)).all()

    return _first_unchained(session, held, EvidenceKind.HELD)


def unchained_second(session: Session, *, before: datetime) -> str | None:
    """A second content that came before then and is in no chain."""

    def seconds(after: UUID) -> Sequence[UUID]:
        ids = select(QuarantinedOperation.id).where(
            QuarantinedOperation.received_at < before, QuarantinedOperation.id > after
        )
        return session.exec(ids.order_by(col(QuarantinedOperation.id)).limit(PAGE)).all()

    return _first_unchained(session, seconds, EvidenceKind.SECOND)


def _without_effect() -> ColumnElement[bool]:
    # With the status written out, for only so the small index is used.
    return col(Operation.status) != literal_column("'APPLIED'")


def refused_left_behind(session: Session, *, lately: datetime, limit: int) -> Sequence[Operation]:
    """Operations without effect that are in no chain, of the last ones the oldest first.

    Only those that came lately are gone through, as long as the oldest of all is in a chain: the
    newest are chained first, so before it there is nothing left.
    """
    oldest = session.exec(
        select(Operation)
        .where(_without_effect())
        .order_by(col(Operation.received_at), col(Operation.id))
        .limit(1)
    ).first()
    if oldest is None:
        return []
    since = oldest.received_at if _lacking(session, [oldest]) else lately
    found: list[Operation] = []
    until: tuple[datetime, UUID] | None = None
    while page := _refused_before(session, until, since):
        found += _lacking(session, page)
        until = page[-1].received_at, page[-1].id
        if len(found) >= limit:
            break
    return found[:limit][::-1]


def _refused_before(
    session: Session, until: tuple[datetime, UUID] | None, since: datetime
) -> Sequence[Operation]:
    statement = select(Operation).where(_without_effect(), Operation.received_at >= since)
    if until:
        at, last = until
        statement = statement.where(
            or_(
                col(Operation.received_at) < at,
                and_(col(Operation.received_at) == at, col(Operation.id) < last),
            )
        )
    newest = statement.order_by(col(Operation.received_at).desc(), col(Operation.id).desc())
    return session.exec(newest.limit(PAGE)).all()


def _lacking(session: Session, page: Sequence[Operation]) -> list[Operation]:
    """Those without a link of the kind that they have to have now."""
    known = select(EvidenceEntry.ref_id, EvidenceEntry.kind).where(
        col(EvidenceEntry.ref_id).in_([str(one.id) for one in page])
    )
    chained = set(session.exec(known).all())
    return [one for one in page if (str(one.id), _kind_of(one).value) not in chained]


def _kind_of(operation: Operation) -> EvidenceKind:
    is_held = operation.status is OperationStatus.QUARANTINED
    return EvidenceKind.HELD if is_held else EvidenceKind.OPERATION


def seconds_left_behind(session: Session, *, limit: int) -> Sequence[QuarantinedOperation]:
    """Second contents that are in no chain; there are few of them in all."""
    found: list[UUID] = []
    last = UUID(int=0)
    while len(found) < limit:
        ids = select(QuarantinedOperation.id).where(QuarantinedOperation.id > last)
        page = session.exec(ids.order_by(col(QuarantinedOperation.id)).limit(PAGE)).all()
        if not page:
            break
        last = page[-1]
        chained = _chained(session, [str(one) for one in page], EvidenceKind.SECOND)
        found += [one for one in page if str(one) not in chained]
    wanted = select(QuarantinedOperation).where(col(QuarantinedOperation.id).in_(found[:limit]))
    return session.exec(wanted.order_by(col(QuarantinedOperation.id))).all()


def sites_of_threads(session: Session, threads: Collection[UUID]) -> dict[UUID, UUID]:
    """The site of each of these threads that is a run or an order."""
    found: dict[UUID, UUID] = {}
    for model in (Run, WorkOrder):
        rows = select(model.id, model.site_id).where(col(model.id).in_(threads))
        found |= dict(session.exec(rows).all())
    return found


def first_sites_of(session: Session, people: Collection[UUID]) -> dict[UUID, UUID]:
    """The first site of each of these people who is something somewhere."""
    held = select(RoleAssignment.person_id, RoleAssignment.site_id).where(
        col(RoleAssignment.person_id).in_(people)
    )
    found: dict[UUID, UUID] = {}
    for person_id, site_id in session.exec(held):
        found[person_id] = min(site_id, found.get(person_id, site_id))
    return found


def first_site(session: Session) -> UUID | None:
    """Where that is chained which concerns nobody's site."""
    return session.exec(select(Site.id).order_by(col(Site.code)).limit(1)).first()


def unchained_run(session: Session) -> str | None:
    """A sealed run that is in no chain."""

    def sealed(after: UUID) -> Sequence[UUID]:
        ids = select(Run.id).where(Run.status == RunStatus.SEALED, Run.id > after)
        return session.exec(ids.order_by(col(Run.id)).limit(PAGE)).all()

    return _first_unchained(session, sealed, EvidenceKind.RUN_SEALED)


def unchained_seed(session: Session) -> str | None:
    """A seed of random rounds that is in no chain."""

    def seeds(after: UUID) -> Sequence[UUID]:
        ids = select(RoundSeed.id).where(RoundSeed.id > after)
        return session.exec(ids.order_by(col(RoundSeed.id)).limit(PAGE)).all()

    return _first_unchained(session, seeds, EvidenceKind.ROUND_SEED)


def _first_unchained(
    session: Session, following: Callable[[UUID], Sequence[UUID]], kind: EvidenceKind
) -> str | None:
    """Page by page in Python: each database writes an id in its own way, a link in one."""
    last = UUID(int=0)
    while page := following(last):
        last, named = page[-1], [str(one) for one in page]
        chained = _chained(session, named, kind)
        if lacking := [one for one in named if one not in chained]:
            return lacking[0]
    return None


def _chained(session: Session, named: Sequence[str], kind: EvidenceKind) -> set[str]:
    known = select(EvidenceEntry.ref_id).where(
        col(EvidenceEntry.ref_id).in_(named), EvidenceEntry.kind == kind.value
    )
    return set(session.exec(known))
