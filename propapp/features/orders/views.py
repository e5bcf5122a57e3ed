"""Orders as a phone keeps them, with their way so far and what may be done next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from propapp.core.timeline import TimelineEvent
from propapp.features.orders.models import WorkOrder
from propapp.features.people.views import Names
from propapp.features.photos.models import PhotoUse


@dataclass(frozen=True)
class OrderPhoto:
    """A photo of the order; ``stored`` once its bytes are here."""

    sha256: str
    purpose: str
    taken_at: datetime
    stored: bool


@dataclass(frozen=True)
class EventView:
    """One step of its way."""

    id: UUID
    verb: str
    person: str
    person_en: str
    occurred_at: datetime
    received_at: datetime
    facts: dict[str, Any]
    photos: list[str]


@dataclass(frozen=True)
class OrderView:
    """A work order."""

    id: UUID
    number: str
    site_id: UUID
    source: str
    category: str
    priority: str
    status: str
    title: str
    title_en: str
    description: str
    place: str
    place_en: str
    reported_by_id: UUID
    reported_by: str
    reported_by_en: str
    reported_at: datetime
    respond_by: datetime
    due_at: datetime
    assignee_id: UUID | None
    assignee: str
    assignee_en: str
    started_at: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    hold_reason: str
    result_note: str
    stars: int | None
    version: int
    verbs: list[str]
    photos: list[OrderPhoto]
    timeline: list[EventView]


class Surroundings:
    """What stands beside the orders: who, what happened, which photos, which of them are here."""

    def __init__(
        self,
        names: Names,
        events: Iterable[TimelineEvent],
        uses: Iterable[PhotoUse],
        stored: Collection[str],
    ) -> None:
        self.names = names
        self.stored = stored
        self.events_of: defaultdict[UUID, list[TimelineEvent]] = defaultdict(list)
        self.photos_of: defaultdict[UUID, list[PhotoUse]] = defaultdict(list)
        self.photos_with: defaultdict[UUID, list[PhotoUse]] = defaultdict(list)
        for event in events:
            self.events_of[event.thing_id].append(event)
        for use in uses:
            self.photos_of[use.parent_id].append(use)
            self.photos_with[use.thing_id].append(use)


def order_view(order: WorkOrder, verbs: list[str], beside: Surroundings) -> OrderView:
    """The order with all that belongs to it."""
    reporter, reporter_en = beside.names.of(order.reported_by)
    assignee, assignee_en = beside.names.of(order.assignee_id)
    return OrderView(
        id=order.id,
        number=order.number,
        site_id=order.site_id,
        source=order.source.value,
        category=order.category.value,
        priority=order.priority.value,
        status=order.status.value,
        title=order.title,
        title_en=order.title_en,
        description=order.description,
        place=order.place_text,
        place_en=order.place_text_en,
        reported_by_id=order.reported_by,
        reported_by=reporter,
        reported_by_en=reporter_en,
        reported_at=order.reported_at,
        respond_by=order.respond_by,
        due_at=order.due_at,
        assignee_id=order.assignee_id,
        assignee=assignee,
        assignee_en=assignee_en,
        started_at=order.started_at,
        completed_at=order.completed_at,
        closed_at=order.closed_at,
        hold_reason=order.hold_reason,
        result_note=order.result_note,
        stars=order.stars,
        version=order.version,
        verbs=verbs,
        photos=_photos(order, beside),
        timeline=_timeline(order, beside),
    )


def _photos(order: WorkOrder, beside: Surroundings) -> list[OrderPhoto]:
    return [
        OrderPhoto(use.sha256, use.purpose.value, use.taken_at, use.sha256 in beside.stored)
        for use in beside.photos_of[order.id]
    ]


def _timeline(order: WorkOrder, beside: Surroundings) -> list[EventView]:
    return [_event(event, beside) for event in beside.events_of[order.id]]


def _event(event: TimelineEvent, beside: Surroundings) -> EventView:
    name, name_en = beside.names.of(event.person_id)
    return EventView(
        id=event.id,
        verb=event.verb,
        person=name,
        person_en=name_en,
        occurred_at=event.occurred_at,
        received_at=event.received_at,
        facts=event.facts,
        photos=[use.sha256 for use in beside.photos_with[event.id]],
    )
