"""From questions to what the page of one plan shows; each view asks for no more than it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from propapp.core.access import Permission, Role
from propapp.core.dates.workdays import DayRule
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.people.views import NOBODY, Named, named
from propapp.features.planning import differing, gantt, months, repository
from propapp.features.planning.differing import DiffLine, FieldLine, Names
from propapp.features.planning.repository import SitePlans
from propapp.features.planning.shortfall import short_of
from propapp.features.planning.views import (
    PlanHead,
    TaskCard,
    clause_named,
    face_of,
    task_card,
)
from propapp.features.plans import repository as plans
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.plans.rules import Version
from propapp.features.plans.service import verbs_for
from propapp.features.rosters.repository import ShiftRepository
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.rules import local_day, route_of
from propapp.features.schedules.service import unwalked
from propapp.features.sites.models import Site
from propapp.features.standards import clauses
from propapp.features.standards.models import ChecklistTemplate

PAGE = 40


@dataclass(frozen=True)
class VersionLine:
    """A version of the plan, and why it was begun."""

    id: str = ""
    version: int = 1
    status: str = ""
    reason: str = ""
    changed_at: str = ""
    here: bool = False


@dataclass(frozen=True)
class Happened:
    """What somebody did to a version, with their words."""

    id: str = ""
    at: str = ""
    who: Named = NOBODY
    did: str = ""
    version: int = 1
    text: str = ""


@dataclass(frozen=True)
class OnePlan:
    """A version of a plan, its site, and all tasks."""

    plan: Plan
    site: Site
    version: Version

    @property
    def tasks(self) -> Sequence[PlanTask]:
        """The tasks in their order."""
        return self.version.tasks

    def of(self, post: str) -> list[PlanTask]:
        """Those of one post; of all where none is named."""
        return [task for task in self.tasks if not post or task.role.value == post]


@dataclass(frozen=True)
class TaskPage:
    """Some of the tasks, what is more, and the posts that have any."""

    cards: list[TaskCard]
    total: int
    posts: list[str]
    unwalked: int
    # How many of all tasks are done less often than their clause or the law asks.
    short: int = 0


@dataclass(frozen=True)
class Story:
    """How the plan came to be as it is."""

    versions: list[VersionLine] = field(default_factory=list[VersionLine])
    against: int = 0
    head: list[FieldLine] = field(default_factory=list[FieldLine])
    changes: list[DiffLine] = field(default_factory=list[DiffLine])
    history: list[Happened] = field(default_factory=list[Happened])


def plan_of(uow: UnitOfWork, plan_id: UUID) -> OnePlan:
    """The version, if the actor may see it."""
    plan = SitePlans(uow).get(plan_id)
    site = uow.session.get_one(Site, plan.site_id)
    return OnePlan(plan, site, plans.version_of(uow.session, plan.id))


def head_of(uow: UnitOfWork, one: OnePlan) -> PlanHead:
    """What it is, where it stands and what this person may do."""
    plan = one.plan
    who = {plan.author_id, plan.reviewer_id, plan.approver_id} - {None}
    persons = people.by_ids(uow.session, who)  # type: ignore[arg-type]
    above = repository.by_ids(uow.session, {plan.parent_id} if plan.parent_id else ())
    me = uow.actor.person_id
    return PlanHead(
        **face_of(plan, persons, above),
        reason=plan.reason,
        submitted_at=_stamp(plan.submitted_at),
        in_force_at=_stamp(plan.in_force_at),
        reviewer=named(plan.reviewer_id, persons),
        approver=named(plan.approver_id, persons),
        verbs=verbs_for(plan, uow.actor),
        own=me in {plan.reviewer_id, plan.approver_id} and plan.is_written_by(me),
        tasks=len(one.tasks),
    )


def tasks_page(uow: UnitOfWork, one: OnePlan, post: str, page: int) -> TaskPage:
    """Some tasks of a post or of all, each with why its route gets no rounds."""
    own = one.of(post)
    shown = own[page * PAGE : (page + 1) * PAGE]
    routes = schedules.routes_by_id(uow.session, {task.route_id for task in one.tasks})
    reasons = unwalked(uow, one.plan, one.tasks)
    short = short_of(uow, one.plan, one.tasks)
    asked_for = clauses.named(uow.session, {task.clause_id for task in shown if task.clause_id})
    walked = {task.key: route_of(one.plan, task) for task in shown}
    by_route, templates = schedules.checklists_of(
        uow.session,
        set(filter(None, walked.values())),
        {task.template_id for task in shown if task.template_id},
    )
    by_key = {task.key: task for task in one.tasks}
    cards = [
        task_card(
            task,
            routes=routes,
            after=[by_key[key] for key in one.version.links.get(task.key, ()) if key in by_key],
            clause=clause_named(asked_for.get(task.clause_id) if task.clause_id else None),
            checklists=_checklists(task, walked[task.key], by_route, templates),
            unwalked=reasons[task.key].value if task.key in reasons else "",
            short=short.get(task.key),
        )
        for task in shown
    ]
    posts = [role.value for role in Role if any(task.role is role for task in one.tasks)]
    return TaskPage(cards, len(own), posts, len(reasons), len(short))


def _checklists(
    task: PlanTask,
    route_id: UUID | None,
    by_route: Mapping[UUID, Sequence[ChecklistTemplate]],
    templates: Mapping[UUID, ChecklistTemplate],
) -> list[ChecklistTemplate]:
    """The task's own checklist, then those that are answered on its route."""
    template = templates.get(task.template_id) if task.template_id else None
    own = [template] if template else []
    walked = by_route.get(route_id, ()) if route_id else ()
    return own + [one for one in walked if one not in own]


