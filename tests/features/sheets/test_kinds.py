"""What each kind gives and takes: out and in again it is the same, new rows are made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete

from propapp.core.access import Role
from propapp.core.dates.timetable import Trigger
from propapp.core.errors import ExportOnly
from propapp.core.ids import uuid7
from propapp.features.accidents.models import Accident
from propapp.features.goals.models import Goal, LetterPart
from propapp.features.orders.models import WorkOrder
from propapp.features.people.models import RoleAssignment
from propapp.features.plans.models import Plan
from propapp.features.rosters.models import AskStatus, Leave, RosterDay, Shift
from propapp.features.schedules.models import CalendarDay, TaskSchedule
from propapp.features.sheets import jobs
from propapp.features.sheets.kinds.every import EVERY
from propapp.features.sheets.leaves import Leaf
from propapp.features.sheets.models import SheetImport, SheetStatus
from propapp.features.sheets.tables import Target
from propapp.features.sheets.views import notice_lines
from propapp.features.sites.models import SiteProfile
from propapp.features.standards.models import ClauseLevel, ClauseVersion, ItemKind, StandardKind
from tests.accidents import an_accident
from tests.counting import count_queries
from tests.goals import a_goal, a_part
from tests.plans import a_draft, in_force
from tests.rosters import a_leave, a_swap, a_turn
from tests.standards import a_clause, a_clause_asked, a_level, a_standard
from tests.workbooks import bring, counts, exported, heads, opened, problems, take_in, workbook
from tests.world import (
    NOON,
    World,
    a_checklist,
    a_completed_order,
    a_schedule,
    an_item,
    an_order_row,
    found,
    rows,
    save,
    write,
)


def some_goals(world: World) -> None:
    clause = a_clause()
    a_goal(world, clauses=[clause.id])
    a_goal(world, name="+1 stars", measure="stars", target=4.5, starts="2026-02-01")


def some_schedules(world: World) -> None:
    a_schedule(world, (480, 60), (1320, 480))
    a_schedule(world, (600, 30), rrule="FREQ=MONTHLY;BYMONTHDAY=1", day_rule="WORKDAYS")
    a_schedule(world, (0, 120), trigger=Trigger.RAIN)
    chance = {"every": 120, "minutes": 30, "begins": 1320, "ends": 1800, "grace": 5}
    a_schedule(world, (1320, 480), trigger=Trigger.RANDOM, random=chance)


def some_shifts(world: World) -> None:
    a_turn(world, world.actor("guard").person_id)


def asked(act: Callable[[], object]) -> int:
    """How many statements the act sends."""
    with count_queries() as sent:
        act()
    return len(sent)


def some_parts(world: World) -> None:
    goal = a_goal(world)
    guard = a_part(world, weight=60, duty="=Walks")
    parts = [guard, a_part(world, "technician", weight=40)]
    world.do("manager", "letter.keep", letter_id=uuid7(), goal_id=goal.id, parts=parts)


def some_clauses(world: World) -> None:
    world.do("manager", "clause.keep", **a_clause_asked(evidence={"photos": 1}))
    limited = [a_level(often="", limits=["response <= 30 min", "arrival <= 2 h"])]
    world.do("manager", "clause.keep", **a_clause_asked(levels=limited))


def some_turns(world: World) -> None:
    a_turn(world, world.actor("guard").person_id)
    a_turn(world, world.person("another", Role.GUARD).person_id)


def some_checklists(world: World) -> None:
    choices = [
        {"label": "纸箱、杂物", "label_en": "Boxes, clutter", "fail": True},
        {"label": "无", "label_en": "Nothing"},
    ]
    item = {"kind": "multiple", "label": "楼道堆物", "label_en": "Left there", "choices": choices}
    for code, name in (("stairs", "楼道"), (world.template.code, world.template.name)):
        world.do("manager", "checklist.keep", code=code, name=name, items=[item])


def some_that_share_a_name(world: World) -> None:
    template, _ = a_checklist("older")
    save(template, an_item(template, 1, ItemKind.TEXT))
    some_checklists(world)


def some_profile(world: World) -> None:
    site_id = world.site.id
    has = {"lift": 12, "pump_room": 0}
    world.do("manager", "site.describe", site_id=site_id, city="zhengzhou", has=has)
    hourly = {"guard": 2650, "cleaner": 2300}
    world.do("manager", "site.price", site_id=site_id, hourly=hourly, person_hours=1984)


def some_notices(world: World) -> None:
    for year in (2031, 2032):
        days = [
            {"day": f"{year}-10-01", "kind": "holiday", "name": "national"},
            {"day": f"{year}-10-02", "kind": "holiday", "name": "Ours"},
        ]
        world.do("manager", "calendar.enter_year", year=year, source=f"No. {year}", days=days)


def some_accidents(world: World) -> None:
    an_accident(world, occurred_at=NOON - timedelta(days=3, seconds=7), text="First\r\nsecond")
    one = an_accident(world, place="=Roof")
    world.do("manager", "accident.withdraw", accident_id=one.id, reason="Twice")


def some_plans(world: World) -> None:
    year = in_force(world, a_draft(world, name="Year"))
    revised = {"next_id": uuid7(), "reason": "=More"}
    world.do("supervisor", "plan.revise", plan_id=year.id, **revised)
    a_draft(world, name="March", kind="month", parent_id=year.id, department="guard")


def some_leave(world: World) -> None:
    for status in AskStatus:
        a_leave(world, world.actor("guard").person_id, status=status, reason="=Fever\r\n")


def some_orders(world: World) -> None:
    a_completed_order(world)
    late = NOON + timedelta(seconds=41, milliseconds=700)
    an_order_row(world, title="水管漏水", description="", reported_at=late)


def as_it_is(_world: World) -> None:
    """A site has points and a route from the beginning."""


# Who may bring it, where the manager of a site may not.
WHO = {"sites": "administrator"}


THERE: dict[str, Callable[[World], None]] = {
    "plans": some_plans,
    "duty_rules": as_it_is,
    "leave": some_leave,
    "orders": some_orders,
    "goals": some_goals,
    "schedules": some_schedules,
    "shifts": some_shifts,
    "parts": some_parts,
    "clauses": some_clauses,
    "turns": some_turns,
    "buildings": as_it_is,
    "units": as_it_is,
    "people": as_it_is,
    "points": as_it_is,
    "routes": as_it_is,
    "checklists": some_that_share_a_name,
    "sites": as_it_is,
    "profile": some_profile,
    "hourly": some_profile,
    "notices": some_notices,
    "accidents": some_accidents,
}


@pytest.mark.parametrize("kind", THERE)
def test_out_and_in_again_nothing_has_changed(garden: World, kind: str) -> None:
    THERE[kind](garden)
    who = WHO.get(kind, "manager")
    sheet = bring(garden, who, kind, exported(garden, who, kind))
    assert (sheet.status, problems(sheet)) == (SheetStatus.CHECKED, [])
    assert sheet.unchanged >= 1
    assert counts(sheet) == (0, 0, sheet.unchanged, 0)


def fresh_goal(world: World) -> list[list[Any]]:
    number = a_clause()
    return [
        heads("name", "measure", "comparison", "target", "weight", "source", "responsible",
              "starts", "ends", "clauses"),
        ["按时率", "巡查按时率", "不低于", "９５", 20, "合同", "supervisor", "2026/1/1",
         "2026年12月31日", number.number],
    ]  # fmt: skip


def fresh_schedule(world: World) -> list[list[Any]]:
    return [
        heads("route", "repeat", "windows", "starts", "ends"),
        [world.route.name, "每周一、三", "08:00-09:00", "2026-04-01", "2026-12-31"],
    ]


def fresh_shift(world: World) -> list[list[Any]]:
    return [
        heads("name", "role", "begins", "minutes", "people"),
        ["夜班", "秩序员", time(20, 0), 720, 2],
    ]


def fresh_part(world: World) -> list[list[Any]]:
    goal = a_goal(world)
    return [
        heads("goal", "post", "person", "weight", "duty"),
        [goal.name, "秩序员", "guard", 100, "走完每一班"],
    ]


def fresh_clause(_world: World) -> list[list[Any]]:
    return [
        heads("number", "area", "title", "text", "often", "source", "starts", "reason"),
        ["C-7", "保洁", "大堂", "每天两次", "2/day", "承诺", date(2026, 4, 1), "业主要求"],
    ]


def fresh_turn(world: World) -> list[list[Any]]:
    turn = a_turn(world, world.actor("guard").person_id, put=False)
    shift = found(Shift, turn.shift_id)
    return [heads("day", "shift", "person"), ["2026年3月12日", shift.name, "guard"]]


def fresh_thing(_world: World) -> list[list[Any]]:
    return [heads("thing", "count"), ["电梯(台)", "１２"]]


def fresh_price(_world: World) -> list[list[Any]]:
    return [heads("post", "hourly"), ["秩序员", 26.5]]


def fresh_day(_world: World) -> list[list[Any]]:
    return [
        heads("day", "day_kind", "festival", "notice"),
        ["2031/2/8", "调休上班", "春节", "国办发明电"],
    ]


def fresh_accident(_world: World) -> list[list[Any]]:
    return [
        heads("happened_at", "accident", "place", "what"),
        ["2026年3月1日 8：30", "摔伤、坠落", "大堂", "地面有水，业主滑倒"],
    ]


def fresh_plan(world: World) -> list[list[Any]]:
    return [
        heads("name", "kind", "department", "starts", "ends", "reviewer", "approver"),
        ["三月保洁计划", "月度", "保洁员", "2026-03-01", "2026-03-31", "manager", "administrator"],
    ]


def fresh_leave(_world: World) -> list[list[Any]]:
    return [
        heads("person", "starts", "ends", "reason"),
        ["guard", "2026年3月20日", date(2026, 3, 22), "发烧，电话请假"],
    ]


def fresh_order(_world: World) -> list[list[Any]]:
    return [
        heads("category", "description", "place"),
        ["水", "厨房漏水。3月1日王女士微信", "东门外"],
    ]


FRESH: dict[str, tuple[Callable[[World], list[list[Any]]], type]] = {
    "goals": (fresh_goal, Goal),
    "schedules": (fresh_schedule, TaskSchedule),
    "shifts": (fresh_shift, Shift),
    "parts": (fresh_part, LetterPart),
    "clauses": (fresh_clause, ClauseVersion),
    "turns": (fresh_turn, RosterDay),
    "profile": (fresh_thing, SiteProfile),
    "hourly": (fresh_price, SiteProfile),
    "notices": (fresh_day, CalendarDay),
    "accidents": (fresh_accident, Accident),
    "plans": (fresh_plan, Plan),
    "leave": (fresh_leave, Leave),
    "orders": (fresh_order, WorkOrder),
}


@pytest.mark.parametrize("kind", FRESH)
def test_a_new_row_is_made_once(garden: World, kind: str) -> None:
    make, model = FRESH[kind]
    content = workbook(make(garden))
    sheet = bring(garden, "manager", kind, content)
    assert (counts(sheet), problems(sheet)) == ((1, 0, 0, 0), [])
    assert rows(model) == []
    assert take_in(garden, "manager", sheet).status is SheetStatus.TAKEN
    assert len(rows(model)) == 1
    assert counts(bring(garden, "manager", kind, content)) == (0, 0, 1, 0)


@pytest.mark.parametrize("kind", ["goals", "schedules", "shifts", "plans", "leave"])
def test_an_id_of_another_site_is_none_here(garden: World, elsewhere: World, kind: str) -> None:
    make, model = FRESH[kind]
    theirs = take_in(
        elsewhere, "manager", bring(elsewhere, "manager", kind, workbook(make(elsewhere)))
    )
    assert theirs.status is SheetStatus.TAKEN
    (row,) = rows(model)
    head, values = make(garden)
    content = workbook([[*heads("id"), *head], [str(row.id), *values]])
    sheet = bring(garden, "manager", kind, content)
    assert problems(sheet) == [(2, "id", "unknown_id")]
    assert rows(model) == [row]


def test_every_kind_has_its_words_and_its_columns_begin_with_what_rows_are_told_by() -> None:
    for kind in EVERY.values():
        assert len({column.name for column in kind.columns}) == len(kind.columns)
        assert all(
            heads(column.name) != [f"workbook.column.{column.name}"] for column in kind.columns
        )


@pytest.mark.parametrize("code", [code for code, kind in EVERY.items() if kind.writes])
def test_an_empty_form_shows_a_row_that_can_be_read_and_is_passed_over(
    garden: World, tmp_path: Path, code: str
) -> None:
    kind, who = EVERY[code], WHO.get(code, "manager")
    plan_id = a_draft(garden).id if kind.of_plan else None
    with garden.work(who) as uow:
        content = Leaf(uow, kind, Target(garden.site, plan_id), "zh-CN").template()
    head, line = opened(content, tmp_path)
    assert head == heads(*(column.name for column in kind.columns))
    assert line[0] == "示例"
    shown = {
        column.name: column.form.read(cell)
        for column, cell in list(zip(kind.columns, line, strict=True))[1:]
        if cell != ""
    }
    needed = {column.name for column in kind.columns[1:] if column.required}
    assert {name for name, value in shown.items() if value not in {None, ""}} >= needed
    assert not shown.keys() & {column.name for column in kind.columns if column.only_out}
    sheet = bring(garden, who, code, content, plan_id)
    assert (sheet.status, sheet.code) == (SheetStatus.REFUSED, "sheet_empty")


def test_what_is_made_elsewhere_goes_out_and_is_refused_in(garden: World, tmp_path: Path) -> None:
    asker, other = (garden.actor(name).person_id for name in ("guard", "cleaner"))
    a_swap(garden, asker, other, status=AskStatus.REFUSED, answer="那天要演练")
    head, *lines = opened(exported(garden, "manager", "swaps"), tmp_path)
    assert head == heads(*(column.name for column in EVERY["swaps"].columns))
    (line,) = lines
    assert line[:4] == ["guard", date(2026, 3, 10), "Day", "cleaner"]
    assert "没有批准" in line
    assert "那天要演练" in line
    with pytest.raises(ExportOnly):
        bring(garden, "manager", "swaps", workbook([head, *lines]))


def test_the_library_goes_out_with_what_was_verified_of_each_level(
    garden: World, tmp_path: Path
) -> None:
    law = a_standard(StandardKind.STATUTE, name="消防法", name_en="Fire law")
    graded = a_standard(levels=[{"code": "1", "name": "一级", "name_en": "First"}])
    every, clause = a_clause(law), a_clause(graded)
    (level,) = rows(ClauseLevel, version_id=rows(ClauseVersion, clause_id=clause.id)[0].id)
    level.level = "1"
    save(level)
    head, *lines = opened(exported(garden, "supervisor", "library"), tmp_path)
    assert head == heads(*(column.name for column in EVERY["library"].columns))
    names = ("paper", "paper_kind", "number", "level", "text", "verified")
    at = [head.index(name) for name in heads(*names)]
    assert {tuple(line[one] for one in at) for line in lines} == {
        ("消防法", "法定", every.number, "", "Twice a day", "已核对原文"),
        ("Paper", "公司规定", clause.number, "一级", "Twice a day", "公司规定"),
    }
    with pytest.raises(ExportOnly):
        bring(garden, "manager", "library", workbook([head, *lines]))


def test_an_export_asks_as_often_of_a_big_house_as_of_a_small_one(garden: World) -> None:
    a_goal(garden)

    def taken_out(kind: str) -> None:
        exported(garden, WHO.get(kind, "manager"), kind)

    few = {kind: asked(lambda kind=kind: taken_out(kind)) for kind in THERE}
    for number in range(5):
        a_goal(garden, name=f"Goal {number}")
        a_schedule(garden, (480 + number * 30, 30))
        garden.person(f"further{number}", Role.GUARD)
        an_order_row(garden)
        an_accident(garden, occurred_at=NOON - timedelta(days=number + 1))
        a_draft(garden, name=f"Plan {number}")
        a_leave(garden, garden.actor("guard").person_id)
    many = {kind: asked(lambda kind=kind: taken_out(kind)) for kind in few}
    assert many == few


def test_a_turn_that_breaks_a_rule_is_told_at_its_row(garden: World) -> None:
    turn = a_turn(garden, garden.actor("guard").person_id, put=False)
    shift = found(Shift, turn.shift_id)
    content = workbook([
        heads("day", "shift", "person"),
        *[[date(2026, 3, day), shift.name, "guard"] for day in range(2, 9)],
        [date(2026, 3, 4), shift.name, "cleaner"],
        [date(2026, 6, 4), shift.name, "guard"],
        [date(2026, 3, 4), "没有的班", "guard"],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "turns", content)
    assert problems(sheet) == [
        (8, "", "roster_broken"),
        (9, "", "roster_broken"),
        (10, "day", "roster_too_long"),
        (11, "shift", "nobody_called"),
    ]


def test_shares_that_are_not_a_hundred_together_and_a_law_that_is_loosened(garden: World) -> None:
    goal = a_goal(garden)
    shares = workbook([
        heads("goal", "post", "person", "weight"),
        [goal.name, "秩序员", "guard", 60],
        [goal.name, "维修工", "technician", 30],
    ])  # fmt: skip
    assert problems(bring(garden, "manager", "parts", shares)) == [
        (2, "weight", "weights_not_hundred"),
        (3, "weight", "weights_not_hundred"),
    ]
    a_clause(a_standard(StandardKind.STATUTE), often="4/day", subject="cleaning.lobby")
    loose = workbook([
        heads("number", "area", "subject", "title", "text", "often", "source", "starts", "reason"),
        ["C-7", "保洁", "cleaning.lobby", "大堂", "一次", "1/day", "省钱", date(2026, 4, 1), "省"],
        ["C-8", "保洁", "", "大堂", "一次", "1/day", "承诺", date(2026, 2, 1), "省"],
    ])  # fmt: skip
    assert problems(bring(garden, "manager", "clauses", loose)) == [
        (2, "often", "loosens_statute"),
        (3, "starts", "from_today"),
    ]


def test_who_has_no_part_in_a_letter_any_more_is_said(garden: World) -> None:
    some_parts(garden)
    (goal,) = rows(Goal)
    heading = heads("goal", "post", "person", "weight")
    alone = workbook([heading, [goal.name, "秩序员", "guard", 100]])
    (line,) = notice_lines(bring(garden, "manager", "parts", alone))
    assert line.text_en == f"“{goal.name}”, no part in its letter any more: technician."
    as_before = workbook([heading, [goal.name, "秩序员", "guard", 60]])
    assert not notice_lines(bring(garden, "manager", "parts", as_before))


def shifts_of(count: int, *, wrong: int = -1) -> bytes:
    """So many new shifts; one of them may be impossible only for the use case itself."""
    lines = [[f"班{n}", "秩序员", "08:00", 721 if n == wrong else 720] for n in range(count)]
    return workbook([heads("name", "role", "begins", "minutes"), *lines])


def test_of_a_file_that_became_impossible_nothing_is_half_written(garden: World) -> None:
    sheet = bring(garden, "supervisor", "shifts", shifts_of(6, wrong=4))
    assert problems(sheet) == [(6, "minutes", "not_multiple")]
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.CHECKED
    assert rows(Shift) == []


def test_a_row_asks_no_more_than_its_use_case_does(garden: World) -> None:
    """Of five rows and of fifteen: the difference is ten times one row, and no more."""
    few = asked(lambda: bring(garden, "supervisor", "shifts", shifts_of(5)))
    many = asked(lambda: bring(garden, "supervisor", "shifts", shifts_of(15)))
    assert (many - few) <= 10 * 8


def test_the_tasks_of_a_plan_ask_as_often_however_many_there_are(garden: World) -> None:
    def tasks(count: int) -> bytes:
        lines = [[f"任务{n}", "秩序员", "每天", "08:00-09:00"] for n in range(count)]
        return workbook([heads("name", "role", "repeat", "windows"), *lines])

    plan = a_draft(garden)
    few = asked(lambda: bring(garden, "supervisor", "tasks", tasks(5), plan.id))
    many = asked(lambda: bring(garden, "supervisor", "tasks", tasks(200), plan.id))
    assert many == few


def test_whoever_lost_the_permission_meanwhile_writes_nothing(garden: World) -> None:
    sheet = bring(garden, "supervisor", "shifts", shifts_of(2))
    garden.do("supervisor", "sheet.take_in", sheet_id=sheet.id, sha256=sheet.sha256)
    with write() as session:
        person_id = garden.actor("supervisor").person_id
        session.exec(delete(RoleAssignment).where(col(RoleAssignment.person_id) == person_id))
    jobs.work_waiting(garden.clock)
    after = found(SheetImport, sheet.id)
    assert (after.status, after.code) == (SheetStatus.REFUSED, "not_allowed")
    assert rows(Shift) == []
