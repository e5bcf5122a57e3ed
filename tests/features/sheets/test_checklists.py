"""Checklists come in by workbook, a row for each question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from propapp.features.sheets.models import SheetStatus
from propapp.features.sheets.views import notice_lines
from propapp.features.standards.models import ChecklistItem, ChecklistTemplate, ItemKind
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, rows

HEADS = heads(
    "checklist", "item", "question", "answer", "required", "measured_in", "low", "high",
    "choices", "choices_en", "fails", "category",
)  # fmt: skip
PUMPS: list[list[Any]] = [
    ["水泵房", 2, "出水压力", "填读数", "是", "MPa", 0.2, "0.6", "", "", "", "消防"],
    ["水泵房", 1, "门锁", "正常或异常", "是", "", "", "", "", "", "", ""],
    ["水泵房", 3, "指示灯", "单选", "", "", "", "", "绿；红", "green; red", "红", ""],
]


def test_a_checklist_is_made_of_its_rows_once(garden: World) -> None:
    content = workbook([HEADS, *PUMPS])
    sheet = bring(garden, "manager", "checklists", content)
    assert (counts(sheet), problems(sheet)) == ((3, 0, 0, 0), [])
    assert take_in(garden, "manager", sheet).status is SheetStatus.TAKEN
    (made,) = rows(ChecklistTemplate, name="水泵房")
    lock, gauge, lamp = sorted(
        rows(ChecklistItem, template_id=made.id), key=lambda one: one.position
    )
    assert (lock.kind, lock.required, lock.category) == (ItemKind.PASS_FAIL, True, "public")
    assert (gauge.low, gauge.high, gauge.unit, gauge.category) == (0.2, 0.6, "MPa", "fire")
    said = [(one["label"], one["label_en"], one["fail"]) for one in lamp.choices]
    assert (lamp.required, said) == (False, [("绿", "green", False), ("红", "red", True)])
    assert counts(bring(garden, "manager", "checklists", content)) == (0, 0, 3, 0)


def drop_last(table: list[list[Any]]) -> None:
    """Leave the last row out."""
    table.pop()


def test_a_question_that_is_left_out_is_asked_no_more(garden: World, tmp_path: Path) -> None:
    code = garden.template.code
    fewer = changed(exported(garden, "manager", "checklists"), tmp_path, drop_last)
    sheet = bring(garden, "manager", "checklists", fewer)
    assert (counts(sheet), problems(sheet)) == ((0, 1, 0, 0), [])
    (line,) = notice_lines(sheet)
    assert line.text_en == "“Patrol”, asked no more: item 2 (Pressure)."
    take_in(garden, "manager", sheet)
    versions = sorted(rows(ChecklistTemplate, code=code), key=lambda one: one.version)
    asked = [len(rows(ChecklistItem, template_id=one.id)) for one in versions]
    assert asked == [2, 1]


def rename(table: list[list[Any]]) -> None:
    """Call the checklist something else in all its rows."""
    at = table[0].index(heads("checklist")[0])
    for row in table[1:]:
        row[at] = "Evening look"


def test_a_checklist_is_renamed_by_its_id(garden: World, tmp_path: Path) -> None:
    other = changed(exported(garden, "manager", "checklists"), tmp_path, rename)
    sheet = bring(garden, "manager", "checklists", other)
    assert (counts(sheet), problems(sheet), sheet.notices) == ((0, 2, 0, 0), [], [])
    take_in(garden, "manager", sheet)
    versions = sorted(rows(ChecklistTemplate), key=lambda one: one.version)
    assert {one.code for one in versions} == {garden.template.code}
    assert [one.name for one in versions] == ["Patrol", "Evening look"]
    assert counts(bring(garden, "manager", "checklists", other)) == (0, 0, 2, 0)


def test_each_question_hears_its_own_error(garden: World) -> None:
    def row(name: str, item: int, answer: str, **values: Any) -> list[Any]:
        usual = (
            dict.fromkeys(("measured_in", "low", "high", "choices", "choices_en", "fails"), "")
            | values
        )
        return [name, item, f"问 {item}", answer, "是", *usual.values(), ""]

    content = workbook([
        HEADS,
        row("甲", 1, "正常或异常", measured_in="MPa"),
        row("甲", 2, "填读数", low=3, high=2),
        row("甲", 3, "单选", choices="绿"),
        row("甲", 4, "填文字", choices="绿；红"),
        row("乙", 1, "单选", choices="绿；红", choices_en="green"),
        row("乙", 3, "拍照"),
        row("丙", 1, "单选", choices="绿；红", fails="黄"),
        row("丁", 1, "用心"),
    ])  # fmt: skip
    sheet = bring(garden, "manager", "checklists", content)
    assert problems(sheet) == [
        (2, "measured_in", "limits_foreign"),
        (3, "high", "limits_crossed"),
        (4, "choices", "choices_few"),
        (5, "choices", "choices_foreign"),
        (6, "choices_en", "choices_uneven"),
        (7, "item", "question_missing"),
        (8, "fails", "nobody_called"),
        (9, "answer", "not_offered"),
    ]
    assert not rows(ChecklistTemplate, name="甲")


def test_a_supervisor_takes_checklists_out_and_brings_none(garden: World) -> None:
    assert exported(garden, "supervisor", "checklists")
