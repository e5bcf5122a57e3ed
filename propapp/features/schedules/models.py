"""Routes with daily windows, and the dated occurrences made from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field

from propapp.core.access import Role
from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7

# Phone clocks differ and people come early; a few minutes ahead of the window still count.
EARLY = timedelta(minutes=10)


class Route(Table, table=True):
    """Checkpoints in a prescribed order, walked by one post."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    role: Role
    active: bool = True


class RoutePoint(Table, table=True):
    """The n-th stop; ``not_before`` counts minutes from the start of the run."""

    __table_args__ = (UniqueConstraint("route_id", "position"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    route_id: UUID = Field(foreign_key="route.id", index=True)
    position: int
    checkpoint_id: UUID = Field(foreign_key="checkpoint.id")
    template_id: UUID = Field(foreign_key="checklist_template.id")
    not_before: int = 0


class RouteWindow(Table, table=True):
    """A daily window in local minutes after midnight; it may reach into the next day."""

    __table_args__ = (UniqueConstraint("route_id", "opens"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    route_id: UUID = Field(foreign_key="route.id", index=True)
    opens: int
    minutes: int
    grace: int = 10


class Occurrence(Table, table=True):
    """One dated window of a route. Its id derives from route and opening, so sweeps may repeat."""

    __table_args__ = (
        UniqueConstraint("route_id", "opens_at"),
        Index("ix_occurrence_site_opens", "site_id", "opens_at"),
        Index("ix_occurrence_closes", "closes_at"),
    )

    id: UUID = Field(primary_key=True)
    site_id: UUID = Field(foreign_key="site.id")
    route_id: UUID = Field(foreign_key="route.id")
    local_date: date
    opens_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closes_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    grace: int = 10
    missed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))

    @property
    def last_call(self) -> datetime:
        """The instant after which nobody can begin in time any more."""
        return self.closes_at + timedelta(minutes=self.grace)

    def holds(self, instant: datetime) -> bool:
        """Whether a run begun at this instant belongs to the window."""
        return self.opens_at - EARLY <= instant <= self.last_call
