"""The demo world's plans: the year's, the months', a campaign, and some on their way."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from propapp.core.access import Role
from propapp.demo.cast import SITE_ID, Member, demo_id, member
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.era import Era
from propapp.demo.premises import clause_version
from propapp.demo.rows import Rows
from propapp.demo.sheets import sheet
from propapp.features.plans.models import Plan, PlanKind, PlanStatus, PlanTask, PlanTaskLink

YEAR_ID = demo_id("plan", "year")
_DAY = timedelta(days=1)
_DONE = {
    PlanStatus.DRAFT: (),
    PlanStatus.REVIEWED: ("submitted", "reviewed"),
    PlanStatus.APPROVED: ("submitted", "reviewed", "approved"),
    PlanStatus.IN_FORCE: ("submitted", "reviewed", "approved", "in_force"),
    PlanStatus.CLOSED: ("submitted", "reviewed", "approved", "in_force", "ended"),
}


@dataclass
class Draft:
    """A version of a plan, before it is written down."""

    key: str
    said: dict[str, Any]
    kind: PlanKind
    starts: date
    ends: date
    author: Member
    reviewer: Member
    approver: Member
    status: PlanStatus
    # When it was begun; each further step some hours later.
    begun: datetime
    names: dict[str, Any] = field(default_factory=dict)
    department: Role | None = None
    parent_id: UUID | None = None
    level: str = ""
    # The first day from which its tasks count.
    counted: date | None = None
    submitted: bool = False
    version: int = 1
    tasks: list[dict[str, Any]] | None = None

    @property
    def id(self) -> UUID:
        """The id of this version."""
        return demo_id("plan", self.key, *([self.version] if self.version > 1 else []))


def year_of(era: Era) -> tuple[date, date]:
    """The year of service: from the month in which the site was taken over."""
    first = era.local(era.opening).date().replace(day=1)
    return first, first.replace(year=first.year + 1) - _DAY


def task_id(plan_id: UUID, key: str) -> UUID:
    """The id of a task of a plan of the demo world."""
    return demo_id("task", plan_id, key)


def write_plans(rows: Rows, era: Era) -> None:
    """All of them, with their tasks, their order and what was said on their way."""
    scribe = _Scribe(rows, Chronicle(era, rows))
    for draft in (
        _year(era),
        *_months(era),
        _drill(era),
        _cleaners(era),
        _cleaners_revised(era),
        _green(era),
    ):
        scribe.write(draft)


def _year(era: Era) -> Draft:
    first, last = year_of(era)
    return Draft(
        "year",
        sheet("plans")["year"],
        PlanKind.YEAR,
        first,
        last,
        author=member("zhou"),
        reviewer=member("zheng"),
        approver=member("cao"),
        status=PlanStatus.IN_FORCE,
        begun=era.opening - timedelta(days=9) + timedelta(hours=9.5),
        names={"year": first.year},
        level="cpmi-2004:2",
    )


def _months(era: Era) -> list[Draft]:
    """Last month's is over, this month's holds, next month's waits to be approved."""
    this = era.today.replace(day=1)
    last, following = (this - _DAY).replace(day=1), (this + 32 * _DAY).replace(day=1)
    stands = {
        last: PlanStatus.CLOSED,
        this: PlanStatus.IN_FORCE,
        following: PlanStatus.REVIEWED,
    }
    return [
        Draft(
            f"month-{ago}",
            sheet("plans")["month"],
            PlanKind.MONTH,
            first,
            first.replace(day=monthrange(first.year, first.month)[1]),
            author=member("zheng"),
            reviewer=member("he"),
            approver=member("zhou"),
            status=status,
            begun=min(era.at(first, hour=9) - timedelta(days=6), era.now - timedelta(days=2)),
            names={"year": first.year, "month": first.month},
            parent_id=YEAR_ID,
        )
        for ago, (first, status) in enumerate(stands.items())
    ]


def _drill(era: Era) -> Draft:
    return Draft(
        "drill",
        sheet("plans")["drill"],
        PlanKind.CAMPAIGN,
        era.today - 14 * _DAY,
        era.today + 16 * _DAY,
        author=member("he"),
        reviewer=member("zheng"),
        approver=member("zhou"),
        status=PlanStatus.IN_FORCE,
        begun=era.at(era.today - 17 * _DAY, hour=9.5),
        parent_id=YEAR_ID,
        counted=era.today,
    )


def _cleaners(era: Era) -> Draft:
    return Draft(
        "cleaners",
        sheet("plans")["cleaners"],
        PlanKind.CAMPAIGN,
        era.today - 40 * _DAY,
        era.today + 80 * _DAY,
        author=member("zheng"),
        reviewer=member("he"),
        approver=member("zhou"),
        status=PlanStatus.IN_FORCE,
        begun=era.at(era.today - 44 * _DAY, hour=9.5),
        department=Role.CLEANER,
        parent_id=YEAR_ID,
    )


def _cleaners_revised(era: Era) -> Draft:
    """The next version of it, which its author still writes."""
    draft, said = _cleaners(era), sheet("plans")["cleaners"]
    revised = said["revised"]
    known = {task["key"]: task for task in said["task"]}
    tasks = [known.get(key, {}) | revised.get(key, {}) for key in {**known, **revised}]
    draft.version, draft.status, draft.begun = 2, PlanStatus.DRAFT, era.now - timedelta(hours=20)
    draft.tasks = [task for task in tasks if not task.get("drop")]
    return draft


