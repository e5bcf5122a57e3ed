"""Entering a year's notice on holidays by hand, before the software knows it."""

from __future__ import annotations

from datetime import date

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NoticeImpossible
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.schedules import repository, rules
from propapp.features.schedules.commands import EnterYear
from propapp.features.schedules.models import CalendarDay, CalendarYear


@use_case("calendar.enter_year", Permission.CALENDAR_WRITE)
def enter_year(uow: UnitOfWork, command: EnterYear) -> CalendarYear:
    """Keep the notice; schedules that follow the calendar are made anew by the next sweep."""
    if any(one.day.year != command.year for one in command.days):
        raise InvalidInput(field="days")
    _refuse_impossible(command)
    session = uow.session
    repository.forget_notice(session, command.year)
    year = CalendarYear(year=command.year, source=command.source)
    session.add(year)
    session.add_all(
        CalendarDay(day=one.day, kind=one.kind, name=one.name, source=command.source)
        for one in command.days
    )
    session.flush()
    # The calendar belongs to no site: it is written down at each where its author may do so.
    for site_id in sorted(uow.workable_sites()):
        record(
            uow,
            "calendar.year_entered",
            site_id=site_id,
            thing_kind="site",
            thing_id=site_id,
            year=command.year,
            source=command.source,
            days=len(command.days),
        )
    return year


def _refuse_impossible(command: EnterYear) -> None:
    """A day is said once, and may be what it is said to be."""
    said: set[date] = set()
    for one in command.days:
        if one.day in said or not rules.can_be(one.day, one.kind):
            raise NoticeImpossible(day=one.day.isoformat())
        said.add(one.day)
