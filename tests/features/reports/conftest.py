"""A month in which rounds were done, late, missed and heard of late, and the reports of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from propapp.core.ids import uuid7
from propapp.core.making.models import ExportStatus
from propapp.core.unit_of_work import looking
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.reports import contents
from propapp.features.reports.against import Against, against
from propapp.features.reports.contents import Performance
from propapp.features.reports.jobs import REPORTS
from propapp.features.reports.models import Report
from propapp.features.reports.rounds import Stretch
from propapp.features.standards.models import Clause, ClauseVersion
from tests.goals import a_goal, a_round, a_walk
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause
from tests.world import NOON, World, found, rows, save

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH = NOON.date().replace(day=1)


def nothing(_done: int, _total: int) -> None:
    """Nobody listens."""


def in_force_since(world: World, plan: Plan, since: datetime) -> Plan:
    """The plan, as if it had come into force then."""
    held = in_force(world, plan)
    row = found(Plan, held.id)
    row.in_force_at = since
    save(row)
    return row


@dataclass
class Month:
    """A world with a month behind it."""

    world: World
    clause: Clause
    plan: Plan
    task: PlanTask

    def performance(self, who: str = "manager", **other: Any) -> Performance:
        """What the report says, as figures."""
        with looking(self.world.actor(who), clock=self.world.clock) as uow:
            stretch = self.stretch(**other)
            person = self.world.actor(who).person_id
            return contents.performance(uow, stretch, person, nothing)

    def against(self, **other: Any) -> Against:
        """Plan against actual, as figures."""
        with looking(self.world.actor("manager"), clock=self.world.clock) as uow:
            person = self.world.actor("manager").person_id
            return against(uow, self.stretch(**other), person, nothing)

    def stretch(self, **other: Any) -> Stretch:
        """March of the site."""
        last = MARCH.replace(day=31)
        return Stretch(**{"site": self.world.site, "first": MARCH, "last": last} | other)

    def asked(self, who: str = "manager", **values: Any) -> Report:
        """A report that this person asked for."""
        asked = {
            "report_id": uuid7(),
            "site_id": self.world.site.id,
            "kind": "performance",
            "month": f"{MARCH:%Y-%m}",
            "form": "xlsx",
        }
        return self.world.do(who, "report.month", **asked | values)

    def made(self, **values: Any) -> Path:
        """Its file."""
        report = self.asked(**values)
        REPORTS.make_waiting(self.world.clock)
        assert found(Report, report.id).status is ExportStatus.READY
        return REPORTS.file_of(report)

    def sheets(self, **values: Any) -> dict[str, list[list[Any]]]:
        """The sheets of its workbook, row by row, empty cells as None."""
        with CalamineWorkbook.from_path(str(self.made(**values))) as book:
            return {
                name: [
                    [None if cell == "" else cell for cell in row]
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ]
                for name in book.sheet_names
            }


@pytest.fixture
def month(garden: World) -> Month:
    """By noon of the tenth: rounds done, late, walked too late, missed, and heard of late."""
    clause = a_clause()
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    task = a_task(route_id=garden.route.id, clause_id=version.id, minutes=90, people=2)
    beside = a_task("office", rrule="FREQ=MONTHLY;BYMONTHDAY=5,20", windows=[], role="manager")
    draft = a_draft(garden, task, beside)
    plan = in_force_since(garden, draft, NOON - 60 * DAY)
    (row,) = rows(PlanTask, plan_id=plan.id, key="patrol")
    a_walk(garden, a_round(garden, NOON - 2 * DAY, row))
    a_walk(garden, a_round(garden, NOON - 2 * DAY + 2 * HOUR, row), 65)
    too_late = a_round(garden, NOON - 2 * DAY + 4 * HOUR, row)
    a_walk(garden, too_late, 300, in_window=False)
    a_round(garden, NOON - DAY, row)
    heard = a_walk(garden, a_round(garden, NOON - DAY + 4 * HOUR, row))
    heard.started_received_at = NOON
    save(heard)
    a_round(garden, NOON + DAY, row)
    # By hand, for no plan; and of another month.
    a_walk(garden, a_round(garden, NOON - 3 * DAY))
    a_walk(garden, a_round(garden, NOON - 40 * DAY, row))
    a_goal(garden, clauses=[clause.id])
    return Month(garden, clause, plan, row)
