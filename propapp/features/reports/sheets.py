"""A report as a workbook: a sheet of what is most to say, and one for each table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from propapp.core.sheets.writing import LINE, PLAIN, TINT, put, sheet_name
from propapp.features.reports.documents import Cell, Column, Document, Kind, Part

# Each row is written out as soon as the next is begun.
_OPTIONS = {**PLAIN, "constant_memory": True}
_FORMATS = {
    Kind.TEXT: "@",
    Kind.WHOLE: "#,##0",
    Kind.TENTH: "#,##0.0",
    Kind.PERCENT: "0.0%",
    Kind.SIGNED: "+#,##0.0;-#,##0.0;0",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
_TONES = {"warn": "#8A5A00", "danger": "#A12A12", "good": "#1B6B3A"}
_HEAD = 3

Formats = Mapping[tuple[str, str], Any]


def write(document: Document, target: Path) -> None:
    """The workbook, in the language of the document."""
    with xlsxwriter.Workbook(str(target), _OPTIONS) as book:
        book.set_properties({"title": document.title, "subject": document.site})
        formats = _formats(book)
        _summary(book.add_worksheet(sheet_name(document.words["summary"])), document, formats)
        for part in document.parts:
            _table(book.add_worksheet(sheet_name(part.title)), part, document, formats)


def _formats(book: xlsxwriter.Workbook) -> dict[tuple[str, str], Any]:
    """By the kind of a column and the tone of a row."""
    made: dict[tuple[str, str], Any] = {}
    for tone in ("", "strong", *_TONES):
        look: dict[str, Any] = {"valign": "top"}
        look |= {"bold": True} if tone == "strong" else {}
        look |= {"font_color": _TONES[tone]} if tone in _TONES else {}
        for kind, shape in _FORMATS.items():
            wraps = {"text_wrap": True} if kind is Kind.TEXT else {}
            made[kind.value, tone] = book.add_format({**look, **wraps, "num_format": shape})
        made["quoted", tone] = book.add_format({**look, "text_wrap": True, "quote_prefix": True})
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": TINT, "bottom": 2}
    made["head", ""] = book.add_format({**head, "bottom_color": LINE})
    made["title", ""] = book.add_format({"bold": True, "font_size": 16})
    made["note", ""] = book.add_format({"font_color": "#52615F", "text_wrap": True})
    return made


def _summary(sheet: Worksheet, document: Document, formats: Formats) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 40)
    sheet.write_string(0, 0, document.title, formats["title", ""])
    lines: list[tuple[str, ...]] = [
        *document.facts,
        *((one.word, one.value, one.note) for one in document.tiles),
        *document.closing,
        *((one, "") for one in document.signatures),
        ("", document.foot),
    ]
    for number, line in enumerate(lines, 2):
        for column, said in enumerate(line):
            _cell(sheet, (number, column), said, Kind.TEXT, "", formats)


def _table(sheet: Worksheet, part: Part, document: Document, formats: Formats) -> None:
    """The title, what is to be known of it, the headings, and the rows below them."""
    for number, column in enumerate(part.columns):
        sheet.set_column(number, number, column.width)
    sheet.write_string(0, 0, f"{document.title} · {part.title}", formats["title", ""])
    sheet.write_string(1, 0, _note(part, document.words))
    sheet.set_row(_HEAD - 1, 32)
    for number, column in enumerate(part.columns):
        sheet.write_string(_HEAD - 1, number, column.word, formats["head", ""])
    sheet.freeze_panes(_HEAD, 1)
    for number, row in enumerate(part.rows, _HEAD):
        for place, (value, column) in enumerate(zip(row.cells, part.columns, strict=True)):
            _cell(sheet, (number, place), value, column.kind, row.tone, formats)
    if part.rows:
        sheet.autofilter(_HEAD - 1, 0, _HEAD - 1 + len(part.rows), len(part.columns) - 1)
    _page(sheet, part.columns)


def _note(part: Part, words: Mapping[str, str]) -> str:
    more = words["more_still"].replace("{count}", f"{part.more:,}") if part.more else ""
    return " ".join(filter(None, (part.note if part.rows else part.nothing, more)))


def _page(sheet: Worksheet, columns: Any) -> None:
    """Whoever prints it all the same gets all columns beside one another."""
    wide: list[Column] = list(columns)
    if sum(column.width for column in wide) > 90:  # noqa: PLR2004 - what an upright page holds
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD - 1)


def _cell(  # noqa: PLR0913, PLR0917 - a cell, where and how
    sheet: Worksheet, at: tuple[int, int], value: Cell, kind: Kind, tone: str, formats: Formats
) -> None:
    # Days and figures look as their column does, words as words wherever they stand.
    words = {"text": Kind.TEXT.value, "quoted": "quoted"}
    put(sheet, at, value, lambda look: formats[words.get(look, kind.value), tone])
