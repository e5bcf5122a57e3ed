"""What the board's questions bring back, side by side as they belong together."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from propapp.features.orders.models import Priority, WorkOrder
from propapp.features.people.models import Person
from propapp.features.photos.models import PhotoUse
from propapp.features.rounds.models import Answer, Run, Visit
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.sites.models import Checkpoint, Site
from propapp.features.standards.models import ChecklistItem


class Round(NamedTuple):
    """A window of a route with the length of the route."""

    occurrence: Occurrence
    route: str
    route_en: str
    points: int


class Walk(NamedTuple):
    """A run and who walks it."""

    run: Run
    name: str
    name_en: str


class Asked(NamedTuple):
    """A round that a clause asked for, and all who walked it."""

    round: Round
    walks: list[Walk]


class OpenOrder(NamedTuple):
    """An order that somebody still has to do something about, and who has it."""

    order: WorkOrder
    name: str | None
    name_en: str | None


class OrderCount(NamedTuple):
    """How many open orders of a priority fall due within a stretch of time."""

    bucket: str
    priority: Priority
    count: int
    pressing: int


class PhotoFact(NamedTuple):
    """One use of a photo; ``stored_at`` is empty while its bytes are on their way."""

    use: PhotoUse
    stored_at: datetime | None


class ShownPhoto(NamedTuple):
    """A use of a photo, who took it, and the order or the checkpoint it shows."""

    use: PhotoUse
    person: Person
    order: WorkOrder | None
    checkpoint: Checkpoint | None


class Span(NamedTuple):
    """When an order was reported, first taken and done."""

    priority: Priority
    reported_at: datetime
    responded_at: datetime | None
    completed_at: datetime | None


class DayCount(NamedTuple):
    """How the rounds of a day ended."""

    day: date
    total: int
    done: int
    missed: int


class RunRow(NamedTuple):
    """A run with its site, its window, its route and its walker."""

    site: Site
    run: Run
    occurrence: Occurrence
    route: Route
    person: Person


class AnswerRow(NamedTuple):
    """An answer beside its question."""

    answer: Answer
    item: ChecklistItem


class LookRow(NamedTuple):
    """A visit with all that names it."""

    visit: Visit
    run: Run
    route: Route
    checkpoint: Checkpoint
