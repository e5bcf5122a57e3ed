"""Writing a draft: what it is for, who judges it, and its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import DaysBackwards, InvalidInput, JudgesMissing, NotFound, PlanEmpty
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.people import repository as people
from propapp.features.plans import repository, rules
from propapp.features.plans.commands import (
    MOST_TASKS,
    DropPlan,
    DropTask,
    KeepPlan,
    KeepTask,
    KeepTasks,
    SubmitPlan,
    TaskSpec,
    as_columns,
)
from propapp.features.plans.models import Plan, PlanTask, PlanTaskLink
from propapp.features.plans.repository import PlanRepository
from propapp.features.plans.service._steps import changed, needs_writer, plan_for, step
from propapp.features.standards import clauses

_HEAD = ("kind", "department", "name", "name_en", "starts", "ends")
_NAMED = {"reviewer_id": Permission.PLAN_REVIEW, "approver_id": Permission.PLAN_APPROVE}


@use_case("plan.keep", Permission.PLAN_WRITE)
def keep(uow: UnitOfWork, command: KeepPlan) -> Plan:
    """Write a new draft under the id that it was given, or write on in one."""
    uow.allow_in(command.site_id)
    plan = uow.session.get(Plan, command.plan_id)
    is_new = plan is None
    if plan is None:
        plan = _begun(uow, command)
    else:
        plan = plan_for(uow, "keep", command.plan_id)
        if plan.site_id != command.site_id:
            raise InvalidInput(field="site_id")
    _write_head(uow, plan, command)
    uow.session.add(plan)
    uow.session.flush()
    if command.tasks is not None:
        repository.forget_tasks(uow.session, plan.id)
        _write_tasks(uow, plan, command.tasks)
    _refuse_impossible(uow, plan)
    count = len(repository.tasks_of(uow.session, [plan.id]))
    return changed(uow, plan, "begun" if is_new else "written", tasks=count)


def _begun(uow: UnitOfWork, command: KeepPlan) -> Plan:
    return Plan(
        id=command.plan_id,
        root_id=command.plan_id,
        site_id=command.site_id,
        kind=command.kind,
        name=command.name,
        starts=command.starts,
        ends=command.ends,
        author_id=uow.actor.person_id,
        made_at=uow.now,
        changed_at=uow.now,
    )


def _write_head(uow: UnitOfWork, plan: Plan, command: KeepPlan) -> None:
    if command.ends < command.starts:
        raise DaysBackwards
    for name in _HEAD:
        setattr(plan, name, getattr(command, name))
    if command.level is not None:
        plan.level = command.level
    for name, permission in _NAMED.items():
        setattr(plan, name, _named(uow, plan.site_id, getattr(command, name), permission))
    plan.parent_id = _parent(uow, plan, command.parent_id)
    _signed(uow, plan)


def _named(
    uow: UnitOfWork, site_id: UUID, person_id: UUID | None, permission: Permission
) -> UUID | None:
    """The person, if they may do at the site what they are named for."""
    if person_id is None:
        return None
    if people.holder_at(uow.session, site_id, person_id, permission) is None:
        raise NotFound(kind="person")
    return person_id


def _parent(uow: UnitOfWork, plan: Plan, parent_id: UUID | None) -> UUID | None:
    """The root of the plan that this one spells out."""
    if parent_id is None:
        return None
    parent = PlanRepository(uow).get(parent_id)
    if parent.site_id != plan.site_id or parent.root_id == plan.root_id:
        raise InvalidInput(field="parent_id")
    return parent.root_id


def _signed(uow: UnitOfWork, plan: Plan) -> None:
    """Whoever writes in a plan is one of those who wrote it, and it has to be submitted anew."""
    if not plan.is_written_by(uow.actor.person_id):
        plan.writers = [*plan.writers, str(uow.actor.person_id)]
    # What is read for a review is not what is written on.
    plan.submitted_at = None


def _write_tasks(uow: UnitOfWork, plan: Plan, specs: Sequence[TaskSpec]) -> None:
    if len({spec.key for spec in specs}) < len(specs):
        raise InvalidInput(field="tasks")
    _refuse_unknown_clauses(uow, specs)
    uow.session.add_all(_task(plan, spec, position) for position, spec in enumerate(specs))
    uow.session.flush()
    for spec in specs:
        _write_links(uow, plan, spec.key, spec.after)
    uow.session.flush()


def _refuse_unknown_clauses(uow: UnitOfWork, specs: Iterable[TaskSpec]) -> None:
    named = {spec.clause_id for spec in specs if spec.clause_id}
    if named - clauses.known_versions(uow.session, named):
        raise NotFound(kind="clause")


def _task(plan: Plan, spec: TaskSpec, position: int) -> PlanTask:
    return PlanTask(
        plan_id=plan.id,
        position=position,
        starts=spec.starts or plan.starts,
        ends=spec.ends or plan.ends,
        **as_columns(spec),
    )


def _write_links(uow: UnitOfWork, plan: Plan, key: str, after: Iterable[str]) -> None:
    uow.session.add_all(
        PlanTaskLink(plan_id=plan.id, task_key=key, after_key=one) for one in dict.fromkeys(after)
    )


def _refuse_impossible(uow: UnitOfWork, plan: Plan) -> None:
    version = repository.version_of(uow.session, plan.id)
    for task in version.tasks:
        rules.refuse_impossible(task, first=plan.starts, last=plan.ends)
    rules.refuse_circle(version.links, {task.key: task.name for task in version.tasks})


@use_case("plan.keep_task", Permission.PLAN_WRITE)
def keep_task(uow: UnitOfWork, command: KeepTask) -> Plan:
    """Write one task; nothing else of the draft is touched."""
    plan = plan_for(uow, "keep", command.plan_id)
    spec = command.task
    added = _keep_among(uow, plan, [spec])
    past = "task_added" if added else "task_changed"
    return changed(uow, plan, past, task=spec.name, task_en=spec.name_en, key=spec.key)


@use_case("plan.keep_tasks", Permission.PLAN_WRITE)
def keep_tasks(uow: UnitOfWork, command: KeepTasks) -> Plan:
    """Write many tasks at once, all of them or none; nothing else of the draft is touched."""
    plan = plan_for(uow, "keep", command.plan_id)
    if len({spec.key for spec in command.tasks}) < len(command.tasks):
        raise InvalidInput(field="tasks")
    added = _keep_among(uow, plan, command.tasks)
    return changed(uow, plan, "tasks_written", tasks=len(command.tasks), added=added)


def _keep_among(uow: UnitOfWork, plan: Plan, specs: Sequence[TaskSpec]) -> int:
    """Write these tasks beside the others of a draft; how many of them are new."""
    session = uow.session
    _refuse_unknown_clauses(uow, specs)
    known = {task.key: task for task in repository.tasks_of(session, [plan.id])}
    fresh = [spec for spec in specs if spec.key not in known]
    if len(known) + len(fresh) > MOST_TASKS:
        raise InvalidInput(field="tasks")
    last = max((task.position for task in known.values()), default=-1)
    session.add_all(_task(plan, spec, last + 1 + number) for number, spec in enumerate(fresh))
    for spec in specs:
        if task := known.get(spec.key):
            made = _task(plan, spec, task.position)
            for name in (*as_columns(spec), "starts", "ends"):
                setattr(task, name, getattr(made, name))
            session.add(task)
    repository.forget_links_of(session, plan.id, [spec.key for spec in specs])
    for spec in specs:
        _write_links(uow, plan, spec.key, spec.after)
    session.flush()
    _refuse_impossible(uow, plan)
    _signed(uow, plan)
    return len(fresh)


@use_case("plan.drop_task", Permission.PLAN_WRITE)
def drop_task(uow: UnitOfWork, command: DropTask) -> Plan:
    """Take one task out; what waited for it waits no more."""
    plan = plan_for(uow, "keep", command.plan_id)
    task = repository.task_by_key(uow.session, plan.id, command.key)
    if task is None:
        raise NotFound(kind="task")
    name, name_en = task.name, task.name_en
    repository.forget_task(uow.session, plan.id, command.key)
    _signed(uow, plan)
    return changed(uow, plan, "task_dropped", task=name, task_en=name_en, key=command.key)


@use_case("plan.submit", Permission.PLAN_WRITE)
def submit(uow: UnitOfWork, command: SubmitPlan) -> Plan:
    """Say that the draft is written and waits for its reviewer."""
    plan = plan_for(uow, "submit", command.plan_id)
    if not repository.has_tasks(uow.session, plan.id):
        raise PlanEmpty
    if plan.reviewer_id is None or plan.approver_id is None:
        raise JudgesMissing
    plan.submitted_at = uow.now
    return changed(uow, plan, "submitted", text=command.note)


@use_case("plan.drop", Permission.PLAN_WRITE)
def drop(uow: UnitOfWork, command: DropPlan) -> Plan:
    """Give up a draft that one has a hand in; the version in force goes on as it is."""
    plan = plan_for(uow, "drop", command.plan_id)
    needs_writer(uow, plan)
    step(plan, "drop")
    return changed(uow, plan, "dropped", text=command.reason)
