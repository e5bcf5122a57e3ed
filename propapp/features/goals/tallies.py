"""What each measure counts: one question each, by month, of one site.

The sums are made by the database, for a year holds tens of thousands of rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, literal, or_, select
from sqlmodel import Session, col

from propapp.core.timeline import TimelineEvent
from propapp.features.accidents.models import Accident, AccidentStatus
from propapp.features.goals.measures import Tally
from propapp.features.goals.rules import Period
from propapp.features.orders.models import Category, OrderStatus, Priority, Source, WorkOrder
from propapp.features.rounds.evidence import FAIR
from propapp.features.rounds.models import Look, Run, RunStatus, SecondLook, Visit
from propapp.features.schedules.models import Occurrence

# By the number of the month within the period.
Months = dict[int, Tally]
Ask = Callable[[Session, UUID, Period, datetime], Months]
_DAY = timedelta(hours=24)
_DANGEROUS = (Category.FIRE, Category.LIFT, Category.ELECTRIC)


def within(column: Any, period: Period) -> ColumnElement[bool]:
    """Whether the instant lies in the period."""
    return and_(column >= period.cuts[0], column < period.cuts[-1])


def month_of(column: Any, period: Period) -> ColumnElement[int]:
    """The number of the month that an instant lies in."""
    between = period.cuts[1:-1]
    if not between:
        return case((column.is_not(None), 0), else_=0)
    return case(*[(column < cut, number) for number, cut in enumerate(between)], else_=len(between))


def _counted(session: Session, cases: Subquery) -> Months:
    """Sums of ``part`` by ``month``; ``whole`` is how many cases there are."""
    sums = select(cases.c.month, func.sum(cases.c.part), func.count()).group_by(cases.c.month)
    return {month: Tally(int(part), whole) for month, part, whole in session.execute(sums)}


def walked(*wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a run that counts for the round was finished, and all of this is true of it."""
    return exists().where(
        col(Run.occurrence_id) == Occurrence.id,
        col(Run.in_window).is_(True),
        col(Run.status) != RunStatus.RUNNING,
        *wanted,
    )


def _rounds(good: ColumnElement[bool]) -> Ask:
    """Of the rounds whose window is over, or that are done already, the good ones."""

    def ask(session: Session, site_id: UUID, period: Period, now: datetime) -> Months:
        opens = col(Occurrence.opens_at)
        over = or_(col(Occurrence.closes_at) < now, walked())
        return _counted(
            session,
            select(month_of(opens, period).label("month"), case((good, 1), else_=0).label("part"))
            .where(
                col(Occurrence.site_id) == site_id,
                within(opens, period),
                opens <= now,
                col(Occurrence.withdrawn_at).is_(None),
                over,
            )
            .subquery(),
        )

    return ask


def _answered(session: Session, site_id: UUID, period: Period, now: datetime) -> Months:
    """Of the reports by owners, those that somebody took within a day; a day has to be over."""
    reported = col(WorkOrder.reported_at)
    wanted = select(month_of(reported, period), reported, col(WorkOrder.responded_at)).where(
        *_orders(site_id, reported, period),
        col(WorkOrder.source) == Source.OWNER,
        or_(col(WorkOrder.responded_at).is_not(None), reported <= now - _DAY),
    )
    found: Months = {}
    for month, at, taken in session.execute(wanted):
        good = taken is not None and taken - at <= _DAY
        found[month] = found.get(month, Tally()) + Tally(int(good), 1)
    return found


# What whoever complained reads as an answer: words to them, why it waits, or that it is done. That
# somebody took it is none.
_ANSWERS = ("order.noted", "order.held", "order.completed")


def _complaints_answered(session: Session, site_id: UUID, period: Period, now: datetime) -> Months:
    """Of the complaints, those first answered within a day; a day has to be over."""
    reported = col(WorkOrder.reported_at)
    first = (
        select(func.min(TimelineEvent.occurred_at))
        .where(
            col(TimelineEvent.thing_kind) == "order",
            col(TimelineEvent.thing_id) == WorkOrder.id,
            col(TimelineEvent.verb).in_(_ANSWERS),
            col(TimelineEvent.person_id) != WorkOrder.reported_by,
        )
        .correlate(WorkOrder)
        .scalar_subquery()
    )
    wanted = select(month_of(reported, period), reported, first).where(
        *_orders(site_id, reported, period),
        col(WorkOrder.category) == Category.COMPLAINT,
        or_(first.is_not(None), reported <= now - _DAY),
    )
    found: Months = {}
    for month, at, answered in session.execute(wanted):
        good = answered is not None and answered - at <= _DAY
        found[month] = found.get(month, Tally()) + Tally(int(good), 1)
    return found


