"""Routes and occurrences the actor may see, and the windows that occurrences are made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    and_,
    false,
    func,
    not_,
    or_,
    true,
)
from sqlmodel import Session, col, delete, select, update

from propapp.core.access import Actor, Permission, Role
from propapp.core.dates.workdays import Calendar
from propapp.core.repository import VisibleRows
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.schedules.models import (
    CalendarDay,
    CalendarYear,
    Occurrence,
    RoundSeed,
    Route,
    RoutePoint,
    TaskSchedule,
    Trigger,
    WeatherEvent,
    WeatherHook,
)
from propapp.features.sites.models import Site
from propapp.features.standards.models import ChecklistTemplate


class OccurrenceRepository(VisibleRows[Occurrence]):
    """Occurrences of routes at the actor's sites."""

    model, kind, read = Occurrence, "occurrence", Permission.ROUND_READ

    def between(self, first: datetime, last: datetime) -> Sequence[Occurrence]:
        """Those whose windows touch this stretch of time, earliest first."""
        touching = self._visible.where(
            Occurrence.closes_at >= first,
            Occurrence.opens_at <= last,
            col(Occurrence.withdrawn_at).is_(None),
        )
        return self._session.exec(touching.order_by(col(Occurrence.opens_at))).all()


class RouteRepository(VisibleRows[Route]):
    """Routes at the actor's sites."""

    model, kind, read = Route, "route", Permission.ROUND_READ

    def active(self) -> Sequence[Route]:
        """Those that are walked at present."""
        return self._session.exec(self._visible.where(col(Route.active).is_(True))).all()


class ScheduleRepository(VisibleRows[TaskSchedule]):
    """When routes are walked, at the actor's sites."""

    model, kind, read = TaskSchedule, "schedule", Permission.SCHEDULE_READ

    def at(self, site_id: UUID) -> Sequence[tuple[TaskSchedule, Route]]:
        """All of a site, by route."""
        statement = (
            select(TaskSchedule, Route)
            .join(Route, col(Route.id) == TaskSchedule.route_id)
            .where(TaskSchedule.site_id == site_id, col(TaskSchedule.site_id).in_(self._readable))
        )
        return self._session.exec(
            statement.order_by(col(Route.name), col(TaskSchedule.starts))
        ).all()

    def seeds_at(self, site_id: UUID, *, limit: int) -> Sequence[RoundSeed]:
        """What was committed to at a site, newest first."""
        seeds = select(RoundSeed).where(
            RoundSeed.site_id == site_id, col(RoundSeed.site_id).in_(self._readable)
        )
        newest = seeds.order_by(col(RoundSeed.local_date).desc())
        return self._session.exec(newest.limit(limit)).all()

    def weather_at(self, site_id: UUID, *, limit: int) -> Sequence[WeatherEvent]:
        """The last weather at a site, newest first."""
        events = select(WeatherEvent).where(
            WeatherEvent.site_id == site_id, col(WeatherEvent.site_id).in_(self._readable)
        )
        return self._session.exec(events.order_by(col(WeatherEvent.at).desc()).limit(limit)).all()

    @property
    def _readable(self) -> frozenset[UUID]:
        return self._actor.sites_where(self.read)


class HookRepository(VisibleRows[WeatherHook]):
    """Tokens of weather services at the actor's sites."""

    model, kind, read = WeatherHook, "weather_hook", Permission.SCHEDULE_WRITE

    def at(self, site_id: UUID) -> Sequence[WeatherHook]:
        """Those of a site that still open it."""
        hooks = self._visible.where(
            WeatherHook.site_id == site_id, col(WeatherHook.revoked_at).is_(None)
        )
        return self._session.exec(hooks.order_by(col(WeatherHook.made_at))).all()


