"""Empty databases, and sites, routes and a year of rounds to fill them with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from propapp.core.access import Actor, Role
from propapp.core.db import migrate
from propapp.core.db.engine import engine, engine_for, write_session
from propapp.core.ids import derived_id
from propapp.core.settings import settings
from propapp.features.orders.models import Category, OrderStatus, Priority, Source, WorkOrder
from propapp.features.people.models import Person
from propapp.features.photos.models import Photo, PhotoPurpose, PhotoUse
from propapp.features.photos.repository import ORDER
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.horizon import HORIZON
from propapp.features.schedules.models import Occurrence, Route, TaskSchedule, Trigger
from propapp.features.schedules.rules import dated, days
from propapp.features.sites.models import Site

NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
ZONE = "Asia/Shanghai"
WINDOWS = 24
_HOUR = 60
_AT_ONCE = 20_000

Row = dict[str, Any]


@contextmanager
def database() -> Iterator[Path]:
    """A data folder of its own, with every table and no row."""
    with TemporaryDirectory() as folder:
        os.environ.update({"PROPAPP_DATA": folder, "PROPAPP_DATABASE": ""})
        settings.cache_clear()
        migrate.upgrade()
        yield Path(folder)
        engine().dispose()
        engine_for.cache_clear()


def a_site(number: int) -> UUID:
    """The id of the n-th site."""
    return derived_id("bench", "site", number)


def manager(sites: int) -> Actor:
    """Somebody who may open the board of every site."""
    roles = {a_site(number): frozenset({Role.MANAGER}) for number in range(sites)}
    return Actor(derived_id("bench", "person"), "bench", roles=roles)


def sites_and_routes(sites: int, routes: int) -> None:
    """Sites with routes, each with a round every hour of every day."""
    with write_session() as session, session.begin():
        for number in range(sites):
            _put(session, Site, [_site(number)])
            made = [_route(number, route) for route in range(routes)]
            _put(session, Route, made)
            _put(session, TaskSchedule, [_schedule(route) for route in made])


def a_year_of_rounds(sites: int, routes: int, per_day: int) -> int:
    """All rounds since a year ago and to the horizon, walked but for one in fifty; their count."""
    who = Person(id=derived_id("bench", "person"), name="bench", created_at=NOW)
    today, stored = NOW.date(), 0
    with write_session() as session, session.begin():
        session.add(who)
        session.flush()
        for number in range(sites):
            for route in range(routes):
                rounds = [
                    row
                    for day in days(today - timedelta(days=365), today + HORIZON)
                    for row in _rounds(number, route, day, per_day)
                ]
                _put(session, Occurrence, rounds)
                past = [row for row in rounds if row["closes_at"] <= NOW]
                _put(session, Run, [_run(row, who.id) for row in past if not row["missed_at"]])
                stored += len(rounds)
    return stored


def a_year_of_orders(sites: int, per_day: int) -> int:
    """All troubles since a year ago, each with a photo of before and one of after; their count.

    Those of the last two days are open; nobody has taken every third of these.
    """
    who, stored = derived_id("bench", "person"), 0
    with write_session() as session, session.begin():
        for number in range(sites):
            reported = [
                NOW - timedelta(minutes=5 + 24 * 60 * one // per_day)
                for one in range(365 * per_day)
            ]
            orders = [_order(number, one, at, who) for one, at in enumerate(reported)]
            shots = [shot for order in orders for shot in _shots(order, who)]
            _put(session, WorkOrder, orders)
            _put(session, PhotoUse, shots)
            _put(session, Photo, [_photo(shot) for shot in shots])
            stored += len(orders)
    return stored


def _put(session: Session, model: type[SQLModel], rows: list[Row]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        session.connection().execute(insert(model), rows[start : start + _AT_ONCE])


def _site(number: int) -> Row:
    return {
        "id": a_site(number),
        "code": f"S{number:03}",
        "name": f"S{number:03}",
        "name_en": f"Site {number}",
        "zone": ZONE,
    }


def _route(site: int, number: int) -> Row:
    return {
        "id": derived_id("bench", "route", site, number),
        "site_id": a_site(site),
        "name": f"R{number}",
        "name_en": f"Route {number}",
        "role": Role.GUARD,
        "active": True,
    }


def _schedule(route: Row) -> Row:
    windows = [{"opens": hour * _HOUR, "minutes": _HOUR, "grace": 10} for hour in range(WINDOWS)]
    return {
        "id": derived_id("bench", "schedule", route["id"]),
        "site_id": route["site_id"],
        "route_id": route["id"],
        "trigger": Trigger.CALENDAR,
        "windows": windows,
        "starts": date(2026, 1, 1),
        "ends": date(2026, 12, 31),
    }


def _rounds(site: int, route: int, day: date, per_day: int) -> Iterator[Row]:
    length = WINDOWS * _HOUR // per_day
    for number in range(per_day):
        made = dated(day, opens=number * length, minutes=length, zone=ZONE)
        missed = (day.toordinal() + number) % 50 == 0 and made.closes_at < NOW
        yield {
            "id": derived_id("bench", "round", site, route, made.opens_at),
            "site_id": a_site(site),
            "route_id": derived_id("bench", "route", site, route),
            "local_date": day,
            "opens_at": made.opens_at,
            "closes_at": made.closes_at,
            "missed_at": made.closes_at if missed else None,
        }


def _run(row: Row, who: UUID) -> Row:
    return {
        "id": derived_id("bench", "run", row["id"]),
        "site_id": row["site_id"],
        "occurrence_id": row["id"],
        "route_id": row["route_id"],
        "person_id": who,
        "status": RunStatus.SEALED,
        "points_total": 12,
        "points_done": 12,
        "started_at": row["opens_at"],
        "started_received_at": row["opens_at"],
    }


def _order(site: int, number: int, at: datetime, who: UUID) -> Row:
    is_open = at > NOW - timedelta(days=2)
    taken = not is_open or number % 3 > 0
    over = None if is_open else at + timedelta(hours=5)
    status = OrderStatus.ASSIGNED if taken else OrderStatus.REPORTED
    return {
        "id": derived_id("bench", "order", site, number),
        "number": f"S{site:03}-{number}",
        "site_id": a_site(site),
        "source": Source.OWNER,
        "category": Category.WATER,
        "priority": Priority.NORMAL,
        "status": status if is_open else OrderStatus.CLOSED,
        "title": "The tap drips",
        "reported_by": who,
        "reported_at": at,
        "respond_by": at + timedelta(hours=1),
        "due_at": at + timedelta(days=1),
        "assignee_id": who if taken else None,
        "responded_at": at + timedelta(minutes=20) if taken else None,
        "completed_at": over,
        "closed_at": over,
    }


def _shots(order: Row, who: UUID) -> Iterator[Row]:
    for purpose in (PhotoPurpose.BEFORE, PhotoPurpose.AFTER):
        yield {
            "id": derived_id("bench", "use", order["id"], purpose.value),
            "sha256": derived_id("bench", "photo", order["id"], purpose.value).hex * 2,
            "site_id": order["site_id"],
            "thing_kind": "event",
            "thing_id": derived_id("bench", "event", order["id"], purpose.value),
            "parent_kind": ORDER,
            "parent_id": order["id"],
            "owner_id": who,
            "purpose": purpose,
            "position": 0,
            "person_id": who,
            "taken_at": order["reported_at"],
            "received_at": order["reported_at"],
        }


def _photo(shot: Row) -> Row:
    return {
        "sha256": shot["sha256"],
        "size": 350_000,
        "format": "JPEG",
        "width": 2048,
        "height": 1536,
        "stored_at": shot["received_at"],
    }
