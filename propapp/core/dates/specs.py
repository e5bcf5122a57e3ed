"""When something is to be done, as somebody asks for it and as columns keep it."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.dates.timetable import Trigger
from propapp.core.dates.workdays import DayRule

Minutes = Annotated[int, Field(ge=0, le=2880)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WindowSpec(_Part):
    """From which local minute, for how long, and how much later still counts."""

    opens: Minutes
    minutes: Minutes
    grace: Minutes = 10


class Season(_Part):
    """From one day of the year to another; it may pass the new year."""

    first: MonthDay
    last: MonthDay


class CoverageSpec(_Part):
    """Every point at least every so many minutes, by rounds of so many, between two times."""

    every: Minutes
    minutes: Minutes
    begins: Minutes = 0
    ends: Minutes = 1440
    grace: Minutes = 10


Rule = Annotated[str, Field(max_length=400)]
Windows = Annotated[tuple[WindowSpec, ...], Field(max_length=288)]


class TimesSpec(Protocol):
    """Whatever says when in these words."""

    trigger: Trigger
    rrule: Rule
    windows: Windows
    day_rule: DayRule
    season: Season | None
    coverage: CoverageSpec | None


def times_of(spec: TimesSpec) -> dict[str, Any]:
    """The columns of a timetable that these words become."""
    return {
        "trigger": spec.trigger,
        "rrule": spec.rrule.strip().upper().removeprefix("RRULE:"),
        "windows": [window.model_dump() for window in spec.windows],
        "day_rule": spec.day_rule,
        "season": {"from": spec.season.first, "to": spec.season.last} if spec.season else None,
        "random": spec.coverage.model_dump() if spec.coverage else None,
    }
