"""Notices on holidays come in by workbook, a row for each day and a year at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from propapp.core.timeline import TimelineEvent
from propapp.features.schedules.models import CalendarDay, CalendarYear
from propapp.features.sheets.models import SheetStatus
from propapp.features.sheets.views import notice_lines
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, rows

HEADS = heads("day", "day_kind", "festival", "notice")
SPRING: list[list[Any]] = [
    [date(2031, 1, 22), "放假", "春节", "国办发明电〔2030〕7号"],
    ["2031-01-23", "Holiday", "Spring Festival", ""],
    ["2031年2月8日", "调休上班", "spring", ""],
]


def days(year: int) -> dict[str, tuple[str, str]]:
    return {
        one.day.isoformat(): (one.kind.value, one.name)
        for one in rows(CalendarDay)
        if one.day.year == year
    }


def entered(world: World, *more: list[Any]) -> None:
    content = workbook([HEADS, *SPRING, *more])
    assert take_in(world, "supervisor", bring(world, "supervisor", "notices", content)).new


def test_a_year_is_entered_once_with_all_its_days(garden: World) -> None:
    content = workbook([HEADS, *SPRING, ["2032-10-01", "放假", "公司年会", "公司"]])
    sheet = bring(garden, "supervisor", "notices", content)
    assert (counts(sheet), problems(sheet)) == ((4, 0, 0, 0), [])
    assert not rows(CalendarDay), "looking through writes nothing"
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    assert days(2031) == {
        "2031-01-22": ("holiday", "spring"),
        "2031-01-23": ("holiday", "spring"),
        "2031-02-08": ("make_up_workday", "spring"),
    }
    assert days(2032) == {"2032-10-01": ("holiday", "公司年会")}
    assert {one.year: one.source for one in rows(CalendarYear)} == {
        2031: "国办发明电〔2030〕7号",
        2032: "公司",
    }
    assert len(rows(TimelineEvent, verb="calendar.year_entered")) == 2
    assert counts(bring(garden, "supervisor", "notices", content)) == (0, 0, 4, 0)


def test_the_days_of_a_year_are_its_rows_and_other_years_stay(
    garden: World, tmp_path: Path
) -> None:
    entered(garden, ["2032-10-01", "放假", "国庆节", "公司"])

    def fewer(table: list[list[Any]]) -> None:
        table[:] = [row for row in table if str(row[0])[:10] not in {"2031-01-23", "2032-10-01"}]

    content = changed(exported(garden, "supervisor", "notices"), tmp_path, fewer)
    sheet = bring(garden, "supervisor", "notices", content)
    assert (counts(sheet), problems(sheet)) == ((0, 2, 0, 0), [])
    (line,) = notice_lines(sheet)
    assert line.text == "2031 年的这些日子不再是放假或调休上班：01-23。"
    take_in(garden, "supervisor", sheet)
    assert set(days(2031)) == {"2031-01-22", "2031-02-08"}
    assert set(days(2032)) == {"2032-10-01"}


def test_a_notice_keeps_its_name_where_a_file_has_none(garden: World) -> None:
    entered(garden)
    nameless = workbook([HEADS[:3], *(row[:3] for row in SPRING), ["2031-01-24", "放假", "春节"]])
    take_in(garden, "supervisor", bring(garden, "supervisor", "notices", nameless))
    assert {one.source for one in rows(CalendarDay)} == {"国办发明电〔2030〕7号"}
    assert len(days(2031)) == 4


def test_each_day_hears_its_own_error(garden: World) -> None:
    content = workbook([
        HEADS,
        ["2031-02-30", "放假", "", "通知"],
        ["2031-02-10", "调休上班", "", "通知"],
        ["2031-02-11", "调休上班", "", ""],
        ["2031-05-01", "过节", "", ""],
        ["2031-05-02", "放假", "长" * 81, ""],
        ["2031-05-03", "放假", "", "另一份通知"],
        ["2031-05-04", "放假", "", ""],
        ["2031-05-04", "休息日", "", ""],
        ["2033-05-01", "放假", "", ""],
        ["2034-05-01", "放假", "", "长" * 201],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "notices", content)
    assert problems(sheet) == [
        (2, "day", "not_day"),
        (3, "day", "not_weekend"),
        (4, "day", "not_weekend"),
        (5, "day_kind", "not_offered"),
        (6, "festival", "too_long"),
        (7, "notice", "rows_disagree"),
        (9, "", "twice"),
        (10, "notice", "missing"),
        (11, "notice", "too_long"),
    ]
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.CHECKED
    assert not rows(CalendarDay)
