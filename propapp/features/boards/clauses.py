"""Questions about one clause: its versions, what plans made under it, and what became of that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy import select as select_rows
from sqlmodel import col, select

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards import kept
from propapp.features.boards.rows import Asked, Round, Walk
from propapp.features.people.models import Person
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.rounds.models import Run
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.schedules.repository import stops_when_opened
from propapp.features.standards.models import Clause, Standard


def clause_row(uow: UnitOfWork, clause_id: UUID) -> tuple[Clause, Standard]:
    """The clause and its paper, for whoever may read the library at any site."""
    uow.actor.require(Permission.STANDARD_READ)
    wanted = (
        select(Clause, Standard)
        .join(Standard, col(Standard.id) == Clause.standard_id)
        .where(Clause.id == clause_id)
    )
    found = uow.session.exec(wanted).one_or_none()
    if found is None:
        raise NotFound(kind="clause")
    return found


def tasks_under(
    uow: UnitOfWork, site_id: UUID, version_ids: Collection[UUID]
) -> Sequence[tuple[PlanTask, Plan]]:
    """The tasks of the site's plans that were made under these versions, the newest plan first."""
    sites = uow.actor.sites_where(Permission.PLAN_READ) & {site_id}
    wanted = (
        select(PlanTask, Plan)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .where(col(PlanTask.clause_id).in_(version_ids), col(Plan.site_id).in_(sites))
        .order_by(col(Plan.starts).desc(), col(Plan.version).desc(), col(PlanTask.position))
    )
    return uow.session.exec(wanted).all()


def rounds_for(
    uow: UnitOfWork, task_ids: Collection[UUID], first: datetime, last: datetime
) -> list[Asked]:
    """The rounds that these tasks asked for and that open in this stretch of time."""
    sites = uow.actor.sites_where(Permission.BOARD_READ)
    wanted = (
        select_rows(
            Occurrence,
            col(Route.name),
            col(Route.name_en),
            stops_when_opened(),
            Run,
            col(Person.name),
            col(Person.name_en),
        )
        .join(Route, col(Route.id) == Occurrence.route_id)
        .join(Run, col(Run.occurrence_id) == Occurrence.id, isouter=True)
        .join(Person, col(Person.id) == Run.person_id, isouter=True)
        .where(
            col(Occurrence.plan_task_id).in_(task_ids),
            col(Occurrence.opens_at) >= first,
            col(Occurrence.opens_at) < last,
            col(Occurrence.site_id).in_(sites),
            # Withdrawn, it counts only if somebody walked it all the same.
            or_(col(Occurrence.withdrawn_at).is_(None), col(Run.id).is_not(None)),
        )
        .order_by(col(Occurrence.opens_at), col(Occurrence.id))
    )
    found = uow.session.execute(wanted).all()
    return kept.grouped(
        [(Round(*one[:4]), Walk(*one[4:]) if one[4] is not None else None) for one in found]
    )
