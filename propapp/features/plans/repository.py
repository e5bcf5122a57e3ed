"""Plans the actor may see, and the tasks of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, delete, select

from propapp.core.access import Permission, Role
from propapp.core.repository import VisibleRows
from propapp.core.timeline import TimelineEvent
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.plans.models import Plan, PlanStatus, PlanTask, PlanTaskLink
from propapp.features.plans.rules import Version

# Versions that are still on their way to be in force.
UNDER_WAY = (PlanStatus.DRAFT, PlanStatus.REVIEWED, PlanStatus.APPROVED)


class PlanRepository(VisibleRows[Plan]):
    """Plans of the actor's sites."""

    model, kind, read = Plan, "plan", Permission.PLAN_READ

    def at(self, site_id: UUID) -> Sequence[Plan]:
        """All versions of all plans of a site, the newest first."""
        own = self._visible.where(Plan.site_id == site_id)
        newest = own.order_by(col(Plan.starts).desc(), col(Plan.root_id), col(Plan.version).desc())
        return self._session.exec(newest).all()

    def versions(self, plan: Plan) -> Sequence[Plan]:
        """Every version of a plan, the newest first."""
        own = self._visible.where(Plan.root_id == plan.root_id)
        return self._session.exec(own.order_by(col(Plan.version).desc())).all()

    def history(self, plan: Plan) -> Sequence[tuple[TimelineEvent, Person | None]]:
        """What happened to every version of a plan, the latest first, and who did it."""
        versions = select(Plan.id).where(Plan.root_id == plan.root_id)
        statement = (
            select(TimelineEvent, Person)
            .join(Person, col(Person.id) == TimelineEvent.person_id, isouter=True)
            .where(
                TimelineEvent.thing_kind == self.kind,
                col(TimelineEvent.thing_id).in_(versions),
                col(TimelineEvent.site_id).in_(self._actor.sites_where(self.read)),
            )
        )
        latest = statement.order_by(col(TimelineEvent.received_at).desc())
        return self._session.exec(latest.limit(100)).all()


def tasks_of(session: Session, plan_ids: Collection[UUID]) -> Sequence[PlanTask]:
    """The tasks of these versions in their order."""
    tasks = select(PlanTask).where(col(PlanTask.plan_id).in_(plan_ids))
    return session.exec(
        tasks.order_by(col(PlanTask.plan_id), col(PlanTask.position), col(PlanTask.key))
    ).all()


def links_of(session: Session, plan_id: UUID) -> dict[str, list[str]]:
    """What each task of a version waits for."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    links = select(PlanTaskLink).where(PlanTaskLink.plan_id == plan_id)
    for link in session.exec(links.order_by(col(PlanTaskLink.after_key))):
        found[link.task_key].append(link.after_key)
    return dict(found)


def version_of(session: Session, plan_id: UUID) -> Version:
    """The tasks of a version and what each waits for."""
    return Version(tasks_of(session, [plan_id]), links_of(session, plan_id))


def task_by_key(session: Session, plan_id: UUID, key: str) -> PlanTask | None:
    """The task of this name, if the version has it."""
    wanted = select(PlanTask).where(PlanTask.plan_id == plan_id, PlanTask.key == key)
    return session.exec(wanted).one_or_none()


def forget_tasks(session: Session, plan_id: UUID) -> None:
    """Take all tasks out of a draft."""
    session.exec(delete(PlanTaskLink).where(col(PlanTaskLink.plan_id) == plan_id))
    session.exec(delete(PlanTask).where(col(PlanTask.plan_id) == plan_id))


def forget_links(session: Session, plan_id: UUID, key: str, *, both: bool = False) -> None:
    """Let a task of a draft wait for nothing; with ``both``, let nothing wait for it either."""
    own = col(PlanTaskLink.plan_id) == plan_id
    session.exec(delete(PlanTaskLink).where(own, col(PlanTaskLink.task_key) == key))
    if both:
        session.exec(delete(PlanTaskLink).where(own, col(PlanTaskLink.after_key) == key))


def forget_task(session: Session, plan_id: UUID, key: str) -> None:
    """Take one task out of a draft, and whatever waited for it or it waited for."""
    forget_links(session, plan_id, key, both=True)
    own = col(PlanTask.plan_id) == plan_id
    session.exec(delete(PlanTask).where(own, col(PlanTask.key) == key))


def in_force(session: Session, root_id: UUID) -> Plan | None:
    """The version of a plan that holds."""
    wanted = select(Plan).where(Plan.root_id == root_id, Plan.status == PlanStatus.IN_FORCE)
    return session.exec(wanted).one_or_none()


def under_way(session: Session, root_id: UUID) -> Plan | None:
    """The version of a plan that is being written or waits to be in force."""
    wanted = select(Plan).where(Plan.root_id == root_id, col(Plan.status).in_(UNDER_WAY))
    return session.exec(wanted.order_by(col(Plan.version).desc())).first()


def last_version(session: Session, root_id: UUID) -> int:
    """The number of the newest version of a plan."""
    versions = select(Plan.version).where(Plan.root_id == root_id)
    return session.exec(versions.order_by(col(Plan.version).desc())).first() or 0


def holder_at(
    session: Session, site_id: UUID, person_id: UUID, roles: Collection[Role]
) -> Person | None:
    """The person, if they are active and hold one of these roles at the site."""
    statement = (
        select(Person)
        .join(RoleAssignment, col(RoleAssignment.person_id) == Person.id)
        .where(
            Person.id == person_id,
            col(Person.active).is_(True),
            RoleAssignment.site_id == site_id,
            col(RoleAssignment.role).in_(roles),
        )
    )
    return session.exec(statement).first()


def holders_at(session: Session, site_id: UUID, roles: Collection[Role]) -> Sequence[Person]:
    """The active people who hold one of these roles at the site."""
    held = select(RoleAssignment.person_id).where(
        RoleAssignment.site_id == site_id, col(RoleAssignment.role).in_(roles)
    )
    people = select(Person).where(col(Person.id).in_(held), col(Person.active).is_(True))
    return session.exec(people.order_by(col(Person.name), col(Person.id))).all()


def name_of(session: Session, person_id: UUID | None) -> tuple[str, str]:
    """A person's name, and its form for English."""
    person = session.get(Person, person_id) if person_id else None
    return (person.name, person.name_en or person.name) if person else ("", "")


def unfollowed(session: Session, *, limit: int) -> Sequence[Plan]:
    """Versions whose coming or going the schedules have not followed yet; for the house's sweep."""
    moved = select(Plan).where(
        col(Plan.status).in_([PlanStatus.IN_FORCE, PlanStatus.REVISED, PlanStatus.CLOSED]),
        col(Plan.followed).is_distinct_from(col(Plan.status)),
    )
    return session.exec(moved.order_by(col(Plan.id)).limit(limit).with_for_update()).all()


def in_force_of(session: Session, root_ids: Collection[UUID]) -> Sequence[Plan]:
    """The versions of these plans that hold; for the house's own sweep."""
    wanted = select(Plan).where(col(Plan.root_id).in_(root_ids), Plan.status == PlanStatus.IN_FORCE)
    return session.exec(wanted).all()


def roots_of(session: Session, task_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Of each task, the plan it belongs to, whatever the version."""
    statement = (
        select(PlanTask.id, Plan.root_id)
        .join(Plan, col(Plan.id) == PlanTask.plan_id)
        .where(col(PlanTask.id).in_(task_ids))
    )
    return dict(session.exec(statement).all())
