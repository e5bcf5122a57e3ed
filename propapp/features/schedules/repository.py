"""Routes and occurrences the actor may see, and the windows that occurrences are made from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from propapp.core.access import Actor, Permission, Role
from propapp.core.repository import VisibleRows
from propapp.features.schedules.models import Occurrence, Route, RoutePoint, RouteWindow
from propapp.features.sites.models import Site


class OccurrenceRepository(VisibleRows[Occurrence]):
    """Occurrences of routes at the actor's sites."""

    model, kind, read = Occurrence, "occurrence", Permission.ROUND_READ

    def between(self, first: datetime, last: datetime) -> Sequence[Occurrence]:
        """Those whose windows touch this stretch of time, earliest first."""
        touching = self._visible.where(Occurrence.closes_at >= first, Occurrence.opens_at <= last)
        return self._session.exec(touching.order_by(col(Occurrence.opens_at))).all()


class RouteRepository(VisibleRows[Route]):
    """Routes at the actor's sites."""

    model, kind, read = Route, "route", Permission.ROUND_READ

    def active(self) -> Sequence[Route]:
        """Those that are walked at present."""
        return self._session.exec(self._visible.where(col(Route.active).is_(True))).all()


def points_of(session: Session, route_id: UUID) -> Sequence[RoutePoint]:
    """The stops of a route in their order."""
    stops = select(RoutePoint).where(RoutePoint.route_id == route_id)
    return session.exec(stops.order_by(col(RoutePoint.position))).all()


def occurrences_for(
    session: Session, actor: Actor, first: datetime, last: datetime
) -> Sequence[Occurrence]:
    """Those of the actor's own routes whose windows touch this stretch of time, earliest first."""
    statement = (
        select(Occurrence)
        .join(Route, col(Route.id) == Occurrence.route_id)
        .where(Occurrence.closes_at >= first, Occurrence.opens_at <= last, _walked_by(actor))
    )
    return session.exec(statement.order_by(col(Occurrence.opens_at))).all()


def routes_for(session: Session, actor: Actor) -> Sequence[Route]:
    """The routes that are the actor's to walk, the ones given up included while rounds remain."""
    return session.exec(select(Route).where(_walked_by(actor)).order_by(col(Route.name))).all()


def points_of_routes(session: Session, route_ids: Collection[UUID]) -> Sequence[RoutePoint]:
    """The stops of these routes, each route's in their order."""
    stops = select(RoutePoint).where(col(RoutePoint.route_id).in_(route_ids))
    return session.exec(stops.order_by(col(RoutePoint.route_id), col(RoutePoint.position))).all()


def _walked_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a route is for a post the actor holds at its site; leaders hold all."""
    readable = actor.sites_where(Permission.ROUND_READ)
    posts = [
        and_(
            col(Route.site_id) == site_id,
            true() if Role.SUPERVISOR in roles else col(Route.role).in_(roles),
        )
        for site_id, roles in actor.roles.items()
        if site_id in readable
    ]
    return or_(false(), *posts)


def active_windows(session: Session) -> Sequence[tuple[RouteWindow, Route, Site]]:
    """Every window of every active route at every site; for the house's own sweep."""
    statement = (
        select(RouteWindow, Route, Site)
        .join(Route, col(Route.id) == RouteWindow.route_id)
        .join(Site, col(Site.id) == Route.site_id)
        .where(col(Route.active).is_(True))
    )
    return session.exec(statement).all()
