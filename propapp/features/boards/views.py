"""What the board shows, in plain values: small, for every change of it travels to each viewer.

Instants are ISO 8601 in UTC to the minute, "" where there is none. ``key`` sorts a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from propapp.features.boards import rules
from propapp.features.boards.rows import (
    OpenOrder,
    OrderCount,
    PhotoFact,
    Round,
    ShownPhoto,
    Walk,
)
from propapp.features.orders.models import Priority, WorkOrder
from propapp.features.photos.models import PhotoPurpose
from propapp.features.schedules.rules import OccurrenceState

ROWS = 6
LANES = 8
WINDOWS = 10
_WRONG = {OccurrenceState.LATE: "1", OccurrenceState.MISSED: "3"}


@dataclass(frozen=True)
class Need:
    """Something that needs a person now: since when, and whose it is."""

    key: str = ""
    kind: str = ""  # overdue · unanswered · urgent · late · missed
    title: str = ""
    title_en: str = ""
    at: str = ""
    who: str = ""
    who_en: str = ""
    priority: str = ""
    order: str = ""
    run: str = ""


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
class Window:
    """One round of the day."""

    run: str
    opens_at: str
    closes_at: str
    state: str  # due · open · running · late · done · missed
    who: str
    who_en: str
    done: int
    total: int
    before: bool  # it opened on the day before


@dataclass(frozen=True)
class Lane:
    """A route with its rounds of the day."""

    key: str = ""
    route: str = ""
    route_en: str = ""
    done: int = 0
    total: int = 0
    windows: list[Window] = field(default_factory=list[Window])


@dataclass(frozen=True)
class Today:
    """How many of today's rounds are in which state."""

    total: int = 0
    done: int = 0
    running: int = 0
    late: int = 0
    missed: int = 0


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


def stamp(at: datetime | None) -> str:
    """The instant to the minute; seconds would only travel."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""


def lanes(
    rounds: Sequence[Round], walks: Sequence[Walk], now: datetime, *, day: date
) -> list[Lane]:
    """A lane for each route, its rounds in the order of the day."""
    by_route: dict[UUID, list[Round]] = {}
    for one in rounds:
        by_route.setdefault(one.occurrence.route_id, []).append(one)
    people = _by_occurrence(walks)
    return [_lane(found, people, now, day) for found in by_route.values()]


def shown(all_lanes: Sequence[Lane]) -> list[Lane]:
    """As many lanes and rounds as fit, so that what is not over yet is among them."""
    return [replace(lane, windows=_around_now(lane.windows)) for lane in all_lanes[:LANES]]


def _lane(
    rounds: Sequence[Round],
    people: Mapping[UUID, Sequence[Walk]],
    now: datetime,
    day: date,
) -> Lane:
    windows = [window(one, people.get(one.occurrence.id, ()), now, day=day) for one in rounds]
    first = rounds[0]
    return Lane(
        # Short lanes first: two of them stand beside one another.
        key=f"{len(windows):03d}-{first.occurrence.route_id}",
        route=first.route,
        route_en=first.route_en,
        done=sum(one.state == OccurrenceState.DONE for one in windows),
        total=len(windows),
        windows=windows,
    )


def _around_now(windows: list[Window]) -> list[Window]:
    over = (OccurrenceState.DONE, OccurrenceState.MISSED)
    ended = next((n for n, one in enumerate(windows) if one.state not in over), len(windows))
    first = max(0, min(ended - 2, len(windows) - WINDOWS))
    return windows[first : first + WINDOWS]


def window(one: Round, walks: Sequence[Walk], now: datetime, *, day: date) -> Window:
    """The round as it stands now, by the run that counts for it."""
    run = rules.best_run([walk.run for walk in walks])
    walker = next((walk for walk in walks if walk.run is run), None)
    return Window(
        run=str(run.id) if run else "",
        opens_at=stamp(one.occurrence.opens_at),
        closes_at=stamp(one.occurrence.closes_at),
        state=rules.round_state(one.occurrence, run, now).value,
        who=walker.name if walker else "",
        who_en=walker.name_en if walker else "",
        done=run.points_done if run else 0,
        total=run.points_total if run else one.points,
        before=one.occurrence.local_date < day,
    )


def today(all_lanes: Sequence[Lane]) -> Today:
    """The day in five figures."""
    states = [one.state for lane in all_lanes for one in lane.windows]
    return Today(
        total=sum(lane.total for lane in all_lanes),
        done=sum(lane.done for lane in all_lanes),
        running=states.count(OccurrenceState.RUNNING),
        late=states.count(OccurrenceState.LATE),
        missed=states.count(OccurrenceState.MISSED),
    )


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
        kind=one.state,
        title=lane.route,
        title_en=lane.route_en,
        at=one.closes_at,
        who=one.who,
        who_en=one.who_en,
        run=one.run,
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


def photo_facts(photo: ShownPhoto) -> PhotoFacts:
    """The photo with all that is known of how it was taken."""
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
    )


def _shown_place(photo: ShownPhoto) -> tuple[str, str]:
    if photo.checkpoint is not None:
        return photo.checkpoint.name, photo.checkpoint.name_en
    return (photo.order.place_text, photo.order.place_text_en) if photo.order else ("", "")


def _by_occurrence(walks: Sequence[Walk]) -> dict[UUID, list[Walk]]:
    found: dict[UUID, list[Walk]] = {}
    for walk in walks:
        found.setdefault(walk.run.occurrence_id, []).append(walk)
    return found
