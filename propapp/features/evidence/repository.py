"""Reading chains in pages, and finding what should be in them and is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from propapp.core.evidence.models import EvidenceDay, EvidenceEntry, EvidenceHead, EvidenceKind
from propapp.core.sync.evidence import operation_digests
from propapp.core.sync.models import Operation, OperationStatus
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


def unchained_operation(session: Session) -> str | None:
    """An applied operation that is in no chain."""

    def applied(after: UUID) -> Sequence[UUID]:
        ids = select(Operation.id).where(
            Operation.status == OperationStatus.APPLIED, Operation.id > after
        )
        return session.exec(ids.order_by(col(Operation.id)).limit(PAGE)).all()

    return _first_unchained(session, applied, EvidenceKind.OPERATION)


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
        known = select(EvidenceEntry.ref_id).where(
            col(EvidenceEntry.ref_id).in_(named), EvidenceEntry.kind == kind.value
        )
        chained = set(session.exec(known))
        if lacking := [one for one in named if one not in chained]:
            return lacking[0]
    return None
