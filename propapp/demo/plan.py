"""Checklists, checkpoints, routes and the dated rounds made from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from propapp.core.access import Role
from propapp.core.dates.timetable import Opening
from propapp.core.dates.workdays import Calendar
from propapp.core.ids import derived_id
from propapp.demo.cast import SITE_ID, demo_id
from propapp.demo.era import Era
from propapp.demo.ground import Ground
from propapp.demo.programme import YEAR_ID, task_id, window_of, year_of
from propapp.demo.rows import Row, Rows
from propapp.demo.sheets import sheet
from propapp.features.schedules.horizon import HORIZON
from propapp.features.schedules.models import Occurrence, Route, RoutePoint, TaskSchedule, Trigger
from propapp.features.schedules.rules import dated, days
from propapp.features.sites.models import Checkpoint, CheckpointCode
from propapp.features.sites.rules import signed_text
from propapp.features.standards.models import ChecklistItem, ChecklistTemplate, ItemKind

# Always the same, so that a printed sheet still fits when the demo world is made anew.
_CODE_KEY = b"demo"


@dataclass(frozen=True)
class Question:
    """An item with what is usually answered."""

    item: ChecklistItem
    usual: tuple[float, float] = (0, 0)
    places: int = 0
    said: tuple[str, ...] = ()
    scene: str = ""


@dataclass(frozen=True)
class Stop:
    """A point of a route with its checkpoint and its questions."""

    point: Row
    checkpoint: Row
    place: str
    checklist: str
    questions: tuple[Question, ...]

    @property
    def position(self) -> int:
        """Which stop it is, from one."""
        return self.point["position"]


@dataclass(frozen=True)
class Way:
    """A route with its stops, and how many minutes a stop usually takes."""

    key: str
    row: Row
    pace: float
    schedule: Row
    stops: tuple[Stop, ...]
    # Of a single job: how many days ago nobody did it.
    missed: frozenset[int] = frozenset()

    @property
    def is_job(self) -> bool:
        """Whether it is no way through the site, but one thing done somewhere."""
        return self.row["plan_id"] is not None


@dataclass
class Plan:
    """All routes, and their occurrences from ninety days ago to the horizon."""

    ways: dict[str, Way] = field(default_factory=dict)
    occurrences: dict[str, list[Occurrence]] = field(default_factory=dict)


def draw_up(rows: Rows, ground: Ground, era: Era) -> Plan:
    """Write down checklists, checkpoints, routes, windows and occurrences."""
    checklists = {
        said["code"]: _checklist(rows, era, said) for said in sheet("checklists")["checklist"]
    }
    plan = Plan()
    checkpoints: dict[str, Row] = {}
    for said in sheet("routes")["route"]:
        for place, *_ in said["stops"]:
            if place not in checkpoints:
                checkpoints[place] = _checkpoint(rows, era, ground, place)
        way = _way(rows, era, said, checkpoints, checklists)
        plan.ways[way.key] = way
        plan.occurrences[way.key] = sorted(
            occurrences(way, _openings(way, era), era), key=lambda one: one.opens_at
        )
    return plan


def _checklist(rows: Rows, era: Era, said: dict[str, Any]) -> tuple[Row, tuple[Question, ...]]:
    template = rows.add(
        ChecklistTemplate,
        id=demo_id("checklist", said["code"]),
        code=said["code"],
        name=said["name"],
        name_en=said["name_en"],
        published_at=era.opening,
    )
    questions = tuple(
        _question(said["code"], position, item)
        for position, item in enumerate(said["items"], start=1)
    )
    for question in questions:
        rows.keep(question.item)
    return template, questions


def _question(code: str, position: int, said: dict[str, Any]) -> Question:
    own = {"usual", "places", "said", "scene", "choices", "kind"}
    choices = [
        {"value": value, "label": label, "label_en": label_en, "fail": fail}
        for value, label, label_en, fail in said.get("choices", ())
    ]
    item = ChecklistItem(
        id=demo_id("item", code, position),
        template_id=demo_id("checklist", code),
        position=position,
        kind=ItemKind(said["kind"]),
        choices=choices,
        **{key: value for key, value in said.items() if key not in own},
    )
    return Question(
        item=item,
        usual=tuple(said.get("usual", (0, 0))),
        places=said.get("places", 0),
        said=tuple(said.get("said", ())),
        scene=said.get("scene", ""),
    )


def _checkpoint(rows: Rows, era: Era, ground: Ground, place: str) -> Row:
    name, name_en = ground.full_name(ground.places[place])
    hint, hint_en = sheet("routes")["hints"][place]
    made = rows.add(
        Checkpoint,
        id=demo_id("checkpoint", place),
        site_id=SITE_ID,
        place_id=ground.places[place]["id"],
        name=name,
        name_en=name_en,
        hint=hint,
        hint_en=hint_en,
    )
    rows.add(
        CheckpointCode,
        id=demo_id("code", made["id"]),
        site_id=SITE_ID,
        checkpoint_id=made["id"],
        number=1,
        text=signed_text(_CODE_KEY, made["id"], 1),
        printed_at=era.opening,
        first_scanned_at=era.opening,
    )
    return made


def _way(
    rows: Rows,
    era: Era,
    said: dict[str, Any],
    checkpoints: dict[str, Row],
    checklists: dict[str, tuple[Row, tuple[Question, ...]]],
) -> Way:
    route = rows.add(
        Route,
        id=demo_id("route", said["key"]),
        site_id=SITE_ID,
        name=said["name"],
        name_en=said["name_en"],
        role=Role(said["role"]),
    )
    schedule = _schedule(rows, said, route, era)
    if said["key"] == "plant":
        _when_it_rains(rows, said, route, era)
    stops = [
        _stop(rows, route, position, checkpoints, checklists, stop)
        for position, stop in enumerate(said["stops"], start=1)
    ]
    return Way(said["key"], route, said["pace"], schedule, tuple(stops))


def _schedule(rows: Rows, said: dict[str, Any], route: Row, era: Era) -> Row:
    """Every day of the year's plan, as the sweep that follows plans makes it."""
    first, last = year_of(era)
    return rows.add(
        TaskSchedule,
        id=derived_id("schedule", YEAR_ID, said["key"]),
        site_id=SITE_ID,
        route_id=route["id"],
        plan_task_id=task_id(YEAR_ID, said["key"]),
        windows=[window_of(said["grace"], *window) for window in said["windows"]],
        starts=first,
        ends=last,
        made_until=(era.now + HORIZON).date(),
    )