def stood_at(instant: datetime | SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Whether a stop was one of its route's at this instant."""
    placed, replaced = col(RoutePoint.placed_at), col(RoutePoint.replaced_at)
    return and_(
        or_(placed.is_(None), placed <= instant), or_(replaced.is_(None), replaced > instant)
    )


def stops_when_opened() -> ScalarSelect[int]:
    """How many stops a route had when the window opened; beside a query of route and occurrence."""
    return (
        select(func.count(col(RoutePoint.id)))
        .where(col(RoutePoint.route_id) == Route.id, stood_at(col(Occurrence.opens_at)))
        .scalar_subquery()
    )


def _stands() -> ColumnElement[bool]:
    return col(RoutePoint.replaced_at).is_(None)


def points_of(session: Session, route_id: UUID, at: datetime | None = None) -> Sequence[RoutePoint]:
    """The stops of a route in their order, as they stood at this instant or stand now."""
    stops = select(RoutePoint).where(
        RoutePoint.route_id == route_id, stood_at(at) if at else _stands()
    )
    return session.exec(stops.order_by(col(RoutePoint.position))).all()


def stops_behind(session: Session, newest: Collection[UUID]) -> Sequence[RoutePoint]:
    """The stops of routes by hand that ask by another version than one of these."""
    stops = (
        select(RoutePoint)
        .join(Route, col(Route.id) == RoutePoint.route_id)
        .where(_stands(), col(Route.plan_id).is_(None))
        .where(col(RoutePoint.template_id).not_in(newest))
    )
    return session.exec(stops.order_by(col(RoutePoint.id))).all()


def occurrences_for(
    session: Session, actor: Actor, first: datetime, last: datetime
) -> Sequence[Occurrence]:
    """Those of the actor's own routes whose windows touch this stretch of time, earliest first."""
    statement = (
        select(Occurrence)
        .join(Route, col(Route.id) == Occurrence.route_id)
        .where(
            Occurrence.closes_at >= first,
            Occurrence.opens_at <= last,
            col(Occurrence.withdrawn_at).is_(None),
            _walked_by(actor),
        )
    )
    return session.exec(statement.order_by(col(Occurrence.opens_at))).all()


def routes_for(session: Session, actor: Actor, due: Collection[UUID] = ()) -> Sequence[Route]:
    """The routes that are the actor's to walk, the ones given up included while rounds remain.

    A single job is among them only where it is ``due``: there are hundreds in a year's plan.
    """
    wanted = or_(col(Route.plan_id).is_(None), col(Route.id).in_(due))
    routes = select(Route).where(_walked_by(actor), wanted)
    return session.exec(routes.order_by(col(Route.name))).all()


def points_of_routes(session: Session, route_ids: Collection[UUID]) -> Sequence[RoutePoint]:
    """The stops of these routes as they stand now, each route's in their order."""
    stops = select(RoutePoint).where(col(RoutePoint.route_id).in_(route_ids), _stands())
    return session.exec(stops.order_by(col(RoutePoint.route_id), col(RoutePoint.position))).all()


def _walked_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a route is for a post the actor holds at its site; leaders hold all."""
    readable = actor.sites_where(Permission.ROUND_READ)
    posts = [
        and_(
            col(Route.site_id) == site_id,
            true() if Role.SUPERVISOR in roles else col(Route.role).in_(roles),
        )
        for site_id, roles in actor.roles.items()
        if site_id in readable
    ]
    return or_(false(), *posts)


def calendar(session: Session) -> Calendar:
    """The announced calendar with what the company knows better; the same for all sites."""
    own = {one.day: one.kind for one in session.exec(select(CalendarDay))}
    return Calendar(own, frozenset(session.exec(select(CalendarYear.year))))


def forget_notice(session: Session, year: int) -> None:
    """Take away whatever was entered of this year, to make room for what is true."""
    session.exec(delete(CalendarYear).where(col(CalendarYear.year) == year))
    session.exec(delete(CalendarDay).where(_in_year(year)))


def notices(session: Session, year: int) -> Sequence[CalendarYear]:
    """The notice that was entered of this year, if one was."""
    return session.exec(select(CalendarYear).where(CalendarYear.year == year)).all()


def names_of_days(session: Session, year: int) -> Mapping[date, str]:
    """What the days are called that were entered of this year."""
    found = session.exec(select(CalendarDay).where(_in_year(year)))
    return {one.day: one.name for one in found}


def entered_days(session: Session) -> Sequence[CalendarDay]:
    """Every day of all notices that were entered, in order."""
    return session.exec(select(CalendarDay).order_by(col(CalendarDay.day))).all()


def _in_year(year: int) -> ColumnElement[bool]:
    return col(CalendarDay.day).between(date(year, 1, 1), date(year, 12, 31))


def _is_behind(last: date, edition: str) -> ColumnElement[bool]:
    """Whether the occurrences of a schedule are not what its rule and the calendar say."""
    live = and_(
        col(TaskSchedule.active).is_(True),
        col(Route.active).is_(True),
        col(TaskSchedule.trigger) == Trigger.CALENDAR,
    )
    made = col(TaskSchedule.made_until)
    is_old = or_(made.is_(None), made < last, col(TaskSchedule.made_edition) != edition)
    return or_(and_(live, is_old), and_(not_(live), made.is_not(None)))


def behind(
    session: Session, last: date, edition: str, *, limit: int
) -> Sequence[tuple[TaskSchedule, Route, Site]]:
    """Schedules at every site that are behind their calendar; for the house's own sweep."""
    statement = (
        select(TaskSchedule, Route, Site)
        .join(Route, col(Route.id) == TaskSchedule.route_id)
        .join(Site, col(Site.id) == TaskSchedule.site_id)
        .where(_is_behind(last, edition))
        .order_by(col(TaskSchedule.id))
        .limit(limit)
    )
    return session.exec(statement.with_for_update(of=TaskSchedule)).all()


def still_to_come(
    session: Session, schedule_ids: Collection[UUID], after: datetime
) -> Sequence[Occurrence]:
    """What was made for the routes of these schedules and has not opened yet, withdrawn or not."""
    if not schedule_ids:
        return []
    routes = select(TaskSchedule.route_id).where(col(TaskSchedule.id).in_(schedule_ids))
    coming = select(Occurrence).where(
        col(Occurrence.route_id).in_(routes), Occurrence.opens_at > after
    )
    return session.exec(coming).all()


def forget_made(session: Session, route_ids: Collection[UUID], *, but: Collection[UUID]) -> None:
    """Let the other schedules of these routes be made anew at the next look."""
    if route_ids:
        others = update(TaskSchedule).where(
            col(TaskSchedule.route_id).in_(route_ids), col(TaskSchedule.id).not_in(but)
        )
        session.exec(others.values(made_edition=""))


def schedules_of_plans(session: Session, root_ids: Collection[UUID]) -> dict[UUID, TaskSchedule]:
    """The schedules that follow these plans, whatever the version; for the house's own sweep."""
    statement = (
        select(TaskSchedule)
        .join(PlanTask, col(PlanTask.id) == TaskSchedule.plan_task_id)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .where(col(Plan.root_id).in_(root_ids))
    )
    return {schedule.id: schedule for schedule in session.exec(statement)}


def routes_by_id(session: Session, route_ids: Collection[UUID | None]) -> dict[UUID, Route]:
    """These routes, whoever may see them; for the house's own sweep."""
    found = session.exec(select(Route).where(col(Route.id).in_(route_ids)))
    return {route.id: route for route in found}


def withdraw_coming(session: Session, schedule: TaskSchedule, now: datetime) -> None:
    """Take back what a schedule has ahead on its route, and let others look there again."""
    coming = update(Occurrence).where(
        col(Occurrence.schedule_id) == schedule.id,
        col(Occurrence.opens_at) > now,
        col(Occurrence.withdrawn_at).is_(None),
    )
    session.exec(coming.values(withdrawn_at=now))
    forget_made(session, {schedule.route_id}, but=[schedule.id])


def random_schedules(session: Session) -> Sequence[tuple[TaskSchedule, Site]]:
    """Whatever is drawn by chance, at every site; for the house's own sweep."""
    statement = (
        select(TaskSchedule, Site)
        .join(Route, col(Route.id) == TaskSchedule.route_id)
        .join(Site, col(Site.id) == TaskSchedule.site_id)
        .where(
            TaskSchedule.trigger == Trigger.RANDOM,
            col(TaskSchedule.active).is_(True),
            col(Route.active).is_(True),
        )
        .order_by(col(TaskSchedule.id))
    )
    return session.exec(statement).all()


def seeds_since(session: Session, day: date) -> Sequence[RoundSeed]:
    """What was committed to from this day on, at every site; for the house's own sweep."""
    return session.exec(select(RoundSeed).where(RoundSeed.local_date >= day)).all()


def running_seeds(session: Session) -> Sequence[tuple[RoundSeed, Site]]:
    """What was committed to and is not told yet, at every site; for the house's own sweep."""
    statement = (
        select(RoundSeed, Site)
        .join(Site, col(Site.id) == RoundSeed.site_id)
        .where(col(RoundSeed.revealed_at).is_(None))
    )
    return session.exec(statement).all()


def seeds_over(session: Session, now: datetime) -> Sequence[RoundSeed]:
    """Those of days that are over and not told yet; for the house's own sweep."""
    over = select(RoundSeed).where(col(RoundSeed.revealed_at).is_(None), RoundSeed.over_at <= now)
    return session.exec(over.order_by(col(RoundSeed.local_date))).all()


def schedules_of(session: Session, seed: RoundSeed) -> dict[UUID, TaskSchedule]:
    """The schedules that a seed draws for, stopped ones too."""
    ids = [UUID(said["schedule_id"]) for said in seed.draws]
    found = session.exec(select(TaskSchedule).where(col(TaskSchedule.id).in_(ids)))
    return {schedule.id: schedule for schedule in found}


def known_occurrences(session: Session, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these exist."""
    return frozenset(session.exec(select(Occurrence.id).where(col(Occurrence.id).in_(ids))))


def hook_of(session: Session, token_sha256: str) -> WeatherHook | None:
    """The service whose token this is."""
    return session.exec(
        select(WeatherHook).where(WeatherHook.token_sha256 == token_sha256)
    ).one_or_none()


def weather_event(session: Session, site_id: UUID, key: str) -> WeatherEvent | None:
    """What was announced under this key."""
    return session.exec(
        select(WeatherEvent).where(WeatherEvent.site_id == site_id, WeatherEvent.key == key)
    ).one_or_none()


def waiting_for(session: Session, site_id: UUID, trigger: Trigger) -> Sequence[TaskSchedule]:
    """The schedules of a site that wait for this weather."""
    statement = (
        select(TaskSchedule)
        .join(Route, col(Route.id) == TaskSchedule.route_id)
        .where(
            TaskSchedule.site_id == site_id,
            TaskSchedule.trigger == trigger,
            col(TaskSchedule.active).is_(True),
            col(Route.active).is_(True),
        )
    )
    return session.exec(statement).all()


def routes_at(uow: UnitOfWork, site_id: UUID) -> Sequence[Route]:
    """The ways through a site that are walked, if the actor may read its schedules."""
    return _ways(uow, site_id, active=True)


def routes_given_up(uow: UnitOfWork, site_id: UUID) -> Sequence[Route]:
    """Those that are walked no more, if the actor may read its schedules."""
    return _ways(uow, site_id, active=False)


def _ways(uow: UnitOfWork, site_id: UUID, *, active: bool) -> Sequence[Route]:
    if site_id not in uow.actor.sites_where(Permission.SCHEDULE_READ):
        return []
    routes = select(Route).where(
        Route.site_id == site_id, col(Route.active).is_(active), col(Route.plan_id).is_(None)
    )
    return uow.session.exec(routes.order_by(col(Route.name))).all()


def count_running(session: Session, route_id: UUID) -> int:
    """How many schedules want the route walked."""
    running = select(func.count(col(TaskSchedule.id))).where(
        TaskSchedule.route_id == route_id, col(TaskSchedule.active).is_(True)
    )
    return session.exec(running).one()


def route_named(session: Session, site_id: UUID, name: str) -> Route | None:
    """The site's route of this name that is walked."""
    named = select(Route).where(
        Route.site_id == site_id, Route.name == name, col(Route.active).is_(True)
    )
    return session.exec(named.order_by(col(Route.id))).first()


def checklists_of(
    session: Session, route_ids: Collection[UUID], template_ids: Collection[UUID]
) -> tuple[dict[UUID, list[ChecklistTemplate]], dict[UUID, ChecklistTemplate]]:
    """The checklists answered on each of these routes, in the order of its stops, and these."""
    stops = select(RoutePoint.route_id, RoutePoint.template_id).where(
        col(RoutePoint.route_id).in_(route_ids), _stands()
    )
    answered = session.exec(stops.order_by(col(RoutePoint.position))).all()
    wanted = {*template_ids, *(template_id for _, template_id in answered)}
    found = session.exec(select(ChecklistTemplate).where(col(ChecklistTemplate.id).in_(wanted)))
    templates = {template.id: template for template in found}
    by_route: dict[UUID, list[ChecklistTemplate]] = {}
    for route_id, template_id in answered:
        known = by_route.setdefault(route_id, [])
        if templates[template_id] not in known:
            known.append(templates[template_id])
    return by_route, templates
