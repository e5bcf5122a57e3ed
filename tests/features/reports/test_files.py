"""What stands in the files: sheets as a spreadsheet reads them, and pages as they are set."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typst
from python_calamine import CalamineWorkbook

from propapp.core import paper
from propapp.core.text import LOCALES, words
from propapp.features.people.models import Person
from propapp.features.reports import papers
from propapp.features.reports.documents import Column, Document, Kind, Part, Row, percent
from propapp.features.reports.jobs import document_of
from propapp.features.reports.sheets import write
from tests.features.reports.conftest import Month, nothing
from tests.world import found, save

HEAD = 2


def column(sheet: list[list[Any]], word: str) -> list[Any]:
    """The cells below a heading."""
    number = sheet[HEAD].index(word)
    return [row[number] for row in sheet[HEAD + 1 :]]


def test_the_workbook_says_what_the_report_counted(month: Month) -> None:
    sheets, figures = month.sheets(), month.performance()
    titles = ["概要", "承诺的目标", "执行的条款", "级别的其他承诺", "按岗位"]
    assert list(sheets)[:5] == titles
    count = figures.clauses[0].tally.count
    clauses = sheets["执行的条款"]
    for word, value in zip(
        ("应做", "按时", "超时", "漏做", "未到"), vars(count).values(), strict=True
    ):
        assert column(clauses, word) == [value]
    assert column(sheets["按岗位"], "应做") == [7, 7]
    assert column(sheets["按岗位"], "岗位") == ["秩序员", "合计"]
    assert sum(column(sheets["按日"], "应做")) == 7
    lapses = sheets["超时、漏做与更正"]
    assert sorted(column(lapses, "情况")) == ["按时，迟送达", "漏做", "超时", "超时"]
    assert max(one for one in column(lapses, "超时（分）") if one is not None) == 240


def test_the_workbook_is_in_the_language_that_was_asked_for(month: Month) -> None:
    sheets = month.sheets(locale="en")
    assert next(iter(sheets)) == "Summary"
    assert "Rounds complete" in column(sheets["Goals that were promised"], "Goal")
    left = [cell for rows in sheets.values() for row in rows for cell in row
            if isinstance(cell, str) and re.search("[\u4e00-\u9fff]", cell)]  # fmt: skip
    assert not left


def test_plan_against_actual_has_every_task_and_every_week(month: Month) -> None:
    sheets, figures = month.sheets(kind="plan"), month.against()
    tasks = sheets["按任务"]
    assert column(tasks, "任务") == ["Patrol", "Office"]
    assert column(tasks, "计划次数") == [31, 2]
    assert column(tasks, "差额") == [-6, None]
    weeks = sheets["按周"]
    assert len(weeks) - HEAD - 1 == sum(len(one.cells) for one in figures.lines)
    assert sum(column(weeks, "计划次数")) == 33


def test_nothing_that_a_person_wrote_is_computed(month: Month, tmp_path: Path) -> None:
    signs = ["=1+1", "+1", "-1", "@here", "https://example.org", "'x", "12"]
    part = Part("A/B:[x]", [Column("=Head")], [Row([one]) for one in signs])
    said = words("paper.report", "zh-CN")
    document = Document("=T", "@site", "", [("=a", "+b")], [], [part], words=said)
    write(document, tmp_path / "it.xlsx")
    with zipfile.ZipFile(tmp_path / "it.xlsx") as book:
        inside = "".join(
            book.read(name).decode() for name in book.namelist() if "worksheets" in name
        )
    assert "<f>" not in inside
    assert "hyperlink" not in inside
    with CalamineWorkbook.from_path(str(tmp_path / "it.xlsx")) as opened:
        sheet = opened.get_sheet_by_name("ABx").to_python()
    assert [row[0] for row in sheet[HEAD + 1 :]] == signs
    assert sheet[HEAD][0] == "=Head"


def test_headings_stay_and_columns_have_their_width_and_shape(month: Month) -> None:
    with zipfile.ZipFile(month.made()) as book:
        sheet = book.read("xl/worksheets/sheet3.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert 'ySplit="3"' in sheet
    assert 'state="frozen"' in sheet
    assert '<col min="2" max="2" width="26.7' in sheet
    assert "<autoFilter" in sheet
    assert "0.0%" in styles


def test_a_name_that_looks_like_markup_is_printed_as_it_is(month: Month) -> None:
    person = found(Person, month.world.actor("guard").person_id)
    person.name = "#panic() *Li* $x$"
    save(person)
    assert month.made(form="pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["performance", "plan"])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_printed_page_has_its_pages_and_its_words(
    month: Month, kind: str, locale: str, tmp_path: Path
) -> None:
    report = month.asked(form="pdf", kind=kind, locale=locale)
    document = document_of(report, nothing, month.world.clock)
    sheet = papers.sheet_of(document)
    # The template is asked itself what it set: its headings, its tables and its pages.
    for name in ("house.typ", "report.typ"):
        folder = Path(paper.__file__).parent if name == "house.typ" else papers.TEMPLATE.parent
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "data.json").write_text(json.dumps(sheet, ensure_ascii=False))
    said = {"font_paths": [str(paper.FONTS)], "ignore_system_fonts": True, "root": str(tmp_path)}
    headings = json.loads(typst.query(str(tmp_path / "report.typ"), "heading", **said))
    printed = [part.title for part in document.parts if part.printed]
    texts = json.dumps(headings, ensure_ascii=False)
    assert document.title in texts
    assert all(title in texts for title in printed)
    tables = json.loads(typst.query(str(tmp_path / "report.typ"), "table", **said))
    assert len(tables) == sum(bool(part.rows) for part in document.parts if part.printed)
    pages = typst.compile(str(tmp_path / "report.typ"), format="png", ppi=20, **said)
    assert isinstance(pages, list)
    assert len(pages) >= 2


def test_a_long_table_is_cut_on_paper_and_says_how_much_more_there_is() -> None:
    said = words("paper.report", "zh-CN")
    part = Part("P", [Column("n", Kind.WHOLE)], [Row([n]) for n in range(9)], most=4, more=3)
    document = Document("T", "S", "", [], [], [part], words=said)
    (printed,) = papers.sheet_of(document)["parts"]
    assert len(printed["rows"]) == 4
    assert "8" in printed["more"]


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert percent(9999, 10000) == 0.999
    assert percent(3, 3) == 1
    assert percent(0, 0) is None


def test_every_word_of_a_report_is_there_in_both_languages() -> None:
    chinese, english = words("paper.report", "zh-CN"), words("paper.report", "en")
    assert sorted(chinese) == sorted(english)
    source = "".join(file.read_text() for file in papers.TEMPLATE.parent.rglob("wording/*.py"))
    asked = set(re.findall(r'words\("([a-z_.]+)"', source))
    assert not asked - set(chinese)
    assert len(asked) > 60
