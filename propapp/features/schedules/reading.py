"""From questions to what is shown: the schedules of a site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.schedules import repository, rules, views
from propapp.features.schedules.models import TaskSchedule, Trigger
from propapp.features.schedules.repository import HookRepository, ScheduleRepository
from propapp.features.sites.models import Site

_FOLLOWING = 4
_SEEDS, _WEATHER = 5, 5


@dataclass(frozen=True)
class Shown:
    """All that the page shows."""

    cards: list[views.ScheduleCard]
    routes: list[views.RouteChoice]
    seeds: list[views.SeedCard]
    weather: list[views.WeatherCard]
    hooks: list[views.HookCard]


def schedules_of(uow: UnitOfWork, site: Site) -> Shown:
    """The schedules of a site: a fixed number of questions."""
    found = ScheduleRepository(uow)
    calendar = repository.calendar(uow.session)
    writes = site.id in uow.actor.sites_where(Permission.SCHEDULE_WRITE)
    return Shown(
        cards=[_card(uow, calendar, site, *one) for one in found.at(site.id)],
        routes=[
            views.RouteChoice(str(route.id), route.name, route.name_en or route.name)
            for route in repository.routes_at(uow, site.id)
        ],
        seeds=[
            views.SeedCard(
                seed.local_date.isoformat(),
                seed.commitment,
                # Told when the day is over, and never before.
                seed.seed if seed.revealed_at else "",
            )
            for seed in found.seeds_at(site.id, limit=_SEEDS)
        ],
        weather=[
            views.WeatherCard(
                str(event.id),
                event.trigger.value.removeprefix("weather:"),
                _stamp(event.at),
                event.rounds,
                event.hook_id is not None,
            )
            for event in found.weather_at(site.id, limit=_WEATHER)
        ],
        hooks=[
            views.HookCard(str(hook.id), hook.name, _stamp(hook.used_at))
            for hook in (HookRepository(uow).at(site.id) if writes else ())
        ],
    )


def _card(
    uow: UnitOfWork, calendar: Calendar, site: Site, schedule: TaskSchedule, route: object
) -> views.ScheduleCard:
    opens, provisional = _following(uow, calendar, site, schedule)
    return views.schedule_card(
        schedule,
        route,  # type: ignore[arg-type]
        following=opens,
        provisional=provisional,
    )


def _following(
    uow: UnitOfWork, calendar: Calendar, site: Site, schedule: TaskSchedule
) -> tuple[list[str], bool]:
    """The next openings; of random rounds none is ever told."""
    if schedule.trigger is not Trigger.CALENDAR or not schedule.active:
        return [], False
    today = rules.local_day(uow.now, site.zone)
    found: list[str] = []
    for one in timetable.openings(schedule, calendar, today, today + timedelta(days=400)):
        dated = rules.dated(one.day, opens=one.opens, minutes=one.minutes, zone=site.zone)
        if dated.opens_at > uow.now:
            found.append(_stamp(dated.opens_at))
            if len(found) == _FOLLOWING:
                return found, one.provisional
    return found, False


def _stamp(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""


def route_of(uow: UnitOfWork, schedule_id: UUID) -> UUID:
    """The route that a schedule is for."""
    return ScheduleRepository(uow).get(schedule_id).route_id
