"""A small but whole site for tests of the domain, and what people do on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, select

from propapp.core.access import Actor, Role
from propapp.core.clock import FixedClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.ids import derived_id, uuid7
from propapp.core.sync.devices import epoch
from propapp.core.unit_of_work import Origin, UnitOfWork, unit_of_work
from propapp.core.use_case import load_use_cases
from propapp.features.orders.models import Category, OrderStatus, Priority, Source, WorkOrder
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.photos.commands import Shot
from propapp.features.photos.models import Photo, PhotoPart, PhotoUse
from propapp.features.rounds.models import Visit
from propapp.features.schedules.models import Occurrence, Route, RoutePoint, TaskSchedule
from propapp.features.sites.models import (
    Building,
    Checkpoint,
    CheckpointCode,
    Place,
    PlaceKind,
    Site,
    Unit,
    UnitOwner,
)
from propapp.features.standards.models import ChecklistItem, ChecklistTemplate, ItemKind

RowT = TypeVar("RowT", bound=SQLModel)

NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # noon in Shanghai, on a Tuesday


def save(*rows: SQLModel) -> None:
    """Put rows into the database in the order of their dependencies."""
    with write_session() as session, session.begin():
        for row in rows:
            session.add(row)
            session.flush()


@contextmanager
def looking() -> Iterator[Session]:
    """A session for looking at what became of it."""
    with read_session() as session:
        yield session


def found(model: type[RowT], row_id: UUID) -> RowT:
    """The row as it stands in the database now."""
    with looking() as session:
        row = session.get(model, row_id)
    assert row is not None
    return row


def rows(model: type[RowT], **wanted: Any) -> list[RowT]:
    """All rows with these values."""
    with looking() as session:
        return list(session.exec(select(model).filter_by(**wanted)))


@dataclass
class World:
    """One site with a unit, a place, a route of three points and people of all roles."""

    site: Site
    clock: FixedClock
    building: Building
    unit: Unit
    lobby: Place
    template: ChecklistTemplate
    items: list[ChecklistItem]
    checkpoints: list[Checkpoint]
    route: Route
    points: list[RoutePoint]
    people: dict[str, Actor] = field(default_factory=dict)

    def code(self, stop: int) -> str:
        """What the code at a stop of the route says."""
        return f"secret-{self.site.id}-{stop}"

    def actor(self, name: str) -> Actor:
        """The person of this name, by default the one named after the role."""
        return self.people[name]

    def person(self, name: str, *roles: Role, locale: str = "zh-CN") -> Actor:
        """A further person with these roles here."""
        actor = a_person(name, {self.site.id: roles}, locale=locale)
        self.people[name] = actor
        return actor

    @contextmanager
    def work(self, name: str, *, at: datetime | None = None) -> Iterator[UnitOfWork]:
        """A transaction of this person, on behalf of their phone when a time is named."""
        with unit_of_work(self.actor(name), clock=self.clock) as uow:
            yield uow.from_operation(Origin(occurred_at=at)) if at else uow

    def do(self, name: str, verb: str, /, *, at: datetime | None = None, **values: Any) -> Any:
        """Let the person do this through the one door."""
        case = load_use_cases()[verb]
        with self.work(name, at=at) as uow:
            return case.run(uow, case.command_type(**values))


def a_person(
    name: str, roles: dict[UUID, tuple[Role, ...]], *, locale: str = "zh-CN", active: bool = True
) -> Actor:
    """A person in the database, as an actor."""
    person = Person(
        id=uuid7(), name=name, name_en=name.title(), locale=locale, active=active, created_at=NOON
    )
    held = [
        RoleAssignment(person_id=person.id, site_id=site, role=role)
        for site, all_roles in roles.items()
        for role in all_roles
    ]
    save(person, *held)
    return Actor(
        person_id=person.id,
        name=person.name,
        name_en=person.name_en,
        locale=locale,
        roles={site: frozenset(all_roles) for site, all_roles in roles.items()},
    )


def a_world(code: str = "CH", zone: str = "Asia/Shanghai", *, people: bool = True) -> World:
    """A site at noon with everything on it that a test may need."""
    # A server that was started knows itself.
    epoch()
    site = Site(id=uuid7(), code=code, name=f"Site {code}", name_en=f"Site {code}", zone=zone)
    building = Building(id=uuid7(), site_id=site.id, name="B1", name_en="Bldg 1", floors=11)
    unit = Unit(id=uuid7(), site_id=site.id, building_id=building.id, number="0302")
    lobby = Place(
        id=uuid7(),
        site_id=site.id,
        building_id=building.id,
        kind=PlaceKind.LOBBY,
        name="Hall",
        name_en="Lobby",
    )
    template, items = a_checklist(f"patrol-{code}")
    checkpoints = [_checkpoint(site, lobby, number) for number in (1, 2, 3)]
    codes = [_code(point, number) for number, point in enumerate(checkpoints, start=1)]
    route = Route(id=uuid7(), site_id=site.id, name="Night", name_en="Night round", role=Role.GUARD)
    points = [
        RoutePoint(
            id=uuid7(),
            route_id=route.id,
            position=number,
            checkpoint_id=checkpoint.id,
            template_id=template.id,
        )
        for number, checkpoint in enumerate(checkpoints, start=1)
    ]
    save(site, building, unit, lobby, template, *items, *checkpoints, *codes, route, *points)
    world = World(
        site, FixedClock(NOON), building, unit, lobby, template, items, checkpoints, route, points
    )
    if people:
        for role in Role:
            world.person(role.value, role)
        save(UnitOwner(unit_id=unit.id, person_id=world.actor("owner").person_id))
    return world


def a_checklist(code: str) -> tuple[ChecklistTemplate, list[ChecklistItem]]:
    """A checklist with the first question required and one of each other kind at will."""
    template = ChecklistTemplate(
        id=uuid7(), code=code, name="Patrol", name_en="Patrol", published_at=NOON
    )
    return template, [
        an_item(template, 1, ItemKind.PASS_FAIL, label="Door shut", category="door"),
        an_item(
            template,
            2,
            ItemKind.NUMBER,
            label="Pressure",
            unit="MPa",
            low=0.2,
            high=0.6,
            least=0.0,
            most=2.0,
            required=False,
            category="fire",
            priority="urgent",
        ),
    ]


def an_item(
    template: ChecklistTemplate, position: int, kind: ItemKind, **values: Any
) -> ChecklistItem:
    """One question."""
    made: dict[str, Any] = {
        "label": f"Question {position}",
        "label_en": f"Question {position}",
    } | values
    return ChecklistItem(id=uuid7(), template_id=template.id, position=position, kind=kind, **made)


def _checkpoint(site: Site, place: Place, number: int) -> Checkpoint:
    return Checkpoint(
        id=uuid7(),
        site_id=site.id,
        place_id=place.id,
        name=f"P{number}",
        name_en=f"Point {number}",
    )


def _code(checkpoint: Checkpoint, number: int) -> CheckpointCode:
    return CheckpointCode(
        site_id=checkpoint.site_id,
        checkpoint_id=checkpoint.id,
        number=1,
        text=f"secret-{checkpoint.site_id}-{number}",
        printed_at=NOON,
        first_scanned_at=NOON,
    )


def an_occurrence(
    world: World, *, opens_in: int = -30, minutes: int = 120, grace: int = 10
) -> Occurrence:
    """A window of the route, opening so many minutes from now."""
    opens_at = world.clock.now() + timedelta(minutes=opens_in)
    occurrence = Occurrence(
        id=derived_id("occurrence", world.route.id, opens_at.isoformat()),
        site_id=world.site.id,
        route_id=world.route.id,
        local_date=opens_at.date(),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(minutes=minutes),
        grace=grace,
    )
    save(occurrence)
    return found(Occurrence, occurrence.id)


def a_schedule(world: World, *windows: tuple[int, int], **values: Any) -> TaskSchedule:
    """The route's windows, as minutes after midnight and length, every day of two years."""
    made: dict[str, Any] = {
        "windows": [{"opens": one, "minutes": long, "grace": 10} for one, long in windows],
        "starts": date(2026, 1, 1),
        "ends": date(2027, 12, 31),
    } | values
    schedule = TaskSchedule(
        id=uuid7(), site_id=world.site.id, route_id=made.pop("route_id", world.route.id), **made
    )
    save(schedule)
    return schedule


