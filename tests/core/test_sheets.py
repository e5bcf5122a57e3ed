"""A workbook is looked through before it is read: each bad one has a sentence of its own."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propapp.core.errors import PropappError
from propapp.core.sheets import cells, limits
from propapp.core.sheets.cells import Trouble
from propapp.core.sheets.reading import Cell, Strange, read
from propapp.core.sheets.writing import Explained, Heading, Page, write
from tests.workbooks import workbook

GOOD = [["A", "B"], ["one", 1], [None, None], ["two", date(2026, 3, 1)]]


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "rows.xlsx"
    path.write_bytes(content)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(PropappError) as refused:
        read(path)
    return refused.value.code


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The package with other parts; none takes one out."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.infolist():
            data = named.pop(one.filename, before.read(one))
            if data is not None:
                after.writestr(one.filename, data)
        for name, data in named.items():
            after.writestr(name, data or b"")
    return out.getvalue()


def many_rows(count: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(count):
            sheet.write_row(number, 0, [f"row {number}", number, "text"])
    return out.getvalue()


def test_rows_are_read_with_their_numbers_and_kinds(tmp_path: Path) -> None:
    sheet = read(stored(tmp_path, workbook(GOOD)))
    assert sheet.headings == ["A", "B"]
    assert [(line.number, list(line.cells)) for line in sheet.lines] == [
        (2, ["one", 1.0]),
        (4, ["two", date(2026, 3, 1)]),
    ]


def bad_files() -> Iterator[Any]:
    good = workbook(GOOD)
    yield pytest.param(b"name,post\nA,B\n" * 50, "sheet_unknown", id="a csv renamed")
    yield pytest.param(b"", "sheet_unknown", id="empty")
    yield pytest.param(good[: len(good) // 2], "sheet_damaged", id="cut")
    yield pytest.param(good[:200], "sheet_damaged", id="cut early")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    locked = head + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    yield pytest.param(locked, "sheet_locked", id="with a password")
    yield pytest.param(head + bytes(500), "sheet_old", id="of the old kind")
    yield pytest.param(many_rows(100_000), "sheet_too_many_rows", id="100 000 rows")
    wide = workbook([[f"c{n}" for n in range(1000)]])
    yield pytest.param(wide, "sheet_too_many_columns", id="1 000 columns")
    far = repacked(good, xl__worksheets__sheet1_xml=_far_cell())
    yield pytest.param(far, "sheet_too_many_rows", id="one cell in the last row")
    bomb = repacked(good, xl__sharedStrings_xml=b"<sst>" + b" " * (limits.UNPACKED + 1) + b"</sst>")
    yield pytest.param(bomb, "sheet_too_large", id="a zip bomb")
    laughs = repacked(good, xl__worksheets__sheet1_xml=_laughs())
    yield pytest.param(laughs, "sheet_damaged", id="an entity bomb")
    yield pytest.param(
        repacked(good, xl__workbook_xml=None), "sheet_unknown", id="a zip of something else"
    )
    yield pytest.param(
        repacked(good, xl__worksheets__sheet1_xml=b"<worksheet><row>"), "sheet_damaged", id="no XML"
    )
    yield pytest.param(b"PK\x03\x04" + bytes(limits.LARGEST), "sheet_too_large", id="too large")


def _far_cell() -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )


def _laughs() -> bytes:
    lines = [b"<!DOCTYPE x [", b'<!ENTITY a "ha">']
    lines += [b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)]
    return b"\n".join([*lines, b"]>", b"<worksheet>&i;</worksheet>"])


@pytest.mark.parametrize(("content", "code"), list(bad_files()))
def test_a_bad_file_is_refused_in_its_own_words_and_within_bounds(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = stored(tmp_path, content)
    tracemalloc.start()
    try:
        assert code_of(path) == code
        assert tracemalloc.get_traced_memory()[1] < 2 * limits.UNPACKED
    finally:
        tracemalloc.stop()


def test_a_package_that_lies_about_its_size_is_read_no_further_than_it_says(tmp_path: Path) -> None:
    """What is unpacked by the library is what was looked at, packed anew."""
    content = bytearray(repacked(workbook(GOOD), xl__sharedStrings_xml=b"<sst>" + b" " * 10**6))
    true_size = (10**6 + 5).to_bytes(4, "little")
    while (at := content.find(true_size)) >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")
    assert code_of(stored(tmp_path, bytes(content))) == "sheet_damaged"


def test_formulas_and_mistakes_are_told_from_values(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["A", "B", "C"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_string(1, 1, "=1+1")
        sheet.write_formula(1, 2, "=1/0")
    (line,) = read(stored(tmp_path, out.getvalue())).lines
    assert list(line.cells) == [Strange.FORMULA, "=1+1", Strange.FORMULA]
    with pytest.raises(Trouble) as trouble:
        cells.text_of(Strange.MISTAKE)
    assert trouble.value.wrong.key == "workbook.trouble.mistake"


def test_cells_that_are_only_coloured_count_for_nothing(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        red = book.add_format({"bg_color": "red"})
        sheet.write_row(0, 0, ["A"])
        sheet.write_string(1, 0, "one")
        for number in range(2, 20_000):
            sheet.write_blank(number, 0, None, red)
    assert [line.number for line in read(stored(tmp_path, out.getvalue())).lines] == [2]


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 1),
        datetime(2026, 3, 1),  # noqa: DTZ001 - Excel knows no zones
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        " ２０２６－０３－０１ ",
        "2026-03-01 00:00:00",
    ],
)
def test_a_day_in_each_of_its_forms(cell: Cell) -> None:
    assert cells.day_of(cell) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell", ["2026-02-30", "3/1", "1899-12-31", "昨天", 46082.0, "2026-13-01", True, "20260301"]
)
def test_what_is_no_day(cell: Cell) -> None:
    with pytest.raises(Trouble) as trouble:
        cells.day_of(cell)
    assert trouble.value.wrong.key == "workbook.trouble.not_day"


@pytest.mark.parametrize(
    ("cell", "number"), [("１２", 12), ("1,200", 1200), (3.0, 3), ("-5", -5), ("", None)]
)
def test_a_whole_number_in_each_of_its_forms(cell: Cell, number: int | None) -> None:
    assert cells.whole_of(cell) == number


@pytest.mark.parametrize("cell", ["1.5", "nan", "inf", "1e400", "十", True, date(2026, 3, 1)])
def test_what_is_no_whole_number(cell: Cell) -> None:
    with pytest.raises(Trouble):
        cells.whole_of(cell)


@pytest.mark.parametrize(("cell", "minutes"), [(time(8, 30), 510), ("８：３０", 510), ("", None)])
def test_a_time_of_day(cell: Cell, minutes: int | None) -> None:
    assert cells.clock_of(cell) == minutes


EXPLAINED = Explained("Help", ("intro",), "Column", "Required", "Hint", "Choices", "yes")
SAFE_TEXT = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
).map(str.strip)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(SAFE_TEXT.filter(bool), min_size=1, max_size=8))
def test_text_comes_back_as_it_went_and_never_as_a_formula(
    tmp_path: Path, texts: list[str]
) -> None:
    said = [*texts, "=SUM(A1:A9)", "+1", "-1", "@cmd", "'quoted", "007", "http://a.b"]
    rows = [[text] for text in said]
    content = write(
        Page("Rows", [Heading("Name", hint="What", offered=["a", "b"])], rows, EXPLAINED)
    )
    sheet = read(stored(tmp_path, content))
    assert [cells.text_of(line.cells[0]) for line in sheet.lines] == said


def test_a_workbook_offers_its_choices_and_says_what_to_write() -> None:
    many = [f"choice {number}" for number in range(400)]
    content = write(
        Page("A/B [x]", [Heading("H" * 60, hint="h" * 400, offered=many)], [["a"]], EXPLAINED)
    )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'type="list"' in sheet
    assert "$400" in sheet
    assert 'state="frozen"' in sheet
