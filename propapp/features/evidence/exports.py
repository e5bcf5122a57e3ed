"""Questions that a bundle is made from; whoever packs it asks for the house, not for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.access import Permission, house
from propapp.core.clock import SystemClock
from propapp.core.evidence.models import EvidenceDay, EvidenceEntry
from propapp.core.repository import VisibleRows
from propapp.core.sync.models import Operation, OperationStatus
from propapp.core.timeline import TimelineEvent
from propapp.features.evidence.models import EvidenceExport, ExportSubject
from propapp.features.orders.models import WorkOrder
from propapp.features.people.models import Person
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.models import Run
from propapp.features.schedules import challenges
from propapp.features.schedules.models import Occurrence, RoundSeed, Route, RoutePoint
from propapp.features.schedules.rules import start_of
from propapp.features.sites.models import Checkpoint, Site
from propapp.features.standards.models import ChecklistItem

SHOWN = 50
# A database takes only so many values in one question.
AT_A_TIME = 400


class ExportRepository(VisibleRows[EvidenceExport]):
    """Bundles of the sites whose evidence the actor may have."""

    model, kind, read = EvidenceExport, "evidence_export", Permission.EVIDENCE_EXPORT

    def latest(self) -> Sequence[EvidenceExport]:
        """The newest, first."""
        newest = self._visible.order_by(col(EvidenceExport.asked_at).desc()).limit(SHOWN)
        return self._session.exec(newest).all()


def wanted(
    session: Session,
    *,
    run: UUID | None = None,
    order: str | None = None,
    site: str | None = None,
    day: date | None = None,
) -> EvidenceExport | None:
    """A bundle for whoever holds the database itself: not stored, asked for by nobody."""
    if run and (found := session.get(Run, run)):
        return _unasked(
            found.site_id, ExportSubject.RUN, str(found.id), f"{found.started_at:%Y-%m-%d}"
        )
    if order and (one := session.exec(select(WorkOrder).where(WorkOrder.number == order)).first()):
        return _unasked(
            one.site_id, ExportSubject.ORDER, str(one.id), f"{one.number} {one.title}"[:120]
        )
    if site and day and (where := session.exec(select(Site).where(Site.code == site)).first()):
        said = day.strftime("%Y-%m-%d")
        return _unasked(where.id, ExportSubject.DAY, said, f"{where.name} {said}")
    return None


def _unasked(site_id: UUID, subject: ExportSubject, ref: str, title: str) -> EvidenceExport:
    return EvidenceExport(
        site_id=site_id,
        person_id=house().person_id,
        subject=subject,
        ref=ref,
        title=title,
        asked_at=SystemClock().now(),
    )


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    """These people."""
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id: person for person in found}


def runs_on(session: Session, site_id: UUID, day: date) -> Sequence[Run]:
    """The runs of the windows of this day, in the order in which they were begun."""
    statement = (
        select(Run)
        .join(Occurrence, col(Occurrence.id) == Run.occurrence_id)
        .where(Run.site_id == site_id, Occurrence.local_date == day)
    )
    return session.exec(statement.order_by(col(Run.started_at))).all()


def orders_on(session: Session, site: Site, day: date, following: date) -> Sequence[WorkOrder]:
    """The orders that were reported on this day at the site."""
    statement = select(WorkOrder).where(
        WorkOrder.site_id == site.id,
        WorkOrder.reported_at >= start_of(day, site.zone),
        WorkOrder.reported_at < start_of(following, site.zone),
    )
    return session.exec(statement.order_by(col(WorkOrder.reported_at))).all()


def orders_of_run(session: Session, site_id: UUID, run_id: UUID) -> Sequence[WorkOrder]:
    """The orders that a run's faults became."""
    statement = select(WorkOrder).where(WorkOrder.site_id == site_id, WorkOrder.run_id == run_id)
    return session.exec(statement.order_by(col(WorkOrder.reported_at))).all()


