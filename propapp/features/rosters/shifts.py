"""The shifts of a site's posts, its rules, and whom its alarms reach, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from propapp.core.access import Role
from propapp.core.dates.workdays import Calendar, DayRule
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.rosters import repository, views
from propapp.features.rosters.manning import Manning, manning
from propapp.features.rosters.models import DutyRules, Shift
from propapp.features.rosters.repository import Posts, ShiftRepository
from propapp.features.schedules.repository import calendar
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site

# Posts that may be on a roster.
ROLES = (Role.GUARD, Role.CLEANER, Role.TECHNICIAN, Role.SERVICE_DESK)
# For the example: a round that should have been walked by six in the morning.
_SIX = 6 * 60


@dataclass(frozen=True)
class ShiftLine:
    """A shift in the list and in the form; ``begins`` and ``ends`` by the clock."""

    id: str = ""
    role: str = Role.GUARD.value
    name: str = ""
    name_en: str = ""
    begins: str = "08:00"
    ends: str = "16:00"
    hours: str = ""
    lasts: str = "8"
    people: int = 1
    day_rule: str = DayRule.EVERY.value
    active: bool = True


@dataclass(frozen=True)
class PostCard:
    """A post: its shifts, and whether they can be manned; ``verdict`` is can · cannot · nobody."""

    role: str = ""
    shifts: list[ShiftLine] = field(default_factory=list[ShiftLine])
    hours: int = 0
    people: int = 0
    each: str = ""
    verdict: str = ""
    lacking: int = 0
    least: int = 0
    hurdles: list[views.Hurdle] = field(default_factory=list[views.Hurdle])


@dataclass(frozen=True)
class RulesLine:
    """The figures of the site, in hours and days as people say them."""

    rest: str = ""
    long_rest: str = ""
    days_in_row: int = 0
    nights_in_row: int = 0
    week: str = ""


@dataclass(frozen=True)
class StepLine:
    """A step of the ladder: after how many minutes who is told, and at what time in the example."""

    code: str = ""
    minutes: int = 0
    at: str = ""
    names: str = ""
    names_en: str = ""
    nobody: bool = False


@dataclass(frozen=True)
class Shown:
    """All that the page shows."""

    posts: list[PostCard]
    rules: RulesLine
    ladder: list[StepLine]


@dataclass(frozen=True)
class Book:
    """A site with its shifts, its figures and its people, asked for once."""

    site: Site
    shifts: Sequence[Shift]
    rules: DutyRules
    posts: Posts
    people: Mapping[UUID, Person]
    monday: date
    known: Calendar

    def shown(self) -> Shown:
        """The page."""
        roles = dict.fromkeys(shift.role for shift in self.shifts)
        return Shown([self.post(role) for role in roles], rules_line(self.rules), self._ladder())

    def post(self, role: Role, changed: Shift | None = None) -> PostCard:
        """A post as it is, or as it would be with one shift new or changed."""
        own = [shift for shift in self.shifts if shift.role == role]
        if changed is not None:
            own = [shift for shift in own if shift.id != changed.id] + [changed]
        holders = self.posts.of(self.site.id, role)
        found = manning(own, holders, self.rules.limits(), self.known, self.monday)
        return post_card(role, own, found, self.people)

    def _ladder(self) -> list[StepLine]:
        supervisors, managers = (
            self.posts.of(self.site.id, role) for role in (Role.SUPERVISOR, Role.MANAGER)
        )
        reached = (("walker", None), ("supervisor", supervisors), ("manager", managers))
        return [
            self._step(code, minutes, who)
            for (code, who), minutes in zip(reached, self.rules.ladder, strict=False)
        ]

    def _step(self, code: str, minutes: int, who: Iterable[UUID] | None) -> StepLine:
        found = [self.people[one] for one in who or () if one in self.people]
        return StepLine(
            code=code,
            minutes=minutes,
            at=views.clock(_SIX + minutes),
            names=" · ".join(person.name for person in found),
            names_en=", ".join(person.name_en or person.name for person in found),
            nobody=who is not None and not found,
        )


def book(uow: UnitOfWork, site: Site) -> Book:
    """Everything that is asked of a site: a fixed number of questions."""
    today = local_day(uow.now, site.zone)
    roles = (*ROLES, Role.SUPERVISOR, Role.MANAGER)
    posts = repository.posts_at(uow.session, [site.id], roles, (today, today))
    held = frozenset[UUID]().union(*posts.holders.values())
    return Book(
        site=site,
        shifts=ShiftRepository(uow).at(site.id),
        rules=repository.rules_of(uow.session, [site.id])[site.id],
        posts=posts,
        people=people.by_ids(uow.session, held),
        monday=today + timedelta(days=7 - today.weekday()),
        known=calendar(uow.session),
    )


def post_card(
    role: Role, shifts: Sequence[Shift], found: Manning, persons: Mapping[UUID, Person]
) -> PostCard:
    """A post with what came of trying it."""
    verdict = "cannot" if found.lacking else "can"
    return PostCard(
        role=role.value,
        shifts=[shift_line(shift) for shift in sorted(shifts, key=lambda one: one.begins)],
        hours=found.minutes // 60,
        people=found.people,
        each=f"{found.minutes / 60 / found.people:.0f}" if found.people else "",
        verdict=verdict if found.people else "nobody",
        lacking=found.lacking,
        least=found.least,
        hurdles=views.hurdles(found.obstacles, persons),
    )


def shift_line(shift: Shift) -> ShiftLine:
    """A shift as the list and the form have it."""
    return ShiftLine(
        id=str(shift.id),
        role=shift.role.value,
        name=shift.name,
        name_en=shift.name_en or shift.name,
        begins=views.clock(shift.begins),
        ends=views.clock(shift.begins + shift.minutes),
        hours=views.hours(shift.begins, shift.minutes),
        lasts=f"{shift.minutes / 60:g}",
        people=shift.people,
        day_rule=shift.day_rule.value,
        active=shift.active,
    )


def rules_line(rules: DutyRules) -> RulesLine:
    """Minutes as hours."""
    return RulesLine(
        rest=f"{rules.rest / 60:g}",
        long_rest=f"{rules.long_rest / 60:g}",
        days_in_row=rules.days_in_row,
        nights_in_row=rules.nights_in_row,
        week=f"{rules.week / 60:g}",
    )
