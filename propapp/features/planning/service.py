"""Telling people of plans: whose turn it is, what was decided, and what changes for their post.

Messages stand above plans, so a sweep reads the timeline of plans and tells by it. Of many steps
since the last sweep the last one is told: it is what stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from propapp.core.access import Role
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.messages.service import About, tell
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.planning import repository
from propapp.features.planning.repository import Posts
from propapp.features.plans import repository as plans
from propapp.features.plans.models import Plan

# So many plans in one transaction: phones wait no longer than that for the database.
AT_A_TIME = 20
_WRITERS, _REVIEWER, _APPROVER = "writers", "reviewer", "approver"
# Whom each step is told to; the sentence is `message.plan.<step>`.
_TOLD: dict[str, tuple[str, ...]] = {
    "submitted": (_REVIEWER,),
    "reviewed": (_APPROVER, _WRITERS),
    "approved": (_APPROVER, _WRITERS),
    "sent_back": (_WRITERS,),
    "in_force": (_WRITERS, _REVIEWER),
    "closed": (_WRITERS, _REVIEWER, _APPROVER),
    "ended": (_WRITERS, _APPROVER),
}


@dataclass(frozen=True)
class _Scene:
    """All that is needed to tell of many plans, asked for once."""

    last: Mapping[UUID, TimelineEvent]
    people: Mapping[UUID, Person]
    posts: Posts


@internal
def tell_of_plans(uow: UnitOfWork) -> int:
    """Tell of what happened to some plans since the last time; how many were looked at."""
    fresh = plans.untold(uow.session, limit=AT_A_TIME)
    if not fresh:
        return 0
    scene = _scene(uow, fresh)
    for plan in fresh:
        event = scene.last.get(plan.id)
        if event is not None:
            _tell(uow, scene, plan, event)
        plan.told_at = plan.changed_at
        uow.session.add(plan)
    return len(fresh)


def _scene(uow: UnitOfWork, fresh: Iterable[Plan]) -> _Scene:
    since = {plan.id: plan.told_at for plan in fresh}
    last = repository.last_steps(uow.session, since)
    who = {event.person_id for event in last.values() if event.person_id}
    changed = {event.site_id for event in last.values() if event.facts.get("changes")}
    return _Scene(last, people.by_ids(uow.session, who), repository.posts_at(uow.session, changed))


def _tell(uow: UnitOfWork, scene: _Scene, plan: Plan, event: TimelineEvent) -> None:
    step = event.verb.removeprefix("plan.")
    by = scene.people.get(event.person_id) if event.person_id else None
    about = About(plan.site_id, "plan", plan.id)
    facts = {
        "by": by.name if by else "",
        "by_en": (by.name_en or by.name) if by else "",
        "plan": plan.name,
        "plan_en": plan.name_en or plan.name,
        "version": plan.version,
        "text": event.facts.get("text", ""),
    }
    told = _people(plan, step) - {event.person_id}
    tell(uow, told, f"plan.{step}", about=about, **facts)
    for role, counts in event.facts.get("changes", {}).items():
        of_post = scene.posts.get((plan.site_id, Role(role)), frozenset())
        numbers = {kind: counts.get(kind, 0) for kind in ("added", "changed", "removed")}
        # Whoever was told of the plan itself is not told twice.
        tell(
            uow,
            of_post - told - {event.person_id},
            "plan.for_your_post",
            about=about,
            **facts,
            **numbers,
        )


def _people(plan: Plan, step: str) -> set[UUID | None]:
    by_name: dict[str, set[UUID | None]] = {
        _WRITERS: {UUID(one) for one in plan.writers},
        _REVIEWER: {plan.reviewer_id},
        _APPROVER: {plan.approver_id},
    }
    return {one for name in _TOLD.get(step, ()) for one in by_name[name]}
