"""Routes: made and changed; what was walked keeps the stops that it was walked by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import NotFound, RouteEmpty, RouteScheduled
from propapp.core.guards import needs_free
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.schedules import repository
from propapp.features.schedules.commands import GiveUpRoute, KeepRoute, StopSpec
from propapp.features.schedules.models import Route, RoutePoint
from propapp.features.schedules.repository import RouteRepository
from propapp.features.sites import repository as sites
from propapp.features.standards import repository as standards


@use_case("route.keep", Permission.SCHEDULE_WRITE)
def keep_route(uow: UnitOfWork, command: KeepRoute) -> Route:
    """Make a route, or change it. A round under way goes on as it was begun."""
    uow.allow_in(command.site_id)
    sites.hold(uow.session, command.site_id)
    route = RouteRepository(uow).known_at(command.route_id, command.site_id)
    _refuse_impossible(uow, command)
    made = route is None
    route = route or Route(id=command.route_id, site_id=command.site_id, role=command.role, name="")
    changed = made | (not route.active) | _named(route, command)
    route.active = True
    uow.session.add(route)
    uow.session.flush()
    changed |= lay(uow, route, command.stops)
    if changed:
        _tell(uow, route, "made" if made else "changed", len(command.stops))
    return route


@use_case("route.give_up", Permission.SCHEDULE_WRITE)
def give_up_route(uow: UnitOfWork, command: GiveUpRoute) -> Route:
    """Offer it nowhere any more. A round under way, and what was walked, keeps its stops."""
    route = RouteRepository(uow).get(command.route_id)
    count = repository.count_running(uow.session, route.id)
    if count:
        raise RouteScheduled(name=route.name, name_en=route.name_en, count=count)
    if route.active:
        route.active = False
        _tell(uow, route, "given_up", len(repository.points_of(uow.session, route.id)))
    return route


def _refuse_impossible(uow: UnitOfWork, command: KeepRoute) -> None:
    if not command.stops:
        raise RouteEmpty
    named = repository.route_named(uow.session, command.site_id, command.name)
    needs_free(command.name, named, command.route_id)
    points = frozenset(one.checkpoint_id for one in command.stops)
    if len(sites.checkpoints_among(uow.session, command.site_id, points)) != len(points):
        raise NotFound(kind="checkpoint")
    lists = frozenset(one.template_id for one in command.stops)
    if len(standards.checklist_codes(uow.session, lists)) != len(lists):
        raise NotFound(kind="checklist")


def _named(route: Route, command: KeepRoute) -> bool:
    """Whether its name or its post is another than it was."""
    before = (route.name, route.name_en, route.role)
    route.name, route.name_en, route.role = command.name, command.name_en, command.role
    return before != (route.name, route.name_en, route.role)


@internal
def lay(uow: UnitOfWork, route: Route, wanted: Sequence[StopSpec]) -> bool:
    """Give the route these stops, in this order; whether any of them is another.

    A new version of its checklist or another minute changes a stop, for a visit keeps what it
    answered. Another point or checklist is another stop, and the one before it stays for whatever
    was walked by it.
    """
    stops = {stop.position: stop for stop in repository.points_of(uow.session, route.id)}
    codes = standards.checklist_codes(
        uow.session,
        {one.template_id for one in wanted} | {stop.template_id for stop in stops.values()},
    )

    def is_same(stop: RoutePoint | None, one: StopSpec) -> bool:
        return (
            stop is not None
            and stop.checkpoint_id == one.checkpoint_id
            and codes[stop.template_id] == codes[one.template_id]
        )

    kept = {at: stops[at] for at, one in enumerate(wanted, 1) if is_same(stops.get(at), one)}
    gone = [stop for at, stop in stops.items() if at not in kept]
    for stop in gone:
        stop.replaced_at = uow.now
    # Two stops may not stand at one position, not even between two statements.
    uow.session.flush()
    # The first stops of a route were never not there, whatever the clock of a phone says.
    placed_at = uow.now if stops else None
    fresh = [
        _stop(route.id, at, one, placed_at) for at, one in enumerate(wanted, 1) if at not in kept
    ]
    uow.session.add_all(fresh)
    other = [stop for at, stop in kept.items() if _change(stop, wanted[at - 1])]
    uow.session.flush()
    return bool(gone or fresh or other)


def _stop(
    route_id: UUID, position: int, wanted: StopSpec, placed_at: datetime | None
) -> RoutePoint:
    return RoutePoint(
        route_id=route_id,
        position=position,
        checkpoint_id=wanted.checkpoint_id,
        template_id=wanted.template_id,
        not_before=wanted.not_before,
        placed_at=placed_at,
    )


def _change(stop: RoutePoint, wanted: StopSpec) -> bool:
    before = (stop.template_id, stop.not_before)
    stop.template_id, stop.not_before = wanted.template_id, wanted.not_before
    return before != (stop.template_id, stop.not_before)


def _tell(uow: UnitOfWork, route: Route, past: str, stops: int) -> None:
    said = {"name": route.name, "name_en": route.name_en, "role": route.role, "stops": stops}
    keep_and_record(uow, route, "route", past, **said)


@internal
def follow_checklists(uow: UnitOfWork) -> int:
    """Let every stop that is walked ask the newest version of its checklist; how many did not.

    A job keeps the words that its plan was made under. Twice in a row changes nothing more.
    """
    newest = standards.newest_checklists(uow.session)
    behind = repository.stops_behind(uow.session, {one.id for one in newest.values()})
    codes = standards.checklist_codes(uow.session, {stop.template_id for stop in behind})
    other = [stop for stop in behind if codes[stop.template_id] in newest]
    for stop in other:
        stop.template_id = newest[codes[stop.template_id]].id
        uow.session.add(stop)
    uow.session.flush()
    return len(other)
