"""What the board shows, in plain values: small, for every change of it travels to each viewer.

Instants are ISO 8601 in UTC to the minute, "" where there is none. ``key`` sorts a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from propapp.features.boards import rules
from propapp.features.boards.lanes import Lane, Today, Window
from propapp.features.boards.rows import (
    OpenOrder,
    OrderCount,
    PhotoFact,
    ShownPhoto,
)
from propapp.features.boards.rules import stamp
from propapp.features.goals.views import Knot, Rung
from propapp.features.orders.models import Priority, WorkOrder
from propapp.features.photos.models import PhotoPurpose
from propapp.features.schedules.rules import OccurrenceState

ROWS = 6
_PLACES = {"goal": "goals", "clause": "standards", "task": "plans"}
_WRONG = {OccurrenceState.LATE: "1", OccurrenceState.MISSED: "3"}


@dataclass(frozen=True)
class Need:
    """Something that needs a person now: since when, and whose it is."""

    key: str = ""
    kind: str = ""  # overdue · unanswered · urgent · late · missed · offline
    title: str = ""
    title_en: str = ""
    at: str = ""
    who: str = ""
    who_en: str = ""
    priority: str = ""
    order: str = ""
    run: str = ""
    since: str = ""  # offline since then


@dataclass(frozen=True)
class Coming:
    """An open order with time left."""

    key: str = ""
    order: str = ""
    title: str = ""
    title_en: str = ""
    due_at: str = ""
    priority: str = ""
    status: str = ""
    who: str = ""
    who_en: str = ""


@dataclass(frozen=True)
class DefectCard:
    """A trouble with its first photo; ``photo`` is empty while the bytes are on their way."""

    key: str = ""
    order: str = ""
    title: str = ""
    title_en: str = ""
    at: str = ""
    priority: str = ""
    status: str = ""
    photo: str = ""


@dataclass(frozen=True)
class Bucket:
    """Open orders by deadline, and among them by priority."""

    name: str  # overdue · soon · today · later
    count: int = 0
    urgent: int = 0
    high: int = 0
    normal: int = 0
    low: int = 0


@dataclass(frozen=True)
class Served:
    """One thing that a photo is for, and the way to it; ``place`` is among what pages it stands."""

    place: str = ""  # goals · standards · plans
    name: str = ""
    name_en: str = ""
    href: str = ""


@dataclass(frozen=True)
class PhotoFacts:
    """A photo shown large, with how it was taken and when it came."""

    sha256: str = ""
    taken_at: str = ""
    received_at: str = ""
    who: str = ""
    who_en: str = ""
    where: str = ""
    where_en: str = ""
    position: str = ""  # latitude, longitude ± metres
    live: bool = True
    serves: list[Served] = field(default_factory=list[Served])


@dataclass(frozen=True)
class Board:
    """All of it."""

    pressing: int
    open_orders: int
    needs: Sequence[Need]
    coming: Sequence[Coming]
    defects: Sequence[DefectCard]
    lanes: Sequence[Lane]
    today: Today
    buckets: list[Bucket]


def needs(orders: Sequence[OpenOrder], all_lanes: Sequence[Lane], now: datetime) -> list[Need]:
    """What needs somebody now, the worst first: urgent orders, late rounds, orders, missed ones."""
    rounds = [
        _round_need(lane, one) for lane in all_lanes for one in lane.windows if one.state in _WRONG
    ]
    return sorted([_order_need(one, now) for one in orders] + rounds, key=lambda need: need.key)


def _order_need(one: OpenOrder, now: datetime) -> Need:
    order, kind = one.order, _kind(one.order, now)
    at = stamp(order.due_at if kind == "overdue" else order.respond_by)
    severity = "0" if order.priority is Priority.URGENT else "2"
    return Need(
        key=f"{severity}{at}{order.id}",
        kind=kind,
        title=order.title,
        title_en=order.title_en,
        at=at,
        who=one.name or "",
        who_en=one.name_en or "",
        priority=order.priority.value,
        order=str(order.id),
    )


def _kind(order: WorkOrder, now: datetime) -> str:
    if order.is_overdue(now):
        return "overdue"
    return "unanswered" if order.respond_by < now else "urgent"


def _round_need(lane: Lane, one: Window) -> Need:
    return Need(
        key=f"{_WRONG[OccurrenceState(one.state)]}{one.closes_at}{lane.key}",
        kind="offline" if one.offline_since else one.state,
        title=lane.route,
        title_en=lane.route_en,
        at=one.closes_at,
        who=one.who,
        who_en=one.who_en,
        run=one.run,
        since=one.offline_since,
    )


def coming(orders: Sequence[OpenOrder]) -> list[Coming]:
    """Open orders with time left, the next deadline first."""
    return [
        Coming(
            key=f"{stamp(order.due_at)}{order.id}",
            order=str(order.id),
            title=order.title,
            title_en=order.title_en,
            due_at=stamp(order.due_at),
            priority=order.priority.value,
            status=order.status.value,
            who=name or "",
            who_en=name_en or "",
        )
        for order, name, name_en in orders
    ]


def buckets(counts: Sequence[OrderCount]) -> list[Bucket]:
    """The four stretches of time, also those without an order."""
    found: dict[str, dict[str, int]] = {name: {} for name in rules.BUCKETS}
    for one in counts:
        found[one.bucket][one.priority.value] = one.count
    return [Bucket(name, sum(parts.values()), **parts) for name, parts in found.items()]


def defect_cards(defects: Sequence[WorkOrder], photos: Sequence[PhotoFact]) -> list[DefectCard]:
    """Each with its first photo that shows how it was found."""
    before = [one.use for one in photos if one.use.purpose is PhotoPurpose.BEFORE and one.stored_at]
    first = {use.parent_id: use.sha256 for use in reversed(before)}
    return [
        DefectCard(
            # Newest first, in a list that is sorted upwards.
            key=f"{2**33 - int(defect.reported_at.timestamp()):010d}{defect.id}",
            order=str(defect.id),
            title=defect.title,
            title_en=defect.title_en,
            at=stamp(defect.reported_at),
            priority=defect.priority.value,
            status=defect.status.value,
            photo=first.get(defect.id, ""),
        )
        for defect in defects
    ]


def photo_facts(photo: ShownPhoto, chain: Sequence[Rung]) -> PhotoFacts:
    """The photo with all that is known of how it was taken, and what the chain says it is for."""
    use, position = photo.use, ""
    where, where_en = _shown_place(photo)
    if use.latitude is not None and use.longitude is not None:
        position = f"{use.latitude:.5f}, {use.longitude:.5f} ± {use.accuracy or 0:.0f} m"
    return PhotoFacts(
        sha256=use.sha256,
        taken_at=stamp(use.taken_at),
        received_at=stamp(use.received_at),
        who=photo.person.name,
        who_en=photo.person.name_en,
        where=where,
        where_en=where_en,
        position=position,
        live=use.live,
        # The round itself is where the photo was taken, not what it is for.
        serves=[
            _served(rung.kind, knot)
            for rung in chain
            if rung.kind in _PLACES
            for knot in rung.knots
        ],
    )


def _served(kind: str, knot: Knot) -> Served:
    """A clause with its number, a task with its plan."""
    if kind == "task":
        names = f"{knot.note} · {knot.name}", f"{knot.note_en} · {knot.name_en}"
    else:
        names = f"{knot.number} {knot.name}".strip(), f"{knot.number} {knot.name_en}".strip()
    return Served(_PLACES[kind], *names, knot.href)


def _shown_place(photo: ShownPhoto) -> tuple[str, str]:
    if photo.checkpoint is not None:
        return photo.checkpoint.name, photo.checkpoint.name_en
    return (photo.order.place_text, photo.order.place_text_en) if photo.order else ("", "")
