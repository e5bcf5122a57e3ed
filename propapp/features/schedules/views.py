"""Routes as a phone keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from propapp.features.schedules.models import Route, RoutePoint


@dataclass(frozen=True)
class PointView:
    """The n-th stop."""

    id: UUID
    position: int
    checkpoint_id: UUID
    template_id: UUID
    not_before: int


@dataclass(frozen=True)
class RouteView:
    """A route with its stops in order."""

    id: UUID
    site_id: UUID
    name: str
    name_en: str
    points: list[PointView]


def route_view(route: Route, points: Iterable[RoutePoint]) -> RouteView:
    """The route with those of the points that are its own."""
    own = [
        PointView(
            point.id, point.position, point.checkpoint_id, point.template_id, point.not_before
        )
        for point in points
        if point.route_id == route.id
    ]
    return RouteView(route.id, route.site_id, route.name, route.name_en, own)
