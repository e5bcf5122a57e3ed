"""Plans the actor may see, and the tasks of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, delete, or_, select

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.features.plans.models import Plan, PlanStatus, PlanTask, PlanTaskLink
from propapp.features.plans.rules import Version
from propapp.features.sites.models import Site

# Versions that are still on their way to be in force.
UNDER_WAY = (PlanStatus.DRAFT, PlanStatus.REVIEWED, PlanStatus.APPROVED)
# A database takes only so many values in one question.
_AT_A_TIME = 400


class PlanRepository(VisibleRows[Plan]):
    """Plans of the actor's sites."""

    model, kind, read = Plan, "plan", Permission.PLAN_READ

    def every(self, site_id: UUID) -> Sequence[Plan]:
        """Every version of every plan of a site, by first day and name, versions in turn."""
        plans = self._visible.where(Plan.site_id == site_id)
        order = (col(Plan.starts), col(Plan.name), col(Plan.root_id), col(Plan.version))
        return self._session.exec(plans.order_by(*order)).all()


def tasks_of(session: Session, plan_ids: Collection[UUID]) -> Sequence[PlanTask]:
    """The tasks of these versions in their order."""
    tasks = select(PlanTask).where(col(PlanTask.plan_id).in_(plan_ids))
    return session.exec(
        tasks.order_by(col(PlanTask.plan_id), col(PlanTask.position), col(PlanTask.key))
    ).all()


def has_tasks(session: Session, plan_id: UUID) -> bool:
    """Whether the version has any task."""
    return session.exec(select(PlanTask.id).where(PlanTask.plan_id == plan_id)).first() is not None


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


def forget_links_of(session: Session, plan_id: UUID, keys: Sequence[str]) -> None:
    """Let these tasks of a draft wait for nothing."""
    own = col(PlanTaskLink.plan_id) == plan_id
    for at in range(0, len(keys), _AT_A_TIME):
        some = col(PlanTaskLink.task_key).in_(keys[at : at + _AT_A_TIME])
        session.exec(delete(PlanTaskLink).where(own, some))


def forget_task(session: Session, plan_id: UUID, key: str) -> None:
    """Take one task out of a draft, and whatever waited for it or it waited for."""
    forget_links_of(session, plan_id, [key])
    links = col(PlanTaskLink.plan_id) == plan_id
    session.exec(delete(PlanTaskLink).where(links, col(PlanTaskLink.after_key) == key))
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


def ended(session: Session, before: date, *, limit: int) -> Sequence[tuple[Plan, str]]:
    """Versions in force whose last day is before this one, and their zones; for the house."""
    over = (
        select(Plan, Site.zone)
        .join(Site, col(Site.id) == Plan.site_id)
        .where(Plan.status == PlanStatus.IN_FORCE, Plan.ends < before)
        .order_by(col(Plan.ends), col(Plan.id))
        .limit(limit)
    )
    return session.exec(over.with_for_update(of=Plan)).all()


def untold(session: Session, *, limit: int) -> Sequence[Plan]:
    """Versions that changed since people were last told; for the house's own sweep."""
    fresh = select(Plan).where(
        or_(col(Plan.told_at).is_(None), col(Plan.told_at) < col(Plan.changed_at))
    )
    return session.exec(fresh.order_by(col(Plan.id)).limit(limit).with_for_update()).all()
