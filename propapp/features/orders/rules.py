"""Promises, numbers and whose turn it is: pure rules about work orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from propapp.features.orders.models import Category, Priority, Source, WorkOrder

_TITLE_LENGTH = 60
REOPEN_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Promise:
    """How soon somebody takes it, and how soon it is done."""

    respond: timedelta
    done: timedelta


PROMISES: Mapping[Priority, Promise] = {
    Priority.URGENT: Promise(timedelta(minutes=30), timedelta(hours=4)),
    Priority.HIGH: Promise(timedelta(hours=2), timedelta(hours=24)),
    Priority.NORMAL: Promise(timedelta(hours=24), timedelta(days=3)),
    Priority.LOW: Promise(timedelta(hours=24), timedelta(days=7)),
}

_USUAL_PRIORITY: Mapping[Category, Priority] = {
    Category.FIRE: Priority.URGENT,
    Category.LIFT: Priority.HIGH,
    Category.WATER: Priority.HIGH,
    Category.ELECTRIC: Priority.HIGH,
}


def usual_priority(category: Category) -> Priority:
    """How much trouble of this sort burns when nobody says."""
    return _USUAL_PRIORITY.get(category, Priority.NORMAL)


class Whose(StrEnum):
    """Who, among those with the permission, may take a step."""

    ANYBODY = "anybody"
    ASSIGNEE = "assignee"
    REPORTER = "reporter"
    VERIFIER = "verifier"


WHOSE: Mapping[str, Whose] = {
    "claim": Whose.ANYBODY,
    "assign": Whose.ANYBODY,
    "start": Whose.ASSIGNEE,
    "hold": Whose.ASSIGNEE,
    "resume": Whose.ASSIGNEE,
    "hand_over": Whose.ASSIGNEE,
    "complete": Whose.ASSIGNEE,
    "send_back": Whose.ANYBODY,
    "verify": Whose.VERIFIER,
    "confirm": Whose.REPORTER,
    "reopen": Whose.REPORTER,
    "rate": Whose.REPORTER,
    "cancel": Whose.ANYBODY,
}


def is_theirs(verb: str, order: WorkOrder, person_id: UUID) -> bool:
    """Whether this step of this order is this person's, given that they hold the permission."""
    match WHOSE[verb]:
        case Whose.ANYBODY:
            return True
        case Whose.ASSIGNEE:
            return order.assignee_id == person_id
        case Whose.REPORTER:
            return order.reported_by == person_id and order.source is Source.OWNER
        case Whose.VERIFIER:
            # What an owner reported is the owner's to confirm.
            return order.source is not Source.OWNER


def may_reopen(order: WorkOrder, now: datetime) -> bool:
    """Whether the owner still has time to say that it is not done."""
    done_at = order.closed_at or order.completed_at
    return done_at is None or now - done_at <= REOPEN_WITHIN


def order_number(site_code: str, day: date, count: int, *, alone: bool) -> str:
    """What people call the order; the site's code stands before it where there are several."""
    number = f"WX-{day:%Y%m%d}-{count:04d}"
    return number if alone else f"{site_code}-{number}"


def short_title(description: str) -> str:
    """The first line of what was said, as a title."""
    first = description.strip().splitlines()[0].strip()
    return first if len(first) <= _TITLE_LENGTH else f"{first[: _TITLE_LENGTH - 1]}…"
