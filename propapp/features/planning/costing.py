"""What hours of work come to: people and money by post, in whole minutes and whole fen; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from propapp.core.access import Role
from propapp.core.dates.workdays import Calendar
from propapp.features.rosters.duty import DutyLimits
from propapp.features.schedules.rules import days

_DAY_HOURS = 8
_HOUR = 60


@dataclass(frozen=True)
class PostCost:
    """The work of a post in a year, the people that takes, and what it costs."""

    role: Role
    minutes: int = 0
    # As many as it takes, and the same in tenths before it was rounded up.
    people: int = 0
    tenths: int = 0
    fen: int = 0


@dataclass(frozen=True)
class Cost:
    """All posts; a total is the sum of what stands beside it."""

    posts: tuple[PostCost, ...] = ()

    @property
    def minutes(self) -> int:
        """The work of all posts."""
        return sum(one.minutes for one in self.posts)

    @property
    def people(self) -> int:
        """The people of all posts: nobody is half of one post and half of another."""
        return sum(one.people for one in self.posts)

    @property
    def fen(self) -> int:
        """The money of all posts."""
        return sum(one.fen for one in self.posts)

    def of(self, role: Role) -> PostCost:
        """The post, with nothing to do where it has nothing."""
        return next((one for one in self.posts if one.role is role), PostCost(role))


def cost(minutes: Mapping[Role, int], hourly: Mapping[str, int], person_hours: int) -> Cost:
    """The cost of a year; ``hourly`` is fen by post. The post with the most work stands first."""
    order = sorted(minutes, key=lambda role: (-minutes[role], role.value))
    return Cost(tuple(_post(role, minutes[role], hourly, person_hours) for role in order))


def _post(role: Role, minutes: int, hourly: Mapping[str, int], person_hours: int) -> PostCost:
    whole = person_hours * _HOUR
    return PostCost(
        role,
        minutes,
        people=-(-minutes // whole),
        tenths=-(-minutes * 10 // whole),
        fen=(minutes * hourly.get(role.value, 0) + _HOUR // 2) // _HOUR,
    )


def hours_of_person(calendar: Calendar, year: int, limits: DutyLimits) -> int:
    """The hours that one person works in a year: eight a workday, as far as the rules let them."""
    worked = sum(calendar.kind(day).is_worked for day in days(date(year, 1, 1), date(year, 12, 31)))
    return min(worked * _DAY_HOURS, limits.week * 365 // 7 // _HOUR)