def _when_it_rains(rows: Rows, said: dict[str, Any], route: Row, era: Era) -> None:
    """Drains and pumps are looked at as soon as it rains hard."""
    rows.add(
        TaskSchedule,
        id=demo_id("schedule", said["key"], "rain"),
        site_id=SITE_ID,
        route_id=route["id"],
        trigger=Trigger.RAIN,
        windows=[{"opens": 0, "minutes": 60, "grace": 10}],
        starts=era.local(era.opening).date(),
        ends=era.today + timedelta(days=365),
    )


def _stop(  # noqa: PLR0913, PLR0917 - what a stop is made of
    rows: Rows,
    route: Row,
    position: int,
    checkpoints: dict[str, Row],
    checklists: dict[str, tuple[Row, tuple[Question, ...]]],
    stop: list[Any],
) -> Stop:
    place, checklist, not_before = stop
    template, questions = checklists[checklist]
    point = rows.add(
        RoutePoint,
        id=demo_id("point", route["id"], position),
        route_id=route["id"],
        position=position,
        checkpoint_id=checkpoints[place]["id"],
        template_id=template["id"],
        not_before=not_before,
    )
    return Stop(point, checkpoints[place], place, checklist, questions)


def _openings(way: Way, era: Era) -> Iterator[Opening]:
    """As the schedule's own sweep finds them, so that it has nothing to add."""
    calendar = Calendar()
    for day in days(era.first_day, (era.now + HORIZON).date()):
        for window in way.schedule["windows"]:
            times = (window["opens"], window["minutes"], window["grace"])
            yield Opening(day, *times, not calendar.is_announced(day))


def occurrences(way: Way, openings: Iterable[Opening], era: Era) -> Iterator[Occurrence]:
    """The dated rounds of a way, as the sweep makes them."""
    for one in openings:
        made = dated(one.day, opens=one.opens, minutes=one.minutes, zone=era.zone)
        yield Occurrence(
            id=derived_id("occurrence", way.row["id"], made.name),
            site_id=SITE_ID,
            route_id=way.row["id"],
            schedule_id=way.schedule["id"],
            plan_task_id=way.schedule["plan_task_id"],
            local_date=made.day,
            opens_at=made.opens_at,
            closes_at=made.closes_at,
            grace=one.grace,
            provisional=one.provisional,
        )


def minutes(dice: Random, low: float, high: float) -> timedelta:
    """Some minutes between two limits."""
    return timedelta(seconds=round(dice.uniform(low, high) * 60))
