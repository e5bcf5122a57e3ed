"""Goals the actor may see, and the clauses that serve each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col, delete, func, or_, select

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.core.timeline import TimelineEvent
from propapp.features.goals.models import Goal, GoalClause, GoalStatus
from propapp.features.standards.models import Clause, ClauseVersion, Standard

# So many goals on one page, and so many words of what happened to one.
MOST = 60
_HISTORY = 40


class ServingClause(NamedTuple):
    """A clause that serves a goal, its paper, and a version of it."""

    clause: Clause
    standard: Standard
    version: ClauseVersion


class GoalRepository(VisibleRows[Goal]):
    """Goals of the actor's sites."""

    model, kind, read = Goal, "goal", Permission.GOAL_READ

    def at(self, site_id: UUID, day: date, *, past: bool) -> Sequence[Goal]:
        """Those that count on the day or later, else those that are over; the heaviest first."""
        goals = self._visible.where(Goal.site_id == site_id)
        counts = (col(Goal.status) == GoalStatus.SET) & (col(Goal.ends) >= day)
        over = or_(col(Goal.status) == GoalStatus.DROPPED, col(Goal.ends) < day)
        goals = goals.where(over if past else counts)
        heaviest = (col(Goal.weight).desc(), col(Goal.name), col(Goal.id))
        return self._session.exec(
            goals.order_by(col(Goal.ends).desc(), *heaviest).limit(MOST)
        ).all()

    def standing_at(self, site_id: UUID) -> Sequence[Goal]:
        """All of a site that were not dropped, also those whose time is over."""
        goals = self._visible.where(Goal.site_id == site_id, Goal.status == GoalStatus.SET)
        return self._session.exec(goals.order_by(col(Goal.starts), col(Goal.name))).all()

    def between(self, site_id: UUID, first: date, last: date) -> Sequence[Goal]:
        """Those that count on any of these days; the heaviest first."""
        goals = self._visible.where(
            Goal.site_id == site_id,
            Goal.status == GoalStatus.SET,
            Goal.starts <= last,
            Goal.ends >= first,
        )
        heaviest = (col(Goal.weight).desc(), col(Goal.name), col(Goal.id))
        return self._session.exec(goals.order_by(*heaviest).limit(MOST)).all()

    def served_by(self, site_id: UUID, clause_ids: Collection[UUID]) -> Sequence[Goal]:
        """The goals of the site that any of these clauses serves."""
        serving = select(GoalClause.goal_id).where(col(GoalClause.clause_id).in_(clause_ids))
        goals = self._visible.where(
            Goal.site_id == site_id, Goal.status == GoalStatus.SET, col(Goal.id).in_(serving)
        )
        heaviest = goals.order_by(col(Goal.ends).desc(), col(Goal.weight).desc(), col(Goal.name))
        return self._session.exec(heaviest.limit(MOST)).all()


def clause_counts(session: Session, goal_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many clauses serve each of these goals."""
    counted = (
        select(GoalClause.goal_id, func.count())
        .where(col(GoalClause.goal_id).in_(goal_ids))
        .group_by(col(GoalClause.goal_id))
    )
    return dict(session.exec(counted).all())


def serving(session: Session, goal_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The clauses that serve each of these goals, in their order."""
    wanted = select(GoalClause).where(col(GoalClause.goal_id).in_(goal_ids))
    found: dict[UUID, list[UUID]] = {}
    for one in session.exec(wanted.order_by(col(GoalClause.position))):
        found.setdefault(one.goal_id, []).append(one.clause_id)
    return found


def clauses_serving(session: Session, goal_id: UUID, day: date) -> list[ServingClause]:
    """The clauses of a goal in their order, each as it reads on the day, else as it will."""
    wanted = (
        select(GoalClause, Clause, Standard, ClauseVersion)
        .join(Clause, col(Clause.id) == GoalClause.clause_id)
        .join(Standard, col(Standard.id) == Clause.standard_id)
        .join(ClauseVersion, col(ClauseVersion.clause_id) == Clause.id)
        .where(GoalClause.goal_id == goal_id)
        .order_by(col(GoalClause.position), col(Clause.number), col(ClauseVersion.starts))
    )
    found: dict[UUID, ServingClause] = {}
    for _serving, clause, standard, version in session.exec(wanted):
        if clause.id not in found or version.starts <= day:
            found[clause.id] = ServingClause(clause, standard, version)
    return list(found.values())


def known_clauses(session: Session, clause_ids: Collection[UUID]) -> set[UUID]:
    """Which of these clauses there are."""
    return set(session.exec(select(Clause.id).where(col(Clause.id).in_(clause_ids))))


def forget_clauses(session: Session, goal_id: UUID) -> None:
    """No clause serves it any more."""
    session.exec(delete(GoalClause).where(col(GoalClause.goal_id) == goal_id))


def changes_of(session: Session, goal_id: UUID, since: datetime) -> Sequence[TimelineEvent]:
    """When and how the goal was changed after an instant, the oldest first."""
    events = select(TimelineEvent).where(
        TimelineEvent.thing_kind == "goal",
        TimelineEvent.thing_id == goal_id,
        TimelineEvent.verb == "goal.changed",
        TimelineEvent.occurred_at > since,
    )
    oldest = events.order_by(col(TimelineEvent.occurred_at), col(TimelineEvent.id))
    return session.exec(oldest).all()


def history_of(session: Session, goal_id: UUID) -> Sequence[TimelineEvent]:
    """What happened to the goal, newest first."""
    events = select(TimelineEvent).where(
        TimelineEvent.thing_kind == "goal", TimelineEvent.thing_id == goal_id
    )
    newest = events.order_by(col(TimelineEvent.occurred_at).desc(), col(TimelineEvent.id).desc())
    return session.exec(newest.limit(_HISTORY)).all()
