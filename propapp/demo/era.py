"""When the demo world happens: the last ninety days, seen from now, at the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from propapp.demo.sheets import sheet

DAYS = 90
_SEED = "PropApp 2026"


@dataclass(frozen=True)
class Era:
    """Now, to the minute; everything else is told relative to it."""

    now: datetime

    @classmethod
    def seen_from(cls, instant: datetime) -> Era:
        """The era that ends at this instant."""
        return cls(instant.astimezone(UTC).replace(second=0, microsecond=0))

    @property
    def zone(self) -> str:
        """The site's zone."""
        return sheet("site")["zone"]

    @property
    def today(self) -> date:
        """The day it is at the site."""
        return self.local(self.now).date()

    @property
    def first_day(self) -> date:
        """The day the history begins."""
        return self.today - timedelta(days=DAYS)

    @property
    def opening(self) -> datetime:
        """When the site was taken over: everything stands before the history begins."""
        return self.at(self.first_day, hour=0) - timedelta(days=30)

    def local(self, instant: datetime) -> datetime:
        """The instant on the site's clocks."""
        return instant.astimezone(ZoneInfo(self.zone))

    def at(self, day: date, *, hour: float) -> datetime:
        """An hour of a day at the site, as an instant."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))
        return (midnight + timedelta(hours=hour)).astimezone(UTC)

    def dice(self, *parts: object) -> Random:
        """Chance that falls the same way for the same thing, whatever the date."""
        return Random("/".join([_SEED, *map(str, parts)]))
