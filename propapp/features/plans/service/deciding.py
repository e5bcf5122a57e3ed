"""From a draft to a plan in force, and to the next version of it."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.errors import PlanEmpty, RevisionOpen
from propapp.core.guards import needs_new, needs_words
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.plans import repository, rules
from propapp.features.plans.commands import (
    ApprovePlan,
    ClosePlan,
    PutInForce,
    ReviewPlan,
    RevisePlan,
    SendBackPlan,
)
from propapp.features.plans.models import Plan, PlanTask, PlanTaskLink
from propapp.features.plans.rules import Version
from propapp.features.plans.service._steps import (
    changed,
    needs_another,
    needs_named,
    plan_for,
    step,
)


@use_case("plan.review", Permission.PLAN_REVIEW)
def review(uow: UnitOfWork, command: ReviewPlan) -> Plan:
    """Say that it can be done so; nobody reviews what they wrote."""
    plan = plan_for(uow, "review", command.plan_id)
    needs_another(uow, plan)
    needs_named(uow, plan.reviewer_id)
    if not repository.has_tasks(uow.session, plan.id):
        raise PlanEmpty
    step(plan, "review")
    return changed(uow, plan, "reviewed", text=command.note)


@use_case("plan.approve", Permission.PLAN_APPROVE)
def approve(uow: UnitOfWork, command: ApprovePlan) -> Plan:
    """Say that it shall be done so; nobody approves what they wrote."""
    plan = plan_for(uow, "approve", command.plan_id)
    needs_another(uow, plan)
    needs_named(uow, plan.approver_id)
    step(plan, "approve")
    return changed(uow, plan, "approved", text=command.note)


@use_case("plan.send_back", Permission.PLAN_REVIEW)
def send_back(uow: UnitOfWork, command: SendBackPlan) -> Plan:
    """Have it written anew, and say why."""
    plan = plan_for(uow, "send_back", command.plan_id)
    needs_named(uow, plan.reviewer_id, plan.approver_id)
    needs_words(command.reason, field="reason")
    step(plan, "send_back")
    plan.submitted_at = None
    return changed(uow, plan, "sent_back", text=command.reason)


@use_case("plan.put_in_force", Permission.PLAN_APPROVE)
def put_in_force(uow: UnitOfWork, command: PutInForce) -> Plan:
    """Let it hold from now on; the version before it is revised by that."""
    plan = plan_for(uow, "put_in_force", command.plan_id)
    # An in-between version may be closed: what it differs from is what holds now.
    before = repository.in_force(uow.session, plan.root_id)
    old = repository.version_of(uow.session, before.id) if before else Version()
    if before is not None:
        step(before, "overtake")
        changed(uow, before, "overtaken", by_version=plan.version)
    step(plan, "put_in_force")
    plan.in_force_at = uow.now
    new = repository.version_of(uow.session, plan.id)
    told = rules.for_whom(rules.differences(old, new))
    return changed(uow, plan, "in_force", tasks=len(new.tasks), changes=told)


@use_case("plan.revise", Permission.PLAN_WRITE)
def revise(uow: UnitOfWork, command: RevisePlan) -> Plan:
    """Begin the next version as a copy; one at a time."""
    plan = plan_for(uow, "revise", command.plan_id)
    needs_words(command.reason, field="reason")
    needs_new(uow.session, Plan, command.next_id, "plan")
    waiting = repository.under_way(uow.session, plan.root_id)
    if waiting is not None:
        raise RevisionOpen(version=waiting.version)
    step(plan, "revise")
    draft = _next(uow, plan, command)
    _copy_tasks(uow, plan, draft)
    return changed(uow, draft, "revision_begun", text=command.reason, of_version=plan.version)


def _next(uow: UnitOfWork, plan: Plan, command: RevisePlan) -> Plan:
    own = {"id", "status", "followed", "told_at", "submitted_at", "in_force_at", "writers"}
    kept = plan.model_dump(exclude=own)
    person = uow.actor.person_id
    # Whoever judged this version judges the next, unless they write it.
    kept |= {name: None for name in ("reviewer_id", "approver_id") if getattr(plan, name) == person}
    kept |= {
        "version": repository.last_version(uow.session, plan.root_id) + 1,
        "author_id": person,
        "reason": command.reason,
        "made_at": uow.now,
    }
    draft = Plan(id=command.next_id, writers=[str(person)], **kept)
    uow.session.add(draft)
    uow.session.flush()
    return draft


def _copy_tasks(uow: UnitOfWork, plan: Plan, draft: Plan) -> None:
    version = repository.version_of(uow.session, plan.id)
    uow.session.add_all(
        PlanTask(plan_id=draft.id, **task.model_dump(exclude={"id", "plan_id"}))
        for task in version.tasks
    )
    uow.session.add_all(
        PlanTaskLink(plan_id=draft.id, task_key=key, after_key=one)
        for key, after in version.links.items()
        for one in after
    )
    uow.session.flush()


@use_case("plan.close", Permission.PLAN_APPROVE)
def close(uow: UnitOfWork, command: ClosePlan) -> Plan:
    """Let it hold no more, or give up a draft, and say why."""
    plan = plan_for(uow, "close", command.plan_id)
    needs_words(command.reason, field="reason")
    step(plan, "close")
    return changed(uow, plan, "closed", text=command.reason)
