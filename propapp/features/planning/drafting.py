"""What the form of one task begins with, and what it offers to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from propapp.core.access import Permission, Role
from propapp.core.errors import NotFound
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people.views import NOBODY, Named
from propapp.features.planning.forms import grace_of
from propapp.features.planning.looking import OnePlan
from propapp.features.planning.views import (
    TaskDraft,
    kind_of,
    plan_named,
    route_named,
    task_card,
)
from propapp.features.plans.models import PlanTask
from propapp.features.plans.service import verbs_for
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.models import Route
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site
from propapp.features.standards import clauses
from propapp.features.standards import repository as standards
from propapp.features.standards.clauses import Wish
from propapp.features.standards.models import ChecklistTemplate, Clause, ClauseVersion

FOUND = 8


@dataclass(frozen=True)
class Opened:
    """The form of one task; ``may`` says whether the plan may be written in."""

    plan: Named = NOBODY
    task: TaskDraft = field(default_factory=TaskDraft)
    routes: list[Named] = field(default_factory=list[Named])
    before: list[Named] = field(default_factory=list[Named])
    checklists: list[Named] = field(default_factory=list[Named])
    may: bool = False


def opened(uow: UnitOfWork, one: OnePlan, key: str) -> Opened:
    """The form of the task of this key, or of a new one: a fixed number of questions."""
    task = next((task for task in one.tasks if task.key == key), None)
    if key and task is None:
        raise NotFound(kind="task")
    # A route that is offered no more stays the task's own.
    own = schedules.routes_by_id(uow.session, {task.route_id} if task else ())
    routes = own | {route.id: route for route in schedules.routes_at(uow, one.site.id)}
    return Opened(
        plan=plan_named(one.plan),
        task=_draft(uow, task, routes) if task else _fresh(one),
        routes=[route_named(route) for route in routes.values()],
        before=_before(one, key),
        checklists=_checklists(uow, task),
        may="keep" in verbs_for(one.plan, uow.actor),
    )


def _fresh(one: OnePlan) -> TaskDraft:
    """From the plan's first day to its last, by the post whose plan it is."""
    posts = [role for role in Role if any(task.role is role for task in one.tasks)]
    role = one.plan.department or next(iter(posts), Role.GUARD)
    return TaskDraft(
        role=role.value,
        minutes=60,
        starts=one.plan.starts.isoformat(),
        ends=one.plan.ends.isoformat(),
    )


def _draft(uow: UnitOfWork, task: PlanTask, routes: Mapping[UUID, Route]) -> TaskDraft:
    asked_for = clauses.named(uow.session, {task.clause_id} if task.clause_id else ())
    season, card = task.season, task_card(task, routes=routes)
    clause = asked_for.get(task.clause_id) if task.clause_id else None
    values = vars(card) | {
        "kind": kind_of(card),
        "clause": version_named(clause) if clause else NOBODY,
        "template": str(task.template_id or ""),
        "grace": grace_of(task),
        "walk": task.random["minutes"] if task.random else 30,
        "season_first": season["from"] if season else "",
        "season_last": season["to"] if season else "",
    }
    return TaskDraft(**values)


def version_named(found: tuple[Clause, ClauseVersion]) -> Named:
    """The clause by its number and title; the id is that of this version of it."""
    clause, version = found
    english = version.title_en or version.title
    return Named(str(version.id), f"{clause.number} {version.title}", f"{clause.number} {english}")


def clauses_like(uow: UnitOfWork, site: Site, words: str) -> list[Named]:
    """The first clauses that speak of these words, as they read today, to choose from."""
    uow.actor.require(Permission.STANDARD_READ)
    day = local_day(uow.now, site.zone)
    rows, _ = clauses.search(uow.session, Wish(words.strip()), day, limit=FOUND)
    return [version_named((row.clause, row.version)) for row in rows]


def _checklists(uow: UnitOfWork, task: PlanTask | None) -> list[Named]:
    """The newest version of each, and that of the task where it is another one."""
    newest = list(standards.newest_checklists(uow.session).values())
    if task is not None and task.template_id not in {None, *(one.id for one in newest)}:
        own = uow.session.get(ChecklistTemplate, task.template_id)
        newest += [own] if own else []
    return [Named(str(one.id), one.name, one.name_en or one.name) for one in newest]


def _before(one: OnePlan, key: str, *, most: int = 60) -> list[Named]:
    """The tasks that this one may wait for, first those that it waits for already."""
    waited = set(one.version.links.get(key, ()))
    others = sorted(
        (task for task in one.tasks if task.key != key), key=lambda task: task.key not in waited
    )
    return [Named(task.key, task.name, task.name_en or task.name) for task in others[:most]]
