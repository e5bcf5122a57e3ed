"""Plans of a site, their versions and what happened to them, as their pages ask for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, and_, col, func, or_, select

from propapp.core.access import Actor, Role
from propapp.core.timeline import TimelineEvent
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.plans.models import Plan, PlanKind, PlanStatus, PlanTask
from propapp.features.plans.repository import UNDER_WAY, PlanRepository
from propapp.features.standards.models import ChecklistTemplate, Clause, ClauseVersion

# So many plans on one page, and so many words of their history.
MOST = 100
_HISTORY = 60
# What happened to a plan as a whole; single tasks are told by the differences.
STEPS = tuple(
    f"plan.{past}"
    for past in (
        "begun",
        "revision_begun",
        "submitted",
        "reviewed",
        "approved",
        "sent_back",
        "in_force",
        "overtaken",
        "dropped",
        "closed",
        "ended",
    )
)


@dataclass(frozen=True)
class Narrowed:
    """Which plans are asked for; "" leaves all. ``state`` open means not over."""

    department: str = ""
    kind: str = ""
    state: str = "open"


class SitePlans(PlanRepository):
    """The plans of one site."""

    def at(self, site_id: UUID, asked: Narrowed) -> Sequence[Plan]:
        """Versions under way or in force first, newest first."""
        plans = self._visible.where(Plan.site_id == site_id)
        if asked.department:
            site_wide = asked.department == "site"
            wanted = None if site_wide else Role(asked.department)
            plans = plans.where(col(Plan.department).is_not_distinct_from(wanted))
        if asked.kind:
            plans = plans.where(Plan.kind == PlanKind(asked.kind))
        if asked.state == "open":
            plans = plans.where(col(Plan.status).in_([*UNDER_WAY, PlanStatus.IN_FORCE]))
        elif asked.state:
            plans = plans.where(Plan.status == PlanStatus(asked.state))
        newest = plans.order_by(col(Plan.starts).desc(), col(Plan.name), col(Plan.version))
        return self._session.exec(newest.limit(MOST)).all()

    def roots_at(self, site_id: UUID) -> Sequence[Plan]:
        """First versions of the yearly and monthly plans of a site, which others may spell out."""
        wide = [PlanKind.YEAR, PlanKind.MONTH]
        roots = self._visible.where(
            Plan.site_id == site_id, col(Plan.kind).in_(wide), Plan.id == Plan.root_id
        )
        return self._session.exec(roots.order_by(col(Plan.starts).desc()).limit(MOST)).all()

    def children_of(self, root_id: UUID) -> Sequence[Plan]:
        """The plans that spell this one out, as they hold or are under way."""
        open_ones = [*UNDER_WAY, PlanStatus.IN_FORCE]
        children = self._visible.where(Plan.parent_id == root_id, col(Plan.status).in_(open_ones))
        return self._session.exec(children.order_by(col(Plan.starts)).limit(MOST)).all()

    def versions_of(self, root_id: UUID) -> Sequence[Plan]:
        """All versions of a plan, newest first."""
        versions = self._visible.where(Plan.root_id == root_id)
        return self._session.exec(versions.order_by(col(Plan.version).desc())).all()


def task_counts(session: Session, plan_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many tasks each of these versions has."""
    counted = (
        select(PlanTask.plan_id, func.count())
        .where(col(PlanTask.plan_id).in_(plan_ids))
        .group_by(col(PlanTask.plan_id))
    )
    return dict(session.exec(counted).all())


def history_of(session: Session, plan_ids: Collection[UUID]) -> Sequence[TimelineEvent]:
    """What was done to these versions, newest first."""
    events = select(TimelineEvent).where(
        TimelineEvent.thing_kind == "plan",
        col(TimelineEvent.thing_id).in_(plan_ids),
        col(TimelineEvent.verb).in_(STEPS),
    )
    newest = events.order_by(col(TimelineEvent.occurred_at).desc(), col(TimelineEvent.id).desc())
    return session.exec(newest.limit(_HISTORY)).all()


def by_ids(session: Session, plan_ids: Collection[UUID]) -> dict[UUID, Plan]:
    """These versions; whoever sees a plan sees what the plan above it is called."""
    found = session.exec(select(Plan).where(col(Plan.id).in_(plan_ids)))
    return {plan.id: plan for plan in found}


def checklists_by_ids(
    session: Session, template_ids: Collection[UUID]
) -> dict[UUID, ChecklistTemplate]:
    """These versions of checklists."""
    wanted = select(ChecklistTemplate).where(col(ChecklistTemplate.id).in_(template_ids))
    return {one.id: one for one in session.exec(wanted)}


def last_steps(
    session: Session, since: Mapping[UUID, datetime | None]
) -> dict[UUID, TimelineEvent]:
    """The last step of each of these versions that came after the instant beside it."""
    events = select(TimelineEvent).where(
        TimelineEvent.thing_kind == "plan",
        col(TimelineEvent.thing_id).in_(since),
        col(TimelineEvent.verb).in_(STEPS),
    )
    found: dict[UUID, TimelineEvent] = {}
    for event in session.exec(
        events.order_by(col(TimelineEvent.received_at), col(TimelineEvent.id))
    ):
        told = since[event.thing_id]
        if told is None or event.received_at > told:
            found[event.thing_id] = event
    return found


def walked_for(session: Session, site_id: UUID) -> dict[str, UUID]:
    """By subject, the route that plans in force at the site walk for it; the newest plan's."""
    walked = (
        select(Clause.subject, PlanTask.route_id)
        .join(ClauseVersion, col(ClauseVersion.clause_id) == Clause.id)
        .join(PlanTask, col(PlanTask.clause_id) == ClauseVersion.id)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .where(
            Plan.site_id == site_id,
            Plan.status == PlanStatus.IN_FORCE,
            col(PlanTask.route_id).is_not(None),
        )
        .order_by(col(Plan.starts), col(PlanTask.position))
    )
    return {subject: route_id for subject, route_id in session.exec(walked) if route_id}


Posts = Mapping[tuple[UUID, Role], frozenset[UUID]]


def posts_at(session: Session, sites: Collection[UUID]) -> Posts:
    """Who holds which post at these sites."""
    held = (
        select(RoleAssignment.site_id, RoleAssignment.role, RoleAssignment.person_id)
        .join(Person, col(Person.id) == RoleAssignment.person_id)
        .where(col(RoleAssignment.site_id).in_(sites), col(Person.active).is_(True))
    )
    found: dict[tuple[UUID, Role], set[UUID]] = {}
    for site_id, role, person_id in session.exec(held):
        found.setdefault((site_id, Role(role)), set()).add(person_id)
    return {post: frozenset(people) for post, people in found.items()}


def once_tasks_for(session: Session, actor: Actor, first: date, last: date) -> Sequence[PlanTask]:
    """What is done once, by a post that the actor holds, by plans in force at its site."""
    posts = [
        and_(col(Plan.site_id) == site_id, col(PlanTask.role).in_(list(roles)))
        for site_id, roles in actor.roles.items()
    ]
    tasks = (
        select(PlanTask)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .where(
            Plan.status == PlanStatus.IN_FORCE,
            PlanTask.rrule == "",
            PlanTask.starts <= last,
            PlanTask.ends >= first,
            or_(*posts),
        )
    )
    return session.exec(tasks.order_by(col(PlanTask.ends), col(PlanTask.name))).all()
