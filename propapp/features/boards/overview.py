"""The day of many sites at once: a row for each, and as many questions for a hundred as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlmodel import col, select

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.repository import is_pressing, is_wanted, sites_of
from propapp.features.boards.rules import midnight
from propapp.features.orders.models import OPEN_STATUSES, WorkOrder
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.models import Occurrence
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SiteDay:
    """How a site's day stands, in figures."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    total: int = 0
    done: int = 0
    running: int = 0
    late: int = 0
    missed: int = 0
    offline: int = 0
    pressing: int = 0


def all_sites(uow: UnitOfWork) -> list[SiteDay]:
    """Today at every site whose board the actor may open, what is wrong first."""
    sites = sites_of(uow)
    rounds, orders = _rounds(uow, sites), _pressing(uow, sites)
    shown = [
        SiteDay(
            id=str(site.id),
            name=site.name,
            name_en=site.name_en,
            pressing=orders.get(site.id, 0),
            **rounds.get(site.id, {}),
        )
        for site in sites
    ]
    return sorted(shown, key=lambda one: (-(one.missed + one.late + one.pressing), one.name))


def _rounds(uow: UnitOfWork, sites: Sequence[Site]) -> Mapping[UUID, dict[str, int]]:
    begun = exists().where(col(Run.occurrence_id) == Occurrence.id, col(Run.in_window).is_(True))
    done = begun.where(col(Run.status) != RunStatus.RUNNING)
    over = col(Occurrence.closes_at) < uow.now
    marked = col(Occurrence.missed_at).is_not(None)
    states: dict[str, Any] = {
        "done": done,
        "running": and_(begun, ~done, ~over),
        "late": and_(over, ~done, ~marked),
        "missed": and_(marked, ~begun),
        "offline": and_(col(Occurrence.offline_since).is_not(None), ~begun),
    }
    counts = [func.sum(case((state, 1), else_=0)) for state in states.values()]
    statement: Any = (
        select(col(Occurrence.site_id), func.count(), *counts)  # type: ignore[call-overload]
        .where(or_(*_days(uow.now, sites)), is_wanted())
        .group_by(col(Occurrence.site_id))
    )
    return {
        site: dict(zip(("total", *states), figures, strict=True))
        for site, *figures in uow.session.exec(statement)
    }


def _days(now: datetime, sites: Sequence[Site]) -> list[ColumnElement[bool]]:
    """Today at each zone's sites; a window may reach into it from the day before."""
    by_zone: dict[str, list[UUID]] = {}
    for site in sites:
        by_zone.setdefault(site.zone, []).append(site.id)
    found: list[ColumnElement[bool]] = []
    for zone, ids in by_zone.items():
        day = local_day(now, zone)
        first = midnight(day, zone)
        found.append(
            and_(
                col(Occurrence.site_id).in_(ids),
                col(Occurrence.opens_at) >= first - _DAY,
                col(Occurrence.opens_at) < midnight(day + _DAY, zone),
                col(Occurrence.closes_at) > first,
            )
        )
    return found


def _pressing(uow: UnitOfWork, sites: Sequence[Site]) -> Mapping[UUID, int]:
    statement = (
        select(WorkOrder.site_id, func.count())
        .where(
            col(WorkOrder.site_id).in_([site.id for site in sites]),
            col(WorkOrder.status).in_(OPEN_STATUSES),
            is_pressing(uow.now),
        )
        .group_by(col(WorkOrder.site_id))
    )
    return dict(uow.session.exec(statement).all())
