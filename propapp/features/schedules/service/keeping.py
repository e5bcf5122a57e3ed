"""Keeping schedules, and making dated occurrences from them."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.dates import timetable
from propapp.core.dates.specs import times_of
from propapp.core.errors import FollowsPlan, InvalidInput, RouteGivenUp
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.schedules import repository
from propapp.features.schedules.commands import KeepSchedule, ResumeSchedule, StopSchedule
from propapp.features.schedules.horizon import Made, Sweep
from propapp.features.schedules.models import Route, TaskSchedule
from propapp.features.schedules.repository import RouteRepository, ScheduleRepository


@internal
def keep_horizon(uow: UnitOfWork) -> Made:
    """Bring some schedules that are behind up to date; what is past is never made up."""
    return Sweep.of(uow).run()


@use_case("schedule.keep", Permission.SCHEDULE_WRITE)
def keep(uow: UnitOfWork, command: KeepSchedule) -> TaskSchedule:
    """Make or revise a schedule; one that cannot be is refused, and nothing is written."""
    route = RouteRepository(uow).get(command.route_id)
    _refuse_given_up(route)
    schedule = uow.session.get(TaskSchedule, command.schedule_id)
    if schedule is not None:
        schedule = ScheduleRepository(uow).get(command.schedule_id)
        _refuse_another_route(schedule, route)
        _refuse_plans(schedule)
    made = _as_asked(uow, command, route)
    if schedule is None:
        uow.session.add(made)
        return changed(uow, made, "made")
    for name in TIMES:
        setattr(schedule, name, getattr(made, name))
    schedule.version += 1
    return changed(uow, schedule, "revised")


TIMES = ("trigger", "rrule", "windows", "day_rule", "season", "random", "starts", "ends")


def _as_asked(uow: UnitOfWork, command: KeepSchedule, route: Route) -> TaskSchedule:
    made = TaskSchedule(
        id=command.schedule_id,
        site_id=route.site_id,
        route_id=route.id,
        starts=command.starts,
        ends=timetable.last_day(command.rrule, command.starts, command.ends),
        **times_of(command),
    )
    refuse_impossible(uow, made)
    return made


@internal
def refuse_impossible(uow: UnitOfWork, schedule: TaskSchedule) -> None:
    """Refuse a schedule that cannot be, with the one word for why."""
    timetable.leave_to_chance(schedule)
    timetable.refuse_impossible(schedule, repository.calendar(uow.session))


def _refuse_another_route(schedule: TaskSchedule, route: Route) -> None:
    if schedule.route_id != route.id:
        raise InvalidInput(field="route_id")


def _refuse_plans(schedule: TaskSchedule) -> None:
    if schedule.plan_task_id is not None:
        raise FollowsPlan


def _refuse_given_up(route: Route) -> None:
    if not route.active:
        raise RouteGivenUp(name=route.name, name_en=route.name_en)


@use_case("schedule.stop", Permission.SCHEDULE_WRITE)
def stop(uow: UnitOfWork, command: StopSchedule) -> TaskSchedule:
    """No more rounds of it; the sweep withdraws what is ahead."""
    schedule = ScheduleRepository(uow).get(command.schedule_id)
    _refuse_plans(schedule)
    schedule.active = False
    return changed(uow, schedule, "stopped")


@use_case("schedule.resume", Permission.SCHEDULE_WRITE)
def resume(uow: UnitOfWork, command: ResumeSchedule) -> TaskSchedule:
    """Its rounds again; the sweep makes them."""
    schedule = ScheduleRepository(uow).get(command.schedule_id)
    _refuse_plans(schedule)
    _refuse_given_up(RouteRepository(uow).get(schedule.route_id))
    schedule.active = True
    return changed(uow, schedule, "resumed")


@internal
def changed(uow: UnitOfWork, schedule: TaskSchedule, past: str) -> TaskSchedule:
    """Keep the schedule, have it looked through again, and write down what happened to it."""
    schedule.made_edition = ""
    keep_and_record(
        uow,
        schedule,
        "schedule",
        past,
        version=schedule.version,
        rrule=schedule.rrule,
        windows=schedule.windows,
        day_rule=schedule.day_rule.value,
        trigger=schedule.trigger.value,
        season=schedule.season,
        random=schedule.random,
        starts=schedule.starts.isoformat(),
        ends=schedule.ends.isoformat(),
    )
    return schedule