def gantt_of(uow: UnitOfWork, one: OnePlan, post: str, page: int) -> gantt.Gantt:
    """The same tasks as bars."""
    shown = one.of(post)[page * PAGE : (page + 1) * PAGE]
    span = one.plan.starts, one.plan.ends
    calendar = schedules.calendar(uow.session)
    return gantt.draw(shown, one.version.links, calendar, span, _today(uow, one))


def month_of(uow: UnitOfWork, one: OnePlan, post: str, wish: date | None) -> months.Month:
    """The month that is wished, else today's, or the plan's first where that is not in it."""
    today = _today(uow, one)
    begin = wish or min(max(today, one.plan.starts), one.plan.ends)
    return months.month(one.of(post), schedules.calendar(uow.session), begin.replace(day=1), today)


def load_of(uow: UnitOfWork, one: OnePlan, post: str, wish: date | None) -> months.Load:
    """Thirteen weeks of work beside what the shifts have."""
    begin = wish or min(max(_today(uow, one), one.plan.starts), one.plan.ends)
    calendar = schedules.calendar(uow.session)
    return months.load(one.of(post), calendar, begin, capacity_of(uow, one.site.id))


def capacity_of(uow: UnitOfWork, site_id: UUID) -> dict[Role, float]:
    """Hours a usual week, of seven days or five."""
    found: dict[Role, float] = {}
    if site_id not in uow.actor.sites_where(Permission.ROSTER_READ):
        return found
    days = {DayRule.EVERY: 7, DayRule.WORKDAYS: 5, DayRule.REST_DAYS: 2}
    for shift in ShiftRepository(uow).at(site_id):
        hours = shift.people * shift.minutes / 60 * days[shift.day_rule]
        found[shift.role] = found.get(shift.role, 0.0) + hours
    return found


def story_of(uow: UnitOfWork, one: OnePlan) -> Story:
    """All versions, what this one changes, and who said what."""
    versions = SitePlans(uow).versions_of(one.plan.root_id)
    before = _before(one.plan, versions)
    old = plans.version_of(uow.session, before.id) if before else Version()
    events = repository.history_of(uow.session, [version.id for version in versions])
    judges = {one for plan in versions for one in (plan.reviewer_id, plan.approver_id)}
    who = judges | {event.person_id for event in events}
    persons = people.by_ids(uow.session, who - {None})  # type: ignore[arg-type]
    names = _names(uow, (*old.tasks, *one.tasks), versions, persons)
    return Story(
        versions=[
            VersionLine(
                str(version.id),
                version.version,
                version.status.value,
                version.reason,
                _stamp(version.changed_at),
                here=version.id == one.plan.id,
            )
            for version in versions
        ],
        against=before.version if before else 0,
        head=differing.head_lines(before, one.plan, names) if before else [],
        changes=differing.lines(old, one.version, names) if before else [],
        history=[_happened(event, named(event.person_id, persons)) for event in events],
    )


def _names(
    uow: UnitOfWork,
    tasks: Sequence[PlanTask],
    versions: Sequence[Plan],
    persons: Mapping[UUID, Person],
) -> Names:
    session = uow.session
    parents = {plan.parent_id for plan in versions if plan.parent_id}
    templates = {task.template_id for task in tasks if task.template_id}
    return Names(
        routes=schedules.routes_by_id(session, {task.route_id for task in tasks}),
        tasks={task.key: task for task in tasks},
        clauses=clauses.named(session, {task.clause_id for task in tasks if task.clause_id}),
        checklists=repository.checklists_by_ids(session, templates),
        parents=repository.by_ids(session, parents),
        persons=persons,
        standards={one.code: one for one in clauses.standards(session)},
    )


def _before(plan: Plan, versions: Sequence[Plan]) -> Plan | None:
    """The last version before this one that ever held, else the last one before it."""
    older = [one for one in versions if one.version < plan.version]
    held = [one for one in older if one.status in {PlanStatus.IN_FORCE, PlanStatus.REVISED}]
    return next(iter(held or older), None)


def _happened(event: TimelineEvent, who: Named) -> Happened:
    return Happened(
        str(event.id),
        _stamp(event.occurred_at),
        who,
        event.verb.removeprefix("plan."),
        int(event.facts.get("version", 1)),
        str(event.facts.get("text", "")),
    )


def _today(uow: UnitOfWork, one: OnePlan) -> date:
    return local_day(uow.now, one.site.zone)


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""
