"""Work orders: what is wrong, where, how urgent, until when, and whose it is."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index
from sqlmodel import Field

from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class OrderStatus(StrEnum):
    """Where an order stands."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OPEN_STATUSES = frozenset(
    {OrderStatus.REPORTED, OrderStatus.ASSIGNED, OrderStatus.IN_PROGRESS, OrderStatus.ON_HOLD}
)


class Priority(StrEnum):
    """How much it burns."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Category(StrEnum):
    """What sort of trouble it is; picks the icon and the words."""

    WATER = "water"
    ELECTRIC = "electric"
    LIFT = "lift"
    DOOR = "door"
    FIRE = "fire"
    CLEANING = "cleaning"
    GARDEN = "garden"
    PUBLIC = "public"
    COMPLAINT = "complaint"
    OTHER = "other"


class Source(StrEnum):
    """Who found it."""

    ROUND = "round"
    OWNER = "owner"
    STAFF = "staff"


class WorkOrder(Table, table=True):
    """One piece of trouble and its way to an end. ``version`` counts every change."""

    __table_args__ = (
        Index("ix_work_order_open", "site_id", "status", "due_at"),
        Index("ix_work_order_reporter", "reported_by"),
        Index("ix_work_order_assignee", "assignee_id", "status"),
        Index("ix_work_order_reported_at", "site_id", "reported_at"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    number: str = Field(unique=True, max_length=40)
    site_id: UUID = Field(foreign_key="site.id")
    source: Source
    category: Category
    priority: Priority
    status: OrderStatus = OrderStatus.REPORTED
    title: str = Field(max_length=240)
    title_en: str = Field(default="", max_length=280)
    description: str = Field(default="", max_length=2000)
    building_id: UUID | None = Field(default=None, foreign_key="building.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    place_id: UUID | None = Field(default=None, foreign_key="place.id")
    checkpoint_id: UUID | None = Field(default=None, foreign_key="checkpoint.id")
    place_text: str = Field(default="", max_length=240)
    place_text_en: str = Field(default="", max_length=240)
    # The answer that failed, when a round found it; no foreign key, for rounds stand above orders.
    run_id: UUID | None = None
    answer_id: UUID | None = Field(default=None, unique=True)
    reported_by: UUID = Field(foreign_key="person.id")
    reported_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    respond_by: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    assignee_id: UUID | None = Field(default=None, foreign_key="person.id")
    # First time anybody took it; response time is measured from this.
    responded_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    started_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    completed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    closed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    hold_reason: str = Field(default="", max_length=400)
    result_note: str = Field(default="", max_length=2000)
    stars: int | None = None
    rating_note: str = Field(default="", max_length=800)
    version: int = 1

    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in OPEN_STATUSES

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promised time has passed with the order still open."""
        return self.is_open() and now > self.due_at


class OrderCounter(Table, table=True):
    """The last order number given out at a site on a day."""

    site_id: UUID = Field(foreign_key="site.id", primary_key=True)
    day: date = Field(primary_key=True)
    last: int = 0