def operations_in(
    session: Session, site_id: UUID, threads: Collection[UUID]
) -> Sequence[Operation]:
    """What phones sent about these runs and orders, in the order in which it came.

    What was refused or held back in the last minute waits for the sweep that chains it.
    """
    statement = select(Operation).where(col(Operation.thread_id).in_(threads))
    found = session.exec(statement.order_by(col(Operation.received_at), col(Operation.n))).all()
    refused = [str(one.id) for one in found if one.status is not OperationStatus.APPLIED]
    chained = set(_named_at(session, site_id, refused))
    return [one for one in found if one.status is OperationStatus.APPLIED or str(one.id) in chained]


def _named_at(session: Session, site_id: UUID, refs: Sequence[str]) -> Iterator[str]:
    for at in range(0, len(refs), AT_A_TIME):
        named = col(EvidenceEntry.ref_id).in_(refs[at : at + AT_A_TIME])
        yield from session.exec(
            select(EvidenceEntry.ref_id).where(EvidenceEntry.site_id == site_id, named)
        )


def timeline_of(session: Session, things: Collection[UUID]) -> Sequence[TimelineEvent]:
    """What happened to these things, oldest first."""
    statement = select(TimelineEvent).where(col(TimelineEvent.thing_id).in_(things))
    return session.exec(statement.order_by(col(TimelineEvent.occurred_at))).all()


def photos_of(session: Session, parents: Collection[UUID]) -> Sequence[tuple[PhotoUse, Photo]]:
    """The stored photos that belong to these runs and orders, with their use."""
    statement = (
        select(PhotoUse, Photo)
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .where(col(PhotoUse.parent_id).in_(parents))
    )
    return session.exec(statement.order_by(col(PhotoUse.taken_at), col(PhotoUse.id))).all()


def occurrences_of(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[Occurrence, Route]]:
    """These windows with their routes."""
    statement = select(Occurrence, Route).join(Route, col(Route.id) == Occurrence.route_id)
    found = session.exec(statement.where(col(Occurrence.id).in_(ids)))
    return {occurrence.id: (occurrence, route) for occurrence, route in found}


def seeds_of(session: Session, occurrence_ids: Collection[UUID]) -> Sequence[RoundSeed]:
    """The seeds of the days of these rounds that draw challenges, oldest first."""
    rounds = session.exec(select(Occurrence).where(col(Occurrence.id).in_(occurrence_ids))).all()
    found = {seed.id: seed for seed in challenges.seeds_of(session, rounds).values()}
    return sorted((one for one in found.values() if one.challenges), key=lambda one: one.local_date)


def points_of(session: Session, routes: Collection[UUID]) -> dict[UUID, Checkpoint]:
    """The checkpoint of each stop of these routes."""
    statement = (
        select(RoutePoint.id, Checkpoint)
        .join(Checkpoint, col(Checkpoint.id) == RoutePoint.checkpoint_id)
        .where(col(RoutePoint.route_id).in_(routes))
    )
    return dict(session.exec(statement).all())


def questions(session: Session, templates: Collection[UUID]) -> dict[UUID, ChecklistItem]:
    """The questions of these checklists."""
    found = session.exec(select(ChecklistItem).where(col(ChecklistItem.template_id).in_(templates)))
    return {item.id: item for item in found}


def numbers_of(session: Session, site_id: UUID, refs: Sequence[str]) -> Iterator[int]:
    """The numbers of the links that vouch for these things."""
    for at in range(0, len(refs), AT_A_TIME):
        named = col(EvidenceEntry.ref_id).in_(refs[at : at + AT_A_TIME])
        yield from session.exec(
            select(EvidenceEntry.n).where(EvidenceEntry.site_id == site_id, named)
        )


def links(session: Session, site_id: UUID, first: int, last: int) -> Sequence[EvidenceEntry]:
    """The links of a chain from one number to another."""
    statement = select(EvidenceEntry).where(
        EvidenceEntry.site_id == site_id, EvidenceEntry.n >= first, EvidenceEntry.n <= last
    )
    return session.exec(statement.order_by(col(EvidenceEntry.n))).all()


def day_after(session: Session, site_id: UUID, n: int) -> EvidenceDay | None:
    """The first day whose head stands at this link or behind it."""
    days = select(EvidenceDay).where(EvidenceDay.site_id == site_id, EvidenceDay.n >= n)
    return session.exec(days.order_by(col(EvidenceDay.day)).limit(1)).first()
