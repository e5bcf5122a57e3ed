"""What the office has on paper: heads of plans, rules of duty, leave, and a notebook of reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from propapp.core.ids import uuid7
from propapp.features.messages.models import Message
from propapp.features.orders.models import Priority, Source, WorkOrder
from propapp.features.plans.models import Plan, PlanKind, PlanStatus
from propapp.features.rosters.models import AskStatus, DutyRules, Leave, RosterDay
from propapp.features.sheets.models import SheetStatus
from tests.plans import a_draft, in_force, version
from tests.rosters import TUESDAY, a_leave, a_turn
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import NOON, World, found, rows

PLAN = ("name", "kind", "department", "starts", "ends", "parent", "reviewer", "status")
ORDER = ("category", "description", "place", "priority")
LEAVE = ("person", "starts", "ends", "reason")


def brought(world: World, kind: str, *lines: list[Any], columns: tuple[str, ...]) -> Any:
    """These rows under these columns, looked through for the manager."""
    return bring(world, "manager", kind, workbook([heads(*columns), *lines]))


def mended(world: World, kind: str, folder: Path, **cells: Any) -> bytes:
    """What goes out, each of these columns changed in its first row."""

    def mend(table: list[list[Any]]) -> None:
        for name, value in cells.items():
            table[1][table[0].index(heads(name)[0])] = value

    return changed(exported(world, "manager", kind), folder, mend)


def test_plans_and_those_that_spell_them_out_come_in_one_file(garden: World) -> None:
    lines = [
        ["三月", "月度", "保洁员", "2026-03-01", "2026-03-31", "2026 年度", "", ""],
        ["2026 年度", "年度", "", "2026-01-01", "2026-12-31", "", "manager", ""],
    ]
    sheet = brought(garden, "plans", *lines, columns=PLAN)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 0, 0), [])
    assert take_in(garden, "manager", sheet).status is SheetStatus.TAKEN
    year, month = sorted(rows(Plan), key=lambda one: one.kind is not PlanKind.YEAR)
    assert (month.parent_id, month.department, month.status) == (
        year.id, "cleaner", PlanStatus.DRAFT,
    )  # fmt: skip
    assert year.reviewer_id == garden.actor("manager").person_id
    assert month.is_written_by(garden.actor("manager").person_id)
    assert counts(brought(garden, "plans", *lines, columns=PLAN)) == (0, 0, 2, 0)


def test_a_draft_is_changed_and_keeps_its_tasks_and_its_level(
    garden: World, tmp_path: Path
) -> None:
    plan = a_draft(garden, level="DB31:2")
    content = mended(garden, "plans", tmp_path, name="改过的计划", approver="")
    sheet = take_in(garden, "manager", bring(garden, "manager", "plans", content))
    assert (counts(sheet), problems(sheet)) == ((0, 1, 0, 0), [])
    after = found(Plan, plan.id)
    assert (after.name, after.approver_id, after.level) == ("改过的计划", None, "DB31:2")
    assert len(version(plan.id).tasks) == 1


def test_a_plan_that_is_no_draft_any_more_is_only_read(garden: World, tmp_path: Path) -> None:
    plan = in_force(garden, a_draft(garden))
    content = mended(garden, "plans", tmp_path, ends=date(2026, 11, 30))
    sheet = bring(garden, "manager", "plans", content)
    assert problems(sheet) == [(2, "ends", "only_drafts")]
    assert sheet.problems[0]["facts"] == {"status": "执行中", "status_en": "in force"}
    content = mended(garden, "plans", tmp_path, status="草稿", version="")
    assert problems(bring(garden, "manager", "plans", content)) == [(2, "status", "only_out")]
    assert found(Plan, plan.id).ends == date(2026, 12, 31)


def test_a_row_without_an_id_is_the_newest_version(garden: World) -> None:
    year = in_force(garden, a_draft(garden, name="年度"))
    garden.do("supervisor", "plan.revise", plan_id=year.id, next_id=uuid7(), reason="More")
    said = ["年度", "年度", "", "2026-01-01"]
    sheet = brought(garden, "plans", [*said, "2027-01-31"], columns=PLAN[:5])
    assert (counts(sheet), problems(sheet)) == ((0, 1, 0, 0), [])
    sheet = brought(garden, "plans", [*said, "2026-11-30"], columns=PLAN[:5])
    assert problems(sheet) == [(2, "ends", "outside_plan")]


def test_a_plan_that_goes_by_another_name_now_is_not_made_again(garden: World) -> None:
    said = ["三月", "月度", "", "2026-03-01", "2026-03-31"]
    sheet = brought(garden, "plans", said, columns=PLAN[:5])
    take_in(garden, "manager", sheet)
    (plan,) = rows(Plan)
    draft = plan.model_dump(include={"site_id", "kind", "starts", "ends"})
    garden.do("manager", "plan.keep", plan_id=plan.id, **draft, name="阳春三月")
    assert counts(brought(garden, "plans", said, columns=PLAN[:5])) == (0, 1, 0, 0)


def test_each_plan_hears_its_own_error(garden: World) -> None:
    days = ["2026-03-01", "2026-03-31"]
    sheet = brought(
        garden,
        "plans",
        ["甲", "季度", "", *days, "", "", ""],
        ["乙", "月度", "", *days, "没有的计划", "", ""],
        ["丙", "月度", "", *days, "", "cleaner", ""],
        ["丁", "月度", "", *reversed(days), "", "", ""],
        ["戊", "月度", "", *days, "", "", "执行中"],
        ["己", "月度", "", *days, "己", "", ""],
        columns=PLAN,
    )
    assert problems(sheet) == [
        (2, "kind", "not_offered"),
        (3, "parent", "nobody_called"),
        (4, "reviewer", "nobody_called"),
        (5, "ends", "days_backwards"),
        (6, "status", "only_out_new"),
        (7, "parent", "not_found"),
    ]
    assert rows(Plan) == []


def test_rules_are_changed_by_their_rows_and_the_others_stay(garden: World) -> None:
    said = [["两班之间至少休息（小时）", 8.5], ["几分钟后通知主管", "２０"]]
    sheet = brought(garden, "duty_rules", *said, columns=("rule", "figure"))
    assert (counts(sheet), problems(sheet)) == ((0, 2, 0, 0), [])
    assert rows(DutyRules) == []
    take_in(garden, "manager", sheet)
    (rules,) = rows(DutyRules)
    assert (rules.rest, rules.ladder, rules.week) == (510, [5, 20, 30], 3600)
    assert counts(brought(garden, "duty_rules", *said, columns=("rule", "figure")))[2] == 2


def test_each_rule_hears_its_own_error_counted_as_it_is_written(garden: World) -> None:
    sheet = brought(
        garden,
        "duty_rules",
        ["两班之间至少休息（小时）", 49],
        ["最多连续上班（天）", 6.5],
        ["最多连续夜班（晚）", 0],
        ["几分钟后通知当班的人", 721],
        ["休息", 1],
        columns=("rule", "figure"),
    )
    assert problems(sheet) == [
        (2, "figure", "too_great"),
        (3, "figure", "not_whole"),
        (4, "figure", "too_small"),
        (5, "figure", "too_great"),
        (6, "rule", "not_offered"),
    ]
    assert [one["facts"].get("most") for one in sheet.problems[::2]][:2] == ["48", "1"]
    ladder = [["几分钟后通知当班的人", 40], ["两班之间至少休息（小时）", 10]]
    sheet = brought(garden, "duty_rules", *ladder, columns=("rule", "figure"))
    assert problems(sheet) == [(2, "figure", "ladder_not_rising")]
    assert rows(DutyRules) == []


def test_leave_told_by_telephone_is_entered_and_the_person_hears_of_it(garden: World) -> None:
    guard = garden.actor("guard").person_id
    a_turn(garden, guard)
    said = ["guard", TUESDAY, TUESDAY, "发烧，电话请假"]
    sheet = brought(garden, "leave", said, columns=LEAVE)
    assert (counts(sheet), problems(sheet)) == ((1, 0, 0, 0), [])
    assert len(rows(RosterDay)) == 1
    take_in(garden, "manager", sheet)
    (leave,) = rows(Leave)
    assert (leave.person_id, leave.status, leave.reason) == (guard, AskStatus.APPROVED, said[-1])
    assert rows(RosterDay) == []
    assert [(one.person_id, one.kind) for one in rows(Message)] == [(guard, "leave.entered")]
    assert counts(brought(garden, "leave", said, columns=LEAVE)) == (0, 0, 1, 0)


def test_leave_that_stands_otherwise_is_seen_to_on_the_roster(
    garden: World, tmp_path: Path
) -> None:
    guard, cleaner = (garden.actor(name).person_id for name in ("guard", "cleaner"))
    asked = a_leave(garden, guard)
    a_leave(garden, cleaner, status=AskStatus.WITHDRAWN)
    days = [asked.first, asked.last, ""]
    sheet = brought(
        garden,
        "leave",
        ["guard", *days],
        ["cleaner", *days],
        ["没有这个人", *days],
        ["technician", asked.last, asked.first, ""],
        columns=LEAVE,
    )
    assert problems(sheet) == [
        (2, "person", "leave_otherwise"),
        (3, "person", "leave_otherwise"),
        (4, "person", "nobody_called"),
        (5, "ends", "days_backwards"),
    ]
    garden.do("supervisor", "leave.approve", leave_id=asked.id)
    content = mended(garden, "leave", tmp_path, reason="别的原因")
    (problem,) = problems(bring(garden, "manager", "leave", content))
    assert problem[1:] == ("reason", "not_from_here")


def test_a_notebook_of_reports_becomes_orders_that_begin_now(garden: World) -> None:
    unit = f"{garden.building.name} {garden.unit.number}"
    lobby = f"{garden.building.name} {garden.lobby.name}"
    said = [
        ["水", "厨房漏水\n3月1日王女士微信", f"{unit} · 厨房", ""],
        ["消防", "灭火器过期", lobby, "普通"],
        ["其他", "路灯不亮", "东门外第三根", ""],
    ]
    sheet = take_in(garden, "manager", brought(garden, "orders", *said, columns=ORDER))
    assert (counts(sheet), problems(sheet)) == ((3, 0, 0, 0), [])
    kitchen, fire, lamp = sorted(rows(WorkOrder), key=lambda one: one.number)
    assert (kitchen.unit_id, kitchen.title) == (garden.unit.id, "厨房漏水")
    assert (kitchen.place_text, kitchen.priority) == (f"{unit} · 厨房", Priority.HIGH)
    assert (fire.place_id, fire.priority) == (garden.lobby.id, Priority.NORMAL)
    assert (lamp.place_id, lamp.place_text) == (None, "东门外第三根")
    assert {one.reported_at for one in (kitchen, fire, lamp)} == {NOON}
    assert {one.source for one in (kitchen, fire, lamp)} == {Source.STAFF}
    garden.do("technician", "order.claim", order_id=kitchen.id)
    assert counts(brought(garden, "orders", *said, columns=ORDER)) == (0, 0, 3, 0)


def test_an_order_that_is_there_is_not_told_otherwise(garden: World, tmp_path: Path) -> None:
    said = ["水", "厨房漏水", "东门外", ""]
    take_in(garden, "manager", brought(garden, "orders", said, columns=ORDER))
    for cells, trouble in (
        ({"priority": "紧急"}, "not_from_here"),
        ({"status": "已完成"}, "only_out"),
        ({"reported_at": date(2026, 3, 1)}, "only_out"),
    ):
        content = mended(garden, "orders", tmp_path, **cells)
        sheet = bring(garden, "manager", "orders", content)
        assert problems(sheet) == [(2, *cells, trouble)]
    emptied = mended(garden, "orders", tmp_path, status="", reported_at="", title="")
    assert counts(bring(garden, "manager", "orders", emptied)) == (0, 0, 1, 0)
    other = brought(garden, "orders", ["电", *said[1:]], columns=ORDER)
    assert problems(other) == [(2, "category", "not_from_here")]


def test_each_report_hears_its_own_error(garden: World) -> None:
    sheet = brought(
        garden,
        "orders",
        ["水", "漏水", "", ""],
        ["没有这一类", "漏水", "东门外", ""],
        ["水", "", "东门外", ""],
        ["水", "漏" * 2001, "东门外", ""],
        ["水", "漏水", "东" * 61, ""],
        ["水", "渗水", "西门外", ""],
        ["水", "渗水", "西门外", ""],
        columns=ORDER,
    )
    assert problems(sheet) == [
        (2, "place", "missing"),
        (3, "category", "not_offered"),
        (4, "description", "missing"),
        (5, "description", "too_long"),
        (6, "place", "too_long"),
        (8, "", "twice"),
    ]
    content = workbook([heads("number", *ORDER), ["WX-1", "水", "漏水", "东门外", ""]])
    assert problems(bring(garden, "manager", "orders", content)) == [(2, "number", "unknown_id")]
    assert rows(WorkOrder) == []
