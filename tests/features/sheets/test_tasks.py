"""Tasks of a draft go out as a workbook and come back: looked through, then taken in at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from propapp.core.errors import NotAllowed, NotFound, SheetChanged, WrongStep
from propapp.core.timeline import TimelineEvent
from propapp.features.planning.once import ONCE
from propapp.features.plans.models import PlanTask
from propapp.features.sheets.models import SheetImport, SheetStatus
from tests.plans import a_draft, a_task, version
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, rows

# Without an end: from ten in the evening to six in the morning.
NIGHT = {"every": 90, "minutes": 30, "begins": 1320, "ends": 1800, "grace": 5}
FEW = heads("id", "name", "role", "repeat", "windows", "starts", "minutes")


def test_what_was_exported_changes_nothing_when_it_comes_back(garden: World) -> None:
    plan = a_draft(
        garden,
        a_task("walk", route_id=garden.route.id, season={"first": "04-01", "last": "10-31"}),
        a_task("weekly", rrule="FREQ=WEEKLY;BYDAY=MO,FR", after=["walk"], milestone=True),
        a_task("monthly", rrule="FREQ=MONTHLY;BYMONTHDAY=1,15", day_rule="workdays"),
        a_task("odd", rrule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12", name="=SUM(A1)"),
        a_task("once", rrule="", windows=[]),
        a_task(
            "chance",
            trigger="random",
            windows=[],
            coverage={"every": 120, "minutes": 30, "begins": 480, "ends": 1200},
        ),
        a_task("night", trigger="random", windows=[], coverage=NIGHT, rrule="FREQ=WEEKLY;BYDAY=SA"),
        a_task("rain", trigger="weather:rain", windows=[{"opens": 0, "minutes": 120}]),
        a_task("drill", work=True, rrule=ONCE),
    )
    before = version(plan.id)
    sheet = bring(
        garden, "supervisor", "tasks", exported(garden, "supervisor", "tasks", plan.id), plan.id
    )
    assert (sheet.status, problems(sheet)) == (SheetStatus.CHECKED, [])
    assert counts(sheet) == (0, 0, 9, 0)
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    assert version(plan.id) == before


def test_new_and_changed_rows_are_written_and_a_second_time_nothing_is(
    garden: World, tmp_path: Path
) -> None:
    plan = a_draft(garden, a_task("walk"), a_task("sweep", role="cleaner"))

    def mend(table: list[list[object]]) -> None:
        head = table[0]
        table[1][head.index(heads("minutes")[0])] = 45
        fresh: list[object] = [""] * len(head)
        for name, value in (
            ("name", "电梯维保跟班"), ("role", "维修工"), ("repeat", "每月1日、15日"),
            ("windows", "０９：００-１１：００"), ("starts", "2026年3月1日"), ("after", "Sweep"),
        ):  # fmt: skip
            fresh[head.index(heads(name)[0])] = value
        table.append(fresh)

    content = changed(exported(garden, "supervisor", "tasks", plan.id), tmp_path, mend)
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    assert (counts(sheet), problems(sheet)) == ((1, 1, 1, 0), [])
    assert len(version(plan.id).tasks) == 2, "looking through writes nothing"
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    made = version(plan.id)
    new = made.tasks[-1]
    assert (new.name, new.rrule) == ("电梯维保跟班", "FREQ=MONTHLY;BYMONTHDAY=1,15")
    assert new.windows == [{"opens": 540, "minutes": 120, "grace": 10}]
    assert (new.starts, made.links[new.key]) == (date(2026, 3, 1), ["sweep"])
    assert made.tasks[0].minutes == 45
    again = bring(garden, "supervisor", "tasks", content, plan.id)
    assert counts(again) == (0, 0, 3, 0)
    assert len(rows(TimelineEvent, verb="plan.tasks_written")) == 1
    assert len(rows(TimelineEvent, verb="sheet.taken_in")) == 1


def test_each_row_hears_its_own_error_and_nothing_is_written(garden: World) -> None:
    plan = a_draft(garden)
    name = "很长" * 50
    content = workbook([
        FEW,
        ["", "好的", "秩序员", "每天", "08:00-09:00", "2026-03-01", 30],
        ["", "公式", "秩序员", "每天", "08:00-09:00", "2026-03-01", "=10*3"],
        ["", "日期", "秩序员", "每天", "08:00-09:00", "2026-02-30", 30],
        ["", "", "秩序员", "每天", "08:00-09:00", "2026-03-01", 30],
        ["", "岗位", "保安", "每天", "08:00-09:00", "2026-03-01", 30],
        ["", name, "秩序员", "每天", "08:00-09:00", "2026-03-01", 30],
        ["", "计划外", "秩序员", "每天", "08:00-09:00", "2027-03-01", 30],
        ["", "好的", "秩序员", "每天", "08:00-09:00", "2026-03-01", 30],
        ["", "分钟", "秩序员", "每天", "08:01-09:00", "2026-03-01", 0],
        ["", "几个错", "保安", "天天", "早上", "昨天", "半小时"],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    assert problems(sheet) == [
        (3, "minutes", "formula"),
        (4, "starts", "not_day"),
        (5, "name", "missing"),
        (6, "role", "not_offered"),
        (7, "name", "too_long"),
        (8, "starts", "outside_plan"),
        (9, "", "twice"),
        (10, "minutes", "too_small"),
        (11, "role", "not_offered"),
        (11, "repeat", "not_repeat"),
        (11, "windows", "not_windows"),
        (11, "starts", "not_day"),
        (11, "minutes", "not_number"),
    ]
    assert counts(sheet) == (1, 0, 0, 9)
    taken = take_in(garden, "supervisor", sheet)
    assert taken.status is SheetStatus.CHECKED, "with errors in it nothing is taken in"
    assert len(rows(PlanTask)) == 1


CHANCE = heads("name", "role", "repeat", "windows", "grace", "trigger", "reach", "walk")


def test_rounds_of_chance_and_of_weather_are_written_and_changed_from_a_workbook(
    garden: World,
) -> None:
    plan = a_draft(garden, a_task("walk", name="巡逻"))
    content = workbook([
        [*CHANCE, *heads("route")],
        ["夜巡", "秩序员", "每天", "22:00-06:00", 5, "随机巡查", 90, 30, garden.route.name],
        ["暴雨", "秩序员", "每天", "00:00-02:00", 10, "大雨后", "", "", garden.route.name],
        ["巡逻", "秩序员", "每天", "08:00-20:00", 10, "随机巡查", 120, 30, ""],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    assert (counts(sheet), problems(sheet)) == ((2, 1, 0, 0), [])
    take_in(garden, "supervisor", sheet)
    made = {task.name: task for task in version(plan.id).tasks}
    assert made["夜巡"].random == NIGHT
    assert (made["暴雨"].trigger.value, made["暴雨"].windows[0]["minutes"]) == ("weather:rain", 120)
    assert (made["巡逻"].random or {})["ends"] == 1200
    assert counts(bring(garden, "supervisor", "tasks", content, plan.id)) == (0, 0, 3, 0)


def test_each_row_of_chance_hears_its_own_error(garden: World) -> None:
    plan = a_draft(garden)
    content = workbook([
        CHANCE,
        ["甲", "秩序员", "每天", "22:00-06:00", 5, "随机巡查", "", 30],
        ["乙", "秩序员", "每天", "22:00-06:00", 5, "随机巡查", 90, ""],
        ["丙", "秩序员", "每天", "08:00-09:00, 10:00-11:00", 5, "随机巡查", 90, 30],
        ["丁", "秩序员", "每天", "", 5, "随机巡查", 90, 30],
        ["戊", "秩序员", "每天", "08:00-09:00", 5, "按日历", 90, ""],
        ["己", "秩序员", "每天", "22:00-06:00", 5, "随机巡查", 40, 30],
        ["庚", "秩序员", "", "22:00-06:00", 5, "随机巡查", 90, 30],
        ["辛", "秩序员", "每天", "22:00-06:00", 5, "随机巡查", 90, 0],
        ["壬", "秩序员", "每天", "22:00-06:00", 5, "随机巡查", 9000, 30],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    assert problems(sheet) == [
        (2, "reach", "missing"),
        (3, "walk", "missing"),
        (4, "windows", "one_stretch"),
        (5, "windows", "one_stretch"),
        (6, "reach", "not_random"),
        (7, "reach", "coverage_impossible"),
        (8, "repeat", "no_days"),
        (9, "walk", "too_small"),
        (10, "reach", "too_great"),
    ]


def test_a_campaign_of_one_day_becomes_work_from_a_workbook(garden: World) -> None:
    plan = a_draft(garden, name="Drill", kind="campaign")
    content = workbook([
        heads("name", "role", "repeat", "windows", "work", "starts"),
        ["演练", "秩序员", "做一次", "09:00-11:00", "是", "2026-06-15"],
        ["通知", "客服", "做一次", "", "", "2026-06-10"],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    assert problems(sheet) == []
    take_in(garden, "supervisor", sheet)
    made = {task.name: task for task in version(plan.id).tasks}
    assert (made["演练"].rrule, made["演练"].ends) == (ONCE, date(2026, 6, 15))
    assert (made["通知"].rrule, made["通知"].windows) == ("", [])
    assert counts(bring(garden, "supervisor", "tasks", content, plan.id)) == (0, 0, 2, 0)


def test_tasks_that_wait_for_each_other_are_told_of(garden: World) -> None:
    plan = a_draft(garden)
    content = workbook([
        heads("id", "name", "role", "after"),
        ["", "甲", "秩序员", "乙"],
        ["", "乙", "秩序员", "甲"],
        ["", "丙", "秩序员", "没有的"],
    ])  # fmt: skip
    assert problems(bring(garden, "supervisor", "tasks", content, plan.id)) == [
        (2, "after", "tasks_in_circle"),
        (3, "after", "tasks_in_circle"),
        (4, "after", "nobody_called"),
    ]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["名称", "岗位", "备注"], "column_unknown"),
        (["名称", "工种"], "column_unknown"),
        (["名称", "名称", "岗位"], "column_twice"),
        (["编号", "岗位"], "column_missing"),
    ],
)
def test_headings_that_are_not_those_of_the_table(
    garden: World, head: list[str], code: str
) -> None:
    plan = a_draft(garden)
    sheet = bring(garden, "supervisor", "tasks", workbook([head, ["甲", "秩序员"]]), plan.id)
    assert (sheet.status, sheet.code) == (SheetStatus.REFUSED, code)


def test_the_example_of_a_template_is_passed_over(garden: World) -> None:
    plan = a_draft(garden)
    content = workbook([heads("id", "name", "role"), ["示例", "巡查", "秩序员"]])
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    assert (sheet.status, sheet.code) == (SheetStatus.REFUSED, "sheet_empty")


def test_a_plan_of_another_site_and_a_plan_that_is_no_draft(
    garden: World, elsewhere: World
) -> None:
    content = workbook([heads("name", "role"), ["甲", "秩序员"]])
    theirs = a_draft(elsewhere)
    with pytest.raises(NotFound):
        bring(garden, "supervisor", "tasks", content, theirs.id)
    plan = a_draft(garden)
    garden.do("manager", "plan.review", plan_id=plan.id)
    with pytest.raises(WrongStep):
        bring(garden, "supervisor", "tasks", content, plan.id)
    assert rows(SheetImport) == []


def test_a_draft_that_was_reviewed_meanwhile_is_not_written(garden: World) -> None:
    plan = a_draft(garden)
    content = workbook([heads("name", "role"), ["甲", "秩序员"]])
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    garden.do("manager", "plan.review", plan_id=plan.id)
    taken = take_in(garden, "supervisor", sheet)
    assert (taken.status, taken.code) == (SheetStatus.REFUSED, "wrong_step")
    assert len(rows(PlanTask)) == 1


def test_the_file_that_is_taken_in_is_the_one_that_was_looked_at(garden: World) -> None:
    from propapp.features.sheets import jobs

    plan = a_draft(garden)
    content = workbook([heads("name", "role"), ["甲", "秩序员"]])
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    with pytest.raises(SheetChanged):
        garden.do("supervisor", "sheet.take_in", sheet_id=sheet.id, sha256="0" * 64)
    jobs.file_of(sheet.id).write_bytes(workbook([heads("name", "role"), ["乙", "秩序员"]]))
    taken = take_in(garden, "supervisor", sheet)
    assert (taken.status, taken.code) == (SheetStatus.REFUSED, "sheet_changed")
    assert len(rows(PlanTask)) == 1


def test_who_may_not_write_plans_brings_none(garden: World) -> None:
    plan = a_draft(garden)
    content = workbook([heads("name", "role"), ["甲", "秩序员"]])
    for who in ("guard", "service_desk", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            bring(garden, who, "tasks", content, plan.id)


def test_asked_twice_it_is_taken_in_once(garden: World) -> None:
    plan = a_draft(garden)
    content = workbook([heads("name", "role"), ["甲", "秩序员"]])
    sheet = bring(garden, "supervisor", "tasks", content, plan.id)
    for _ in range(2):
        assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    assert len(rows(PlanTask)) == 2