def _green(era: Era) -> Draft:
    """A draft that waits for its reviewer."""
    return Draft(
        "green",
        sheet("plans")["green"],
        PlanKind.CAMPAIGN,
        era.today + 7 * _DAY,
        era.today + 30 * _DAY,
        author=member("he"),
        reviewer=member("zheng"),
        approver=member("zhou"),
        status=PlanStatus.DRAFT,
        begun=era.now - timedelta(hours=27),
        department=Role.CLEANER,
        parent_id=YEAR_ID,
        counted=era.today,
        submitted=True,
    )


@dataclass
class _Scribe:
    rows: Rows
    chronicle: Chronicle

    def write(self, draft: Draft) -> None:
        """The version with its tasks, and what happened to it."""
        last = self._tell(draft)
        root_id, author = demo_id("plan", draft.key), draft.author
        self.rows.keep(
            Plan(
                id=draft.id,
                root_id=root_id,
                version=draft.version,
                site_id=SITE_ID,
                kind=draft.kind,
                department=draft.department,
                name=draft.said["name"].format(**draft.names),
                name_en=draft.said["name_en"].format(**draft.names),
                starts=draft.starts,
                ends=draft.ends,
                status=draft.status,
                parent_id=draft.parent_id,
                level=draft.level,
                author_id=author.id,
                writers=[str(author.id)],
                reviewer_id=draft.reviewer.id,
                approver_id=draft.approver.id,
                reason=draft.said.get("reason", "") if draft.version > 1 else "",
                made_at=draft.begun,
                changed_at=last,
                submitted_at=last if draft.submitted else None,
                in_force_at=last if draft.status is PlanStatus.IN_FORCE else None,
                followed=draft.status if draft.status not in _ON_THE_WAY else None,
                told_at=last,
            )
        )
        for position, said in enumerate(draft.tasks or draft.said["task"]):
            self._task(draft, position, said)

    def _task(self, draft: Draft, position: int, said: dict[str, Any]) -> None:
        counted = draft.counted or draft.starts
        first, last = said.get("days", (None, None))
        route = _routes()[said["route"]] if "route" in said else None
        named = route or said
        self.rows.keep(
            PlanTask(
                id=task_id(draft.id, said["key"]),
                plan_id=draft.id,
                key=said["key"],
                position=position,
                name=named["name"],
                name_en=named["name_en"],
                role=Role(named["role"]),
                clause_id=clause_version(said["clause"]) if "clause" in said else None,
                route_id=demo_id("route", route["key"]) if route else None,
                evidence={
                    "photos": said.get("photos", 0),
                    "scan": said.get("scan", route is not None),
                    "document": said.get("document", False),
                },
                rrule=said.get("rrule", "FREQ=DAILY" if route else ""),
                windows=[
                    window_of(named.get("grace", 10), *window)
                    for window in named.get("windows", ())
                ],
                starts=draft.starts if first is None else counted + first * _DAY,
                ends=draft.ends if last is None else counted + last * _DAY,
                **{name: said[name] for name in _FIGURES if name in said},
            )
        )
        for before in said.get("after", ()):
            self.rows.add(PlanTaskLink, plan_id=draft.id, task_key=said["key"], after_key=before)

    def _tell(self, draft: Draft) -> datetime:
        """Each step by whoever takes it; when the last one was."""
        begun = "revision_begun" if draft.version > 1 else "begun"
        steps = [begun, *_DONE[draft.status], *(["submitted"] if draft.submitted else [])]
        at = draft.begun
        for number, past in enumerate(steps):
            at = draft.begun + timedelta(hours=2 * number)
            if past == "ended":
                at = self.chronicle.era.at(draft.ends + _DAY, hour=0.02)
            who = _by(draft, past)
            self.chronicle.record(
                f"plan.{past}",
                Moment(who, at, at),
                thing_kind="plan",
                thing_id=draft.id,
                name=draft.said["name"].format(**draft.names),
                name_en=draft.said["name_en"].format(**draft.names),
                version=draft.version,
                **self._further(draft, past),
            )
        return at

    def _further(self, draft: Draft, past: str) -> dict[str, Any]:
        """What the step says besides, as its use case would."""
        tasks = sum(row["plan_id"] == draft.id for row in self.rows.of(PlanTask))
        said: dict[str, dict[str, Any]] = {
            "begun": {"tasks": tasks},
            "in_force": {"tasks": tasks, "changes": {}},
            "revision_begun": {
                "text": draft.said.get("reason", ""),
                "of_version": draft.version - 1,
            },
            "ended": {},
        }
        return said.get(past, {"text": ""})


_FIGURES = ("work", "minutes", "people", "urgency", "importance", "milestone")
_ON_THE_WAY = {PlanStatus.DRAFT, PlanStatus.REVIEWED, PlanStatus.APPROVED}


def _by(draft: Draft, past: str) -> Member | None:
    if past == "ended":
        return None
    judges = {"reviewed": draft.reviewer, "approved": draft.approver, "in_force": draft.approver}
    return judges.get(past, draft.author)


def _routes() -> dict[str, dict[str, Any]]:
    return {said["key"]: said for said in sheet("routes")["route"]}


def window_of(grace: int, opens: str, minutes: int) -> dict[str, int]:
    """A window as the sheets say it, as columns keep it."""
    hour, minute = map(int, opens.split(":"))
    return {"opens": hour * 60 + minute, "minutes": minutes, "grace": grace}
