"""What is done once: a date that nothing records, or, where it is work, a window of one day."""

from __future__ import annotations

from typing import Protocol

from propapp.core.dates.timetable import Trigger

# As a rule: the first day, and no other.
ONCE = "FREQ=DAILY;COUNT=1"


class Ruled(Protocol):
    """Whatever a rule or something else begins, and whether it is work that is found on a phone."""

    rrule: str
    trigger: Trigger

    @property
    def is_walked(self) -> bool: ...


def is_once(task: Ruled) -> bool:
    """Whether it is done on one day, or over days, and never again."""
    ruled = task.rrule == ONCE and task.is_walked
    return task.trigger is Trigger.CALENDAR and (ruled or not task.rrule)


def rule_of_once(*, walked: bool, windowed: bool) -> str:
    """The rule of what is done once: work with a window is found on the phone that day."""
    return ONCE if walked and windowed else ""