def _orders(site_id: UUID, at: Any, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        col(WorkOrder.site_id) == site_id,
        col(WorkOrder.status) != OrderStatus.CANCELLED,
        within(at, period),
    )


def _order_cases(at: Any, part: Callable[[], Any], *wanted: Callable[[datetime], Any]) -> Ask:
    def ask(session: Session, site_id: UUID, period: Period, now: datetime) -> Months:
        cases = select(month_of(at, period).label("month"), part().label("part")).where(
            *_orders(site_id, at, period), *[one(now) for one in wanted]
        )
        return _counted(session, cases.subquery())

    return ask


def _if(condition: Callable[[], ColumnElement[bool]]) -> Callable[[], ColumnElement[Any]]:
    return lambda: case((condition(), 1), else_=0)


# When it was rated is not kept; when it was closed comes nearest.
_RATED_AT = func.coalesce(
    col(WorkOrder.closed_at), col(WorkOrder.completed_at), col(WorkOrder.reported_at)
)
_GOOD_STARS = 4


def _is_rated(_now: datetime) -> ColumnElement[bool]:
    return col(WorkOrder.stars).is_not(None)


def _is_settled(now: datetime) -> ColumnElement[bool]:
    return or_(col(WorkOrder.completed_at).is_not(None), col(WorkOrder.due_at) < now)


def _is_reported(now: datetime) -> ColumnElement[bool]:
    return col(WorkOrder.reported_at) <= now


def _looks(session: Session, site_id: UUID, period: Period, _now: datetime) -> Months:
    at = col(SecondLook.judged_at)
    judged = (Look.CREDIBLE, Look.NOT_CREDIBLE)
    good = case((col(SecondLook.look) == Look.CREDIBLE, 1), else_=0)
    cases = select(month_of(at, period).label("month"), good.label("part")).where(
        col(SecondLook.site_id) == site_id, within(at, period), col(SecondLook.look).in_(judged)
    )
    return _counted(session, cases.subquery())


def _visits(session: Session, site_id: UUID, period: Period, _now: datetime) -> Months:
    """By the runs' own index; a visit that was corrected counts no more."""
    at = col(Run.started_at)
    good = case((col(Visit.score) >= FAIR, 1), else_=0)
    cases = (
        select(month_of(at, period).label("month"), good.label("part"))
        .join_from(Run, Visit, col(Visit.run_id) == Run.id)
        .where(
            col(Run.site_id) == site_id,
            within(at, period),
            col(Visit.score).is_not(None),
            col(Visit.superseded_by).is_(None),
        )
    )
    return _counted(session, cases.subquery())


def _accidents(session: Session, site_id: UUID, period: Period, now: datetime) -> Months:
    """Those the company answers for, and those of which it is not known yet."""
    at = col(Accident.occurred_at)
    counts = (AccidentStatus.OPEN, AccidentStatus.LIABLE)
    cases = select(month_of(at, period).label("month"), literal(1).label("part")).where(
        col(Accident.site_id) == site_id,
        within(at, period),
        at <= now,
        col(Accident.status).in_(counts),
    )
    return _counted(session, cases.subquery())


ASKS: Mapping[tuple[str, int], Ask] = {
    ("rounds_complete", 1): _rounds(walked(col(Run.points_done) >= col(Run.points_total))),
    ("rounds_on_time", 1): _rounds(walked(col(Run.started_at) <= col(Occurrence.closes_at))),
    ("answered_in_a_day", 1): _answered,
    ("complaints_answered", 1): _complaints_answered,
    ("owners_satisfied", 1): _order_cases(
        _RATED_AT, _if(lambda: col(WorkOrder.stars) >= _GOOD_STARS), _is_rated
    ),
    ("stars", 1): _order_cases(_RATED_AT, lambda: col(WorkOrder.stars), _is_rated),
    ("orders_in_time", 1): _order_cases(
        col(WorkOrder.due_at),
        _if(lambda: col(WorkOrder.completed_at) <= col(WorkOrder.due_at)),
        _is_settled,
    ),
    ("looks_passed", 1): _looks,
    ("visits_proven", 1): _visits,
    ("urgent_safety", 1): _order_cases(
        col(WorkOrder.reported_at),
        _if(
            lambda: and_(
                col(WorkOrder.priority) == Priority.URGENT,
                col(WorkOrder.category).in_(_DANGEROUS),
            )
        ),
        _is_reported,
    ),
    ("accidents", 1): _accidents,
}


def ask(
    session: Session, key: tuple[str, int], where: tuple[UUID, Period], now: datetime
) -> Months:
    """What the measure counts."""
    return ASKS[key](session, *where, now)


def by_month(months: Months, period: Period) -> Sequence[Tally]:
    """Every month of the period, those without a case too."""
    return [months.get(number, Tally()) for number in range(len(period.months))]
