"""What one person needs on the phone, in one answer and a fixed number of queries."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import is_dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from propapp.api.sync import SERVER
from propapp.api.who import SignedIn, session_name, token_of
from propapp.core.access import Actor, Permission
from propapp.core.clock import Clock, SystemClock
from propapp.core.sync.devices import epoch
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.goals.signing import letters_of
from propapp.features.messages import repository as messages
from propapp.features.messages.views import message_view
from propapp.features.orders.models import WorkOrder
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.orders.service import verbs_for
from propapp.features.orders.views import OrderView, Surroundings, order_view
from propapp.features.people import repository as people
from propapp.features.people.views import Names, me_view, staff_views
from propapp.features.phones.repository import ended_for
from propapp.features.photos import repository as photos
from propapp.features.planning.week import week_of
from propapp.features.rosters import mine
from propapp.features.rosters.repository import roster_around
from propapp.features.rounds.models import Run
from propapp.features.rounds.repository import RunRepository
from propapp.features.rounds.views import occurrence_view
from propapp.features.schedules import challenges
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.models import Occurrence
from propapp.features.schedules.rules import local_day
from propapp.features.schedules.views import challenge_days, challenges_in, route_view
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import checkpoint_view, place_view, site_view, unit_view
from propapp.features.standards import repository as standards
from propapp.features.standards.views import template_view

router = APIRouter()

BACK, AHEAD, WEEK = timedelta(hours=12), timedelta(hours=24), timedelta(days=8)
CLOSED_FOR = timedelta(days=3)
# A phone that hears of it later than this keeps saying that somebody looks at it.
ENDED_FOR = timedelta(days=30)
SESSION = "X-Propapp-Session"
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Encoding"}


@router.get("/snapshot")
def get_snapshot(request: Request, actor: SignedIn) -> Response:
    """The snapshot, or 304 when the phone has this very one; in either case of which session."""
    clock = SystemClock()
    content = snapshot(actor, clock)
    version = hashlib.sha256(to_json(content).encode()).hexdigest()[:32]
    headers = {**PRIVATE, "ETag": f'"{version}"', SESSION: session_name(token_of(request))}
    if _has(request, version):
        return Response(status_code=304, headers=headers)
    signed = {"server": SERVER, "server_time": clock.now(), "version": version, **content}
    body = to_json(signed).encode()
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 5), "gzip"
    return Response(body, media_type="application/json", headers=headers)


def snapshot(actor: Actor, clock: Clock) -> dict[str, Any]:
    """All of it but the time, for the same content must have the same version."""
    present = epoch()
    with looking(actor, clock=clock) as uow:
        here = sites.sites_of(uow.session, actor)
        # Asked for once: the day with all that is needed to walk it, the week in outline.
        coming = schedules.occurrences_for(uow.session, actor, uow.now - BACK, uow.now + WEEK)
        told, unread = messages.latest_of(uow.session, actor)
        return {
            "epoch": present,
            "me": me_view(actor, unread=unread),
            "sites": [site_view(site) for site in here],
            **_work(uow, coming),
            **_duty(uow, here, coming),
            "letters": letters_of(uow),
            "staff": staff_views(people.workers_for(uow.session, actor)),
            "units": [unit_view(*found) for found in sites.units_of(uow.session, actor)],
            "places": [place_view(place) for place in sites.places_of(uow.session, actor)],
            "messages": [message_view(one) for one in told],
            "ended": [
                one._asdict() for one in ended_for(uow.session, actor, since=uow.now - ENDED_FOR)
            ],
        }


def _duty(uow: UnitOfWork, here: Sequence[Site], coming: Sequence[Occurrence]) -> dict[str, Any]:
    """The days ahead, and what may be asked of the roster; nothing for whoever is on none."""
    if not uow.actor.may(Permission.ROSTER_ASK):
        return {"week": [], "duty": None}
    today = local_day(uow.now, here[0].zone)
    duties = roster_around(uow.session, uow.actor, today, today + mine.AHEAD)
    return {
        "week": week_of(uow, today, coming, duties),
        "duty": mine.duty_of(uow, duties, today),
    }


def _work(uow: UnitOfWork, coming: Sequence[Occurrence]) -> dict[str, Any]:
    """Rounds and orders, with the names of whoever stands in either asked for once."""
    occurrences = [one for one in coming if one.opens_at <= uow.now + AHEAD]
    runs = RunRepository(uow).of_occurrences([one.id for one in occurrences])
    orders = _visible_orders(uow)
    events = WorkOrderRepository(uow).timelines(orders)
    people_in = {run.person_id for run in runs} | {event.person_id for event in events}
    people_in |= {who for order in orders for who in (order.reported_by, order.assignee_id)}
    names = Names(people.by_ids(uow.session, people_in - {None}))  # type: ignore[arg-type]
    # The week in outline names every round of it, those of single jobs too.
    due = {one.route_id for one in coming}
    return {
        **_plan(uow, occurrences, due, runs, names),
        "orders": _orders(uow, orders, events, names),
    }


def _plan(
    uow: UnitOfWork,
    occurrences: list[Occurrence],
    due: Collection[UUID],
    runs: Sequence[Run],
    names: Names,
) -> dict[str, Any]:
    """The rounds of the day with all that is needed to walk them without a network."""
    session, me = uow.session, uow.actor.person_id
    routes = schedules.routes_for(session, uow.actor, due)
    points = schedules.points_of_routes(session, [route.id for route in routes])
    templates, items = standards.templates_with_items(
        session, {point.template_id for point in points}
    )
    reached = sites.checkpoints_with_places(session, {point.checkpoint_id for point in points})
    ids = {checkpoint.id for checkpoint, _ in reached}
    prints = sites.prints_of(session, ids)
    seeds = challenges.seeds_of(session, occurrences)
    drawn_from = challenge_days(seeds, occurrences, ids)
    asked = challenges_in(drawn_from, sites.challenges_of(session, ids) if drawn_from else ())
    return {
        "occurrences": [
            occurrence_view(one, runs, names, me=me, seed=seeds.get(one.id)) for one in occurrences
        ],
        "challenge_days": drawn_from,
        "routes": [route_view(route, points) for route in routes],
        "checkpoints": [
            checkpoint_view(checkpoint, place, prints[checkpoint.id], asked)
            for checkpoint, place in reached
        ],
        "templates": [template_view(template, items) for template in templates],
    }


def _orders(
    uow: UnitOfWork, rows: list[WorkOrder], events: Sequence[TimelineEvent], names: Names
) -> list[OrderView]:
    uses = photos.uses_of(uow.session, uow.actor, [order.id for order in rows])
    stored = photos.visible_among(uow.session, uow.actor, {use.sha256 for use in uses})
    beside = Surroundings(names, events, uses, stored)
    return [order_view(order, verbs_for(order, uow.actor, uow.now), beside) for order in rows]


def _visible_orders(uow: UnitOfWork) -> list[WorkOrder]:
    """Staff get what is open and what ended lately, owners all that is their own."""
    orders, found = WorkOrderRepository(uow), list[WorkOrder]()
    if uow.actor.may(Permission.ORDER_READ):
        found += orders.for_the_phone(closed_since=uow.now - CLOSED_FOR)
    if uow.actor.may(Permission.ORDER_READ_OWN):
        found += orders.reported_by_me()
    return list({order.id: order for order in found}.values())


def _has(request: Request, version: str) -> bool:
    said = request.headers.get("if-none-match", "")
    return any(tag.strip().removeprefix("W/").strip('"') == version for tag in said.split(","))


def to_json(value: Any) -> str:
    """The views as they travel."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return vars(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value))
