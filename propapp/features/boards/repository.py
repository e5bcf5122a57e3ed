"""The board's questions about one site: a fixed number of them, however much is stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, exists, func, not_, or_
from sqlmodel import col, select

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.rows import (
    DayCount,
    LookRow,
    OpenOrder,
    OrderCount,
    PhotoFact,
    Round,
    ShownPhoto,
    Span,
    Walk,
)
from propapp.features.boards.rules import RANK, SOON
from propapp.features.orders.models import OPEN_STATUSES, Priority, WorkOrder
from propapp.features.people.models import Person
from propapp.features.photos.models import Photo, PhotoPurpose, PhotoUse
from propapp.features.photos.repository import ORDER, visible_uses
from propapp.features.rounds.models import Answer, Run, RunStatus, Visit
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.schedules.repository import stops_when_opened
from propapp.features.sites.models import Checkpoint, Site

# A window may be so long; the index is by opening, the question by what touches the day.
_LONGEST_WINDOW = timedelta(days=1)
_RANK: ColumnElement[int] = case(
    *[(col(WorkOrder.priority) == priority, rank) for priority, rank in RANK.items()]
)


def sites_of(uow: UnitOfWork, permission: Permission = Permission.BOARD_READ) -> Sequence[Site]:
    """The sites whose board the actor may open, by name."""
    wanted = select(Site).where(col(Site.id).in_(uow.actor.sites_where(permission)))
    return uow.session.exec(wanted.order_by(Site.code)).all()


class BoardRepository:
    """What the board of one site shows; sites the actor has no board of do not exist here."""

    def __init__(self, uow: UnitOfWork, site_id: UUID) -> None:
        if site_id not in uow.actor.sites_where(Permission.BOARD_READ):
            raise NotFound(kind="site")
        self._session = uow.session
        self._actor = uow.actor
        self._site = site_id
        self._now = uow.now

    def rounds_touching(self, first: datetime, last: datetime) -> Sequence[Round]:
        """The windows open at some instant of this stretch, by route and opening."""
        statement = (
            select(Occurrence, Route.name, Route.name_en, stops_when_opened())
            .join(Route, col(Route.id) == Occurrence.route_id)
            .where(
                Occurrence.site_id == self._site,
                Occurrence.opens_at >= first - _LONGEST_WINDOW,
                Occurrence.opens_at < last,
                Occurrence.closes_at > first,
                is_wanted(),
            )
            .order_by(col(Route.id), col(Occurrence.opens_at))
        )
        return [Round(*found) for found in self._session.exec(statement)]

    def runs_of(self, occurrence_ids: Collection[UUID]) -> Sequence[Walk]:
        """The runs of these rounds and who walked them."""
        statement = (
            select(Run, Person.name, Person.name_en)
            .join(Person, col(Person.id) == Run.person_id)
            .where(col(Run.occurrence_id).in_(occurrence_ids))
        )
        return [Walk(*found) for found in self._session.exec(statement)]

    def order_counts(self, tomorrow: datetime) -> Sequence[OrderCount]:
        """Open orders by deadline and priority, and how many of them need somebody now."""
        bucket = case(
            (col(WorkOrder.due_at) < self._now, "overdue"),
            (col(WorkOrder.due_at) < self._now + SOON, "soon"),
            (col(WorkOrder.due_at) < tomorrow, "today"),
            else_="later",
        )
        pressing = func.sum(case((self._is_pressing(), 1), else_=0))
        statement = (
            select(bucket, col(WorkOrder.priority), func.count(), pressing)
            .where(*self._open())
            .group_by(bucket, col(WorkOrder.priority))
        )
        return [OrderCount(*found) for found in self._session.exec(statement)]

    def pressing_orders(self, *, limit: int) -> Sequence[OpenOrder]:
        """Those that need somebody now, the most urgent and longest waiting first."""
        return self._open_orders(self._is_pressing(), _RANK, col(WorkOrder.due_at), limit=limit)

    def coming_orders(self, *, limit: int) -> Sequence[OpenOrder]:
        """The others, by deadline."""
        return self._open_orders(not_(self._is_pressing()), col(WorkOrder.due_at), limit=limit)

    def defects(self, *, limit: int) -> Sequence[WorkOrder]:
        """The last troubles that came with a photo, newest first."""
        has_photo = exists().where(
            col(PhotoUse.parent_id) == WorkOrder.id,
            col(PhotoUse.parent_kind) == ORDER,
            col(PhotoUse.purpose) == PhotoPurpose.BEFORE,
        )
        statement = select(WorkOrder).where(WorkOrder.site_id == self._site, has_photo)
        newest = statement.order_by(col(WorkOrder.reported_at).desc()).limit(limit)
        return self._session.exec(newest).all()

    def photos_of(self, parents: Collection[UUID]) -> Sequence[PhotoFact]:
        """The photos of these orders or runs that the actor may see, in the order given."""
        statement = (
            select(PhotoUse, Photo.stored_at)
            .join(Photo, col(Photo.sha256) == PhotoUse.sha256, isouter=True)
            .where(col(PhotoUse.parent_id).in_(parents), visible_uses(self._actor))
            .order_by(col(PhotoUse.received_at), col(PhotoUse.position))
        )
        return [PhotoFact(*found) for found in self._session.exec(statement)]

    def spans_since(self, first: datetime, before: datetime | None = None) -> Sequence[Span]:
        """How long every order reported since then, or until before an instant, took."""
        statement = select(
            col(WorkOrder.priority),
            col(WorkOrder.reported_at),
            col(WorkOrder.responded_at),
            col(WorkOrder.completed_at),
        ).where(WorkOrder.site_id == self._site, WorkOrder.reported_at >= first)
        if before is not None:
            statement = statement.where(WorkOrder.reported_at < before)
        return [Span(*found) for found in self._session.exec(statement)]

    def days_since(self, first: datetime) -> Sequence[DayCount]:
        """How the rounds since then ended, day by day; those still open are not counted."""
        done = exists().where(
            col(Run.occurrence_id) == Occurrence.id,
            col(Run.in_window).is_(True),
            col(Run.status) != RunStatus.RUNNING,
        )
        over = or_(col(Occurrence.closes_at) < self._now, done)
        statement = (
            select(
                col(Occurrence.local_date),
                func.count(),
                func.sum(case((done, 1), else_=0)),
                func.sum(case((col(Occurrence.missed_at).is_not(None), 1), else_=0)),
            )
            .where(
                Occurrence.site_id == self._site,
                Occurrence.opens_at >= first,
                Occurrence.opens_at <= self._now,
                is_wanted(),
                over,
            )
            .group_by(col(Occurrence.local_date))
            .order_by(col(Occurrence.local_date))
        )
        return [DayCount(*found) for found in self._session.exec(statement)]

    def _open(self) -> tuple[ColumnElement[bool], ...]:
        return (
            col(WorkOrder.site_id) == self._site,
            col(WorkOrder.status).in_(OPEN_STATUSES),
        )

    def _is_pressing(self) -> ColumnElement[bool]:
        return is_pressing(self._now)

    def _open_orders(
        self, wanted: ColumnElement[bool], *order: SQLColumnExpression[Any], limit: int
    ) -> Sequence[OpenOrder]:
        statement = (
            select(WorkOrder, Person.name, Person.name_en)
            .join(Person, col(Person.id) == WorkOrder.assignee_id, isouter=True)
            .where(*self._open(), wanted)
            .order_by(*order, col(WorkOrder.id))
            .limit(limit)
        )
        return [OpenOrder(*found) for found in self._session.exec(statement)]


def is_pressing(now: datetime) -> ColumnElement[bool]:
    """Whether an open order needs somebody now."""
    nobody = col(WorkOrder.assignee_id).is_(None)
    return or_(
        col(WorkOrder.due_at) < now,
        and_(nobody, col(WorkOrder.respond_by) < now),
        and_(nobody, col(WorkOrder.priority) == Priority.URGENT),
    )


def is_wanted() -> ColumnElement[bool]:
    """Withdrawn rounds are shown only where somebody walked them all the same."""
    walked = exists().where(col(Run.occurrence_id) == Occurrence.id)
    # Its own runs, also where the question around it is about runs.
    return or_(col(Occurrence.withdrawn_at).is_(None), walked.correlate(Occurrence))


def shown_photo(uow: UnitOfWork, sha256: str, thing_id: UUID | None = None) -> ShownPhoto:
    """How the photo was taken for this thing, else first; if the actor may see what it is of."""
    others = case((col(PhotoUse.parent_id) == thing_id, 0), else_=1)
    statement = (
        select(PhotoUse, Person, WorkOrder, Checkpoint)
        .join(Person, col(Person.id) == PhotoUse.person_id)
        .join(WorkOrder, col(WorkOrder.id) == PhotoUse.parent_id, isouter=True)
        .join(Answer, col(Answer.id) == PhotoUse.thing_id, isouter=True)
        .join(Visit, col(Visit.id) == Answer.visit_id, isouter=True)
        .join(Checkpoint, col(Checkpoint.id) == Visit.checkpoint_id, isouter=True)
        .where(PhotoUse.sha256 == sha256, visible_uses(uow.actor))
        .order_by(others, col(PhotoUse.received_at))
        .limit(1)
    )
    found = uow.session.exec(statement).first()
    if found is None:
        raise NotFound(kind="photo")
    return ShownPhoto(*found)


def look_rows(uow: UnitOfWork, visit_ids: Collection[UUID]) -> dict[UUID, LookRow]:
    """Visits that the actor was found to judge, with all that names them."""
    statement = (
        select(Visit, Run, Route, Checkpoint)
        .join(Run, col(Run.id) == Visit.run_id)
        .join(Route, col(Route.id) == Run.route_id)
        .join(Checkpoint, col(Checkpoint.id) == Visit.checkpoint_id)
        .where(col(Visit.id).in_(visit_ids))
    )
    return {found[0].id: LookRow(*found) for found in uow.session.exec(statement)}


def photos_of_visits(uow: UnitOfWork, visit_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The photos of these visits that are here and that the actor may see, by visit."""
    answers = (
        select(Answer.visit_id, PhotoUse.sha256)
        .join(PhotoUse, col(PhotoUse.thing_id) == Answer.id)
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .where(col(Answer.visit_id).in_(visit_ids), visible_uses(uow.actor))
    )
    # A detail that was asked for by lot belongs to the visit itself.
    details = (
        select(PhotoUse.thing_id, PhotoUse.sha256)
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .where(col(PhotoUse.thing_id).in_(visit_ids), visible_uses(uow.actor))
    )
    found: dict[UUID, list[str]] = {}
    for statement in (details, answers):
        for visit_id, sha256 in uow.session.exec(statement):
            found.setdefault(visit_id, []).append(sha256)
    return found
