"""The heads of plans: what each is for, from when until when, and who judges it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.ids import derived_id
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.core.sheets.wording import word_for
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import Command
from propapp.features.people import repository as people
from propapp.features.plans.commands import KeepPlan
from propapp.features.plans.models import Plan, PlanKind, PlanStatus
from propapp.features.plans.repository import PlanRepository
from propapp.features.sheets.forms import DAY, WHOLE, choice
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.naming import apart, staff_names
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Target, Values

_SAID = ("name", "name_en", "kind", "starts", "ends")
_STATUS = "office.plan_status"
# From the widest to the narrowest: a plan spells out a wider one.
_KINDS = tuple(one.value for one in PlanKind)
_NAMED = {"reviewer": Permission.PLAN_REVIEW, "approver": Permission.PLAN_APPROVE}


class PlanBook(Book):
    """Every version of every plan of a site; a file writes drafts alone."""

    columns = (
        Column("id", width=16),
        Column("name", required=True, width=28),
        Column("name_en", width=20),
        Column("kind", choice("plan.kind", _KINDS), required=True),
        Column("department", choice("role", STAFF)),
        Column("starts", DAY, required=True),
        Column("ends", DAY, required=True),
        Column("parent", width=28, strict=False),
        Column("reviewer"),
        Column("approver"),
        Column("status", choice(_STATUS, tuple(PlanStatus)), only_out=True),
        Column("version", WHOLE, only_out=True),
    )
    natural = ("name", "kind", "department", "starts")
    shown_at: Mapping[str, str] = {
        "outside_plan": "ends",
        "days_backwards": "ends",
        "ends": "ends",
        "parent_id": "parent",
        "plan": "parent",
    }

    def __init__(self, uow: UnitOfWork, target: Target) -> None:
        super().__init__(uow, target)
        for key, found in self.by_key.items():
            self.by_key[key] = _newest(found)

    def read(self) -> Iterator[Known]:
        """By their first days, versions in turn."""
        session, site_id = self.uow.session, self.target.site.id
        found = PlanRepository(self.uow).every(site_id)
        roots = [plan for plan in found if plan.id == plan.root_id]
        self.roots = apart(roots, lambda one: one.name, tail=lambda one: str(one.id)[-4:])
        parents = {plan.id: name for name, plan in self.roots.items()}
        self.people = {one: staff_names(self.uow, site_id, held) for one, held in _NAMED.items()}
        judges = {one for plan in found for one in (plan.reviewer_id, plan.approver_id) if one}
        names = {one.id: one.name for one in people.by_ids(session, judges).values()}
        for plan in found:
            yield Known(self._row(plan, parents, names), plan)

    def _row(
        self, plan: Plan, parents: Mapping[UUID, str], names: Mapping[UUID, str]
    ) -> dict[str, Any]:
        judges = {"reviewer": plan.reviewer_id, "approver": plan.approver_id}
        named = {
            column: {one.id: name for name, one in self.people[column].items()} for column in judges
        }
        return {
            **{name: getattr(plan, name) for name in _SAID},
            **{
                column: named[column].get(one, names.get(one, "")) if one else ""
                for column, one in judges.items()
            },
            "id": str(plan.id),
            "kind": plan.kind.value,
            "department": plan.department.value if plan.department else "",
            "parent": parents.get(plan.parent_id, "") if plan.parent_id else "",
            "status": plan.status.value,
            "version": plan.version,
        }

    def offers(self) -> Mapping[str, Sequence[str]]:
        """Plans of years and months that others spell out, and who may judge."""
        wide = [
            name for name, one in self.roots.items() if one.kind in {PlanKind.YEAR, PlanKind.MONTH}
        ]
        return {"parent": wide} | {column: list(names) for column, names in self.people.items()}

    def key_of(self, values: Values) -> tuple[Any, ...]:
        """A cell that is not there says as much as an empty one."""
        return tuple(values.get(name) or "" for name in self.natural)

    def prepare(self, rows: Sequence[Values]) -> None:
        """The plans that a row may name above its own: those that are there, then the file's."""
        self.above: dict[str, set[UUID]] = defaultdict(set)
        for name, plan in self.roots.items():
            self.above[name].add(plan.id)
        for row in rows:
            name = row.get("name", "")
            with suppress(Trouble):
                if name not in self.roots:
                    known = self.match(row)
                    self.above[name].add(known.thing.root_id if known else self._new_id(row))

    def match(self, values: Values) -> Known | None:
        """By id or by what it is; or else what an earlier file made, by whatever name it goes."""
        return super().match(values) or self.by_id.get(str(self._new_id(values)))

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A plan above that is known, and judges who may judge."""
        name = values["parent"]
        if name and len(self.above[name]) != 1:
            code = "ambiguous" if self.above[name] else "nobody_called"
            raise Trouble(code, "parent", value=name[:60])
        return values

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """The wide ones first, for those of the same file that spell them out."""
        widest = sorted(changes, key=lambda one: _KINDS.index(one.values["kind"]))
        yield from super().write(widest, tell)

    def command(self, change: Change) -> tuple[str, Command]:
        """The head as its row says it; its tasks and its level stay as they are."""
        plan: Plan | None = change.known.thing if change.known else None
        if plan is not None and plan.status is not PlanStatus.DRAFT:
            said = {"status": word_for(_STATUS, plan.status, "zh-CN")}
            said["status_en"] = word_for(_STATUS, plan.status, "en")
            raise Trouble("only_drafts", self.first_touched(change), **said)
        values = change.values
        asked = {name: values[name] for name in _SAID} | {
            "plan_id": plan.id if plan else self._new_id(values),
            "site_id": self.target.site.id,
            "department": values["department"] or None,
            "parent_id": next(iter(self.above[values["parent"]]), None),
            **{f"{column}_id": self._judge(column, values[column]) for column in _NAMED},
        }
        return "plan.keep", KeepPlan.model_validate(asked)

    def _new_id(self, values: Values) -> UUID:
        return derived_id("plan", self.target.site.id, *self.key_of(values))

    def _judge(self, column: str, name: str) -> UUID | None:
        if not name:
            return None
        if name not in self.people[column]:
            raise Trouble("nobody_called", column, value=name[:60])
        return self.people[column][name].id


def _newest(found: Sequence[Known]) -> list[Known]:
    """Of each plan its newest version; those that are over only where there is no other."""
    newest = {one.thing.root_id: one for one in found}.values()
    going = [one for one in newest if one.thing.status is not PlanStatus.CLOSED]
    return going or list(newest)


PLANS = Kind(
    "plans",
    Permission.PLAN_READ,
    PlanBook,
    writes=Permission.PLAN_WRITE,
    example={
        "kind": "month",
        "department": "cleaner",
        "starts": date(2026, 3, 1),
        "ends": date(2026, 3, 31),
    },
)
