"""Keeping the occurrences of the next fourteen days as their schedules and the calendar say.

A sweep looks only at schedules that are behind: a new day, a changed rule, another edition of the
calendar. What it made before and is wanted still stays as it was; what is wanted no more is
withdrawn, never deleted, for a phone may have seen it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.db.insert import insert_missing_values
from propapp.core.ids import derived_ids
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.schedules import repository, rules
from propapp.features.schedules.models import Occurrence, Route, TaskSchedule, Trigger
from propapp.features.sites.models import Site

HORIZON = timedelta(days=14)
_DAY = timedelta(days=1)
# So many schedules in one transaction: phones wait no longer than that for the database.
AT_A_TIME = 250

Behind = Sequence[tuple[TaskSchedule, Route, Site]]


@dataclass(frozen=True)
class Made:
    """How many schedules were looked at, and how many occurrences were wanted of them."""

    schedules: int
    occurrences: int


@dataclass
class Sweep:
    """One look at what is behind."""

    uow: UnitOfWork
    calendar: Calendar
    last: date
    edition: str
    wanted: dict[UUID, dict[str, Any]] = field(default_factory=dict[UUID, dict[str, Any]])
    remade: list[UUID] = field(default_factory=list[UUID])

    @classmethod
    def of(cls, uow: UnitOfWork) -> Sweep:
        """With the calendar as it is known now."""
        calendar = repository.calendar(uow.session)
        last = (uow.now + HORIZON).date()
        return cls(uow, calendar, last, calendar.edition(uow.now.date(), last))

    def run(self, *, limit: int = AT_A_TIME) -> Made:
        """Bring so many schedules up to date."""
        behind = repository.behind(self.uow.session, self.last, self.edition, limit=limit)
        for schedule, route, site in behind:
            self._want(schedule, route, site)
        self._reconcile()
        insert_missing_values(self.uow.session, Occurrence, list(self.wanted.values()))
        for schedule, route, _ in behind:
            live = _is_live(schedule, route)
            schedule.made_until = self.last if live else None
            schedule.made_edition = self.edition
            self.uow.session.add(schedule)
        return Made(len(behind), len(self.wanted))

    def _want(self, schedule: TaskSchedule, route: Route, site: Site) -> None:
        live = _is_live(schedule, route)
        goes_on = live and schedule.made_until is not None and schedule.made_edition == self.edition
        if not goes_on:
            self.remade.append(schedule.id)
        if not live:
            return
        # One day early, for a window may reach over midnight into the first day.
        today = rules.local_day(self.uow.now, site.zone) - _DAY
        first = max(today, schedule.made_until + _DAY) if goes_on else today  # type: ignore[operator]
        for row in self._rows(schedule, site, first):
            self.wanted[row["id"]] = row

    def _rows(self, schedule: TaskSchedule, site: Site, first: date) -> Iterator[dict[str, Any]]:
        ids = derived_ids("occurrence", schedule.route_id)
        same = {
            "kind": schedule.trigger.value,
            "alarmed": 0,
            "site_id": schedule.site_id,
            "route_id": schedule.route_id,
            "schedule_id": schedule.id,
            "plan_task_id": schedule.plan_task_id,
        }
        for one in timetable.openings(schedule, self.calendar, first, self.last):
            dated = rules.dated(one.day, opens=one.opens, minutes=one.minutes, zone=site.zone)
            if dated.closes_at > self.uow.now:
                yield same | {
                    "id": ids(dated.name),
                    "local_date": one.day,
                    "opens_at": dated.opens_at,
                    "closes_at": dated.closes_at,
                    "grace": one.grace,
                    "provisional": one.provisional,
                }

    def _reconcile(self) -> None:
        """What was made by an older rule and has not opened: keep, correct, withdraw or restore."""
        session, now = self.uow.session, self.uow.now
        bared: set[UUID] = set()
        for one in repository.still_to_come(session, self.remade, now):
            row = self.wanted.get(one.id)
            if row is not None:
                _correct(one, row)
            elif one.schedule_id in self.remade and one.withdrawn_at is None:
                one.withdrawn_at = now
                bared.add(one.route_id)
            session.add(one)
        # Another schedule of the same route may have wanted the very same round.
        repository.forget_made(session, bared, but=self.remade)


def _is_live(schedule: TaskSchedule, route: Route) -> bool:
    return schedule.active and route.active and schedule.trigger is Trigger.CALENDAR


def _correct(one: Occurrence, row: dict[str, Any]) -> None:
    one.withdrawn_at = None
    for name in ("schedule_id", "plan_task_id", "closes_at", "grace", "provisional"):
        setattr(one, name, row[name])


def occurrence_at(
    schedule: TaskSchedule, *, day: date, opens_at: datetime, closes_at: datetime, grace: int
) -> Occurrence:
    """A round of the schedule that no calendar makes: drawn by chance, or asked by the weather."""
    return Occurrence(
        id=derived_ids("occurrence", schedule.route_id)(opens_at.isoformat()),
        site_id=schedule.site_id,
        route_id=schedule.route_id,
        schedule_id=schedule.id,
        plan_task_id=schedule.plan_task_id,
        kind=schedule.trigger.value,
        local_date=day,
        opens_at=opens_at,
        closes_at=closes_at,
        grace=grace,
    )