def a_shot(name: str = "photo", **values: Any) -> Shot:
    """A photo as a phone names it."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    made = {"size": 350_000, "width": 2048, "height": 1536, "taken_at": NOON} | values
    return Shot(sha256=digest, **made)


def bytes_arrive(*shots: Shot, at: datetime = NOON, by: Actor | None = None) -> None:
    """Every byte of these photos is here, brought by this person, else by whoever named them."""
    for one in shots:
        named = {use.person_id for use in rows(PhotoUse, sha256=one.sha256)}
        if not rows(Photo, sha256=one.sha256):
            save(
                Photo(
                    sha256=one.sha256, size=one.size, format="JPEG", width=1, height=1, stored_at=at
                )
            )
        brought = {part.person_id for part in rows(PhotoPart, sha256=one.sha256)}
        for person_id in ({by.person_id} if by else named) - brought:
            save(
                PhotoPart(
                    sha256=one.sha256,
                    person_id=person_id,
                    size=one.size,
                    updated_at=at,
                    stored_at=at,
                )
            )


def a_report(world: World, by: str = "owner", **values: Any) -> WorkOrder:
    """A reported work order."""
    made: dict[str, Any] = {
        "order_id": uuid7(),
        "site_id": world.site.id,
        "category": Category.WATER,
        "description": "The tap drips",
        "place_id": world.lobby.id,
    } | values
    return world.do(by, "order.report", **made)


def an_order_in_progress(world: World, by: str = "owner", worker: str = "technician") -> WorkOrder:
    """An order that somebody has begun to work on."""
    order = a_report(world, by)
    world.do(worker, "order.claim", order_id=order.id)
    return world.do(worker, "order.start", order_id=order.id)


def a_completed_order(
    world: World, by: str = "owner", worker: str = "technician", **values: Any
) -> WorkOrder:
    """An order whose work is done and waits to be judged."""
    order = an_order_in_progress(world, by, worker)
    made: dict[str, Any] = {"note": "New washer", "photos": [a_shot(f"after-{order.id}")]} | values
    return world.do(worker, "order.complete", order_id=order.id, **made)


def an_order_row(
    world: World, status: OrderStatus = OrderStatus.REPORTED, **values: Any
) -> WorkOrder:
    """An order put straight into the database, in any status; only for tries at the door."""
    number = uuid7().hex
    made: dict[str, Any] = {
        "number": number,
        "site_id": world.site.id,
        "source": Source.OWNER,
        "category": Category.WATER,
        "priority": Priority.NORMAL,
        "status": status,
        "title": "The tap drips",
        "reported_by": world.actor("owner").person_id,
        "reported_at": NOON,
        "respond_by": NOON + timedelta(hours=2),
        "due_at": NOON + timedelta(days=3),
    } | values
    order = WorkOrder(id=uuid7(), **made)
    save(order)
    return order


def a_run(world: World, by: str = "guard", occurrence: Occurrence | None = None) -> UUID:
    """A round that this person has begun."""
    run_id = uuid7()
    chosen = occurrence or an_occurrence(world)
    world.do(by, "round.start", run_id=run_id, occurrence_id=chosen.id)
    return run_id


def a_visit(world: World, run_id: UUID, stop: int = 1, by: str = "guard", **values: Any) -> Visit:
    """A visit to a stop of the route, by default by its code and with all well."""
    made: dict[str, Any] = {
        "visit_id": uuid7(),
        "run_id": run_id,
        "point_id": world.points[stop - 1].id,
        "method": "scan",
        "code": world.code(stop),
        "arrived_at": world.clock.now(),
        "answers": [well(world)],
    } | values
    return world.do(by, "round.visit", **made)


def well(world: World, **values: Any) -> dict[str, Any]:
    """The answer that the first question is fine."""
    return {"item_id": world.items[0].id, "verdict": "pass"} | values


def broken(world: World, item: int = 0, **values: Any) -> dict[str, Any]:
    """The answer that the door does not shut, with its note and photo."""
    made = {
        "item_id": world.items[item].id,
        "verdict": "fail",
        "note": "Hinge broken",
        "photos": [a_shot("hinge")],
    }
    return made | values


@contextmanager
def write() -> Iterator[Session]:
    """Change rows behind everybody's back."""
    with write_session() as session, session.begin():
        yield session
