"""From questions to what the list of plans shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from propapp.core.access import ROLE_PERMISSIONS, Actor, Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.people.views import Named, named
from propapp.features.planning import repository
from propapp.features.planning.repository import Narrowed, SitePlans
from propapp.features.planning.views import PlanCard, face_of, plan_named
from propapp.features.plans.models import Plan, PlanStatus
from propapp.features.plans.service import verbs_for
from propapp.features.sites.models import Site

# What stands first in the list, after all that waits for me.
_ORDER = tuple(PlanStatus)


@dataclass(frozen=True)
class Choices:
    """Whom and what a plan may name."""

    reviewers: list[Named]
    approvers: list[Named]
    parents: list[Named]


def plans_of(uow: UnitOfWork, site: Site, asked: Narrowed) -> list[PlanCard]:
    """The plans of a site, what waits for me first: a fixed number of questions."""
    found = SitePlans(uow).at(site.id, asked)
    session = uow.session
    counts = repository.task_counts(session, [plan.id for plan in found])
    who = {one for plan in found for one in (plan.author_id, plan.reviewer_id, plan.approver_id)}
    persons = people.by_ids(session, who - {None})  # type: ignore[arg-type]
    parents = repository.by_ids(session, {plan.parent_id for plan in found if plan.parent_id})
    cards = [_card(plan, uow.actor, counts, persons, parents) for plan in found]
    return sorted(cards, key=lambda one: (not one.waits, _ORDER.index(PlanStatus(one.status))))


def _card(
    plan: Plan,
    actor: Actor,
    counts: Mapping[UUID, int],
    persons: Mapping[UUID, Person],
    parents: Mapping[UUID, Plan],
) -> PlanCard:
    return PlanCard(
        **face_of(plan, persons, parents),
        tasks=counts.get(plan.id, 0),
        waits=waits_for(plan, actor),
        submitted=plan.submitted_at is not None,
        judge=named(_judge(plan), persons),
    )


def waits_for(plan: Plan, actor: Actor) -> str:
    """The verb for which the plan waits for this person; "" where it does not."""
    if plan.status is PlanStatus.DRAFT and plan.submitted_at is None:
        return ""
    verbs = verbs_for(plan, actor)
    if plan.status is PlanStatus.APPROVED and plan.approver_id != actor.person_id:
        return ""
    return next((verb for verb in ("review", "approve", "put_in_force") if verb in verbs), "")


def _judge(plan: Plan) -> UUID | None:
    if plan.status is PlanStatus.DRAFT:
        return plan.reviewer_id if plan.submitted_at else None
    return plan.approver_id if plan.status in {PlanStatus.REVIEWED, PlanStatus.APPROVED} else None


def choices_of(uow: UnitOfWork, site: Site, *, but: UUID | None = None) -> Choices:
    """Whom a plan of the site may name, and the plans that it may spell out."""
    asked = (Permission.PLAN_REVIEW, Permission.PLAN_APPROVE)
    held = people.holders_at(uow.session, site.id, asked)

    def those(permission: Permission) -> list[Named]:
        able = {one.id: one for one, post in held if permission in ROLE_PERMISSIONS[post.role]}
        return [named(one, able) for one in able]

    roots: Sequence[Plan] = [one for one in SitePlans(uow).roots_at(site.id) if one.root_id != but]
    return Choices(
        reviewers=those(Permission.PLAN_REVIEW),
        approvers=those(Permission.PLAN_APPROVE),
        parents=[plan_named(one) for one in roots],
    )
