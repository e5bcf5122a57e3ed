"""Work orders the actor may see, and what reporting one has to look up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from propapp.core.access import Permission
from propapp.core.db.insert import insert_missing
from propapp.core.errors import NotFound
from propapp.core.repository import VisibleRows
from propapp.core.timeline import TimelineEvent
from propapp.features.orders.models import OPEN_STATUSES, OrderCounter, OrderStatus, WorkOrder
from propapp.features.sites.models import Building, Place, Site, Unit, UnitOwner


class WorkOrderRepository(VisibleRows[WorkOrder]):
    """Staff see the orders of their sites, owners see their own; others do not exist here."""

    model, kind, read = WorkOrder, "order", Permission.ORDER_READ

    def _visible_rows(self) -> SelectOfScalar[WorkOrder]:
        sites = col(WorkOrder.site_id)
        own = and_(
            sites.in_(self._actor.sites_where(Permission.ORDER_READ_OWN)),
            col(WorkOrder.reported_by) == self._actor.person_id,
        )
        return select(WorkOrder).where(or_(sites.in_(self._actor.sites_where(self.read)), own))

    def for_the_phone(self, *, closed_since: datetime, limit: int = 200) -> Sequence[WorkOrder]:
        """The open ones and those that ended lately, the most pressing first."""
        lately = or_(
            col(WorkOrder.status).in_(OPEN_STATUSES),
            col(WorkOrder.completed_at) >= closed_since,
            col(WorkOrder.closed_at) >= closed_since,
        )
        pressing = self._visible.where(lately).order_by(col(WorkOrder.due_at)).limit(limit)
        return self._session.exec(pressing).all()

    def reported_by_me(self, *, limit: int = 200) -> Sequence[WorkOrder]:
        """What the actor reported, newest first."""
        mine = self._visible.where(WorkOrder.reported_by == self._actor.person_id)
        newest = mine.order_by(col(WorkOrder.reported_at).desc()).limit(limit)
        return self._session.exec(newest).all()

    def newest_at(self, site_id: UUID, *, limit: int) -> Sequence[WorkOrder]:
        """The orders of a site that the actor may see, the newest first."""
        mine = self._visible.where(WorkOrder.site_id == site_id)
        newest = mine.order_by(col(WorkOrder.reported_at).desc(), col(WorkOrder.number).desc())
        return self._session.exec(newest.limit(limit)).all()

    def get_by_number(self, number: str) -> WorkOrder:
        """As ``get``, by the number that people say."""
        wanted = self._visible.where(WorkOrder.number == number)
        order = self._session.exec(wanted).one_or_none()
        if order is None:
            raise NotFound(kind=self.kind)
        return self.get(order.id)

    def timelines(self, orders: Sequence[WorkOrder]) -> Sequence[TimelineEvent]:
        """What happened to these orders, which the actor is known to see."""
        statement = select(TimelineEvent).where(
            TimelineEvent.thing_kind == self.kind,
            col(TimelineEvent.thing_id).in_([order.id for order in orders]),
        )
        return self._session.exec(statement.order_by(col(TimelineEvent.occurred_at))).all()


def by_ids(session: Session, order_ids: Sequence[UUID]) -> dict[UUID, WorkOrder]:
    """The orders under these ids, whoever may see them; for the house's own work."""
    found = session.exec(select(WorkOrder).where(col(WorkOrder.id).in_(order_ids)))
    return {order.id: order for order in found}


def take_unclaimed(session: Session, order: WorkOrder, *, by: UUID, at: datetime) -> bool:
    """Give the order to this person if it is still nobody's; the database decides who was first."""
    statement = (
        update(WorkOrder)
        .where(
            col(WorkOrder.id) == order.id,
            col(WorkOrder.assignee_id).is_(None),
            col(WorkOrder.status) == OrderStatus.REPORTED,
        )
        .values(
            assignee_id=by,
            status=OrderStatus.ASSIGNED,
            responded_at=order.responded_at or at,
            version=WorkOrder.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    won = session.exec(statement).rowcount == 1
    session.refresh(order)
    return won


def next_count(session: Session, site_id: UUID, day: date, *, by: int = 1) -> int:
    """The first of so many fresh numbers at the site on this day."""
    insert_missing(session, [OrderCounter(site_id=site_id, day=day, last=0)])
    statement = (
        update(OrderCounter)
        .where(col(OrderCounter.site_id) == site_id, col(OrderCounter.day) == day)
        .values(last=OrderCounter.last + by)
        .returning(col(OrderCounter.last))
        .execution_options(synchronize_session=False)
    )
    return session.exec(statement).scalar_one() - by + 1


def site_and_whether_alone(session: Session, site_id: UUID) -> tuple[Site, bool]:
    """The site, and whether it is the only one served here."""
    wanted_first = select(Site).order_by(col(Site.id) != site_id).limit(2)
    found = session.exec(wanted_first).all()
    return found[0], len(found) == 1


def unit_at(session: Session, site_id: UUID, unit_id: UUID) -> tuple[Unit, Building]:
    """A unit of the site with its building."""
    statement = (
        select(Unit, Building)
        .join(Building, col(Building.id) == Unit.building_id)
        .where(Unit.id == unit_id, Unit.site_id == site_id)
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound(kind="unit")
    return found


def place_at(session: Session, site_id: UUID, place_id: UUID) -> tuple[Place, Building | None]:
    """A public place of the site with its building, if it stands in one."""
    statement = (
        select(Place, Building)
        .join(Building, col(Building.id) == Place.building_id, isouter=True)
        .where(Place.id == place_id, Place.site_id == site_id)
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound(kind="place")
    return found


def owns(session: Session, person_id: UUID, unit_id: UUID) -> bool:
    """Whether the unit is this person's."""
    return session.get(UnitOwner, (unit_id, person_id)) is not None
