"""Workbooks that people can fill in: one sheet of rows, and one that explains its columns."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.utility import xl_col_to_name  # pyright: ignore[reportMissingTypeStubs]

Value = str | float | int | bool | date | datetime | None

# What begins so would be taken for a formula once somebody edits it.
_FIRST_SIGNS = ("=", "+", "-", "@", "\t", "'")
# Choices are offered for so many rows below the headings.
_OFFERED_TO = 5000
# Text is never computed, followed or counted.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_OPTIONS = {**PLAIN, "in_memory": True, "remove_timezone": True}
TINT, LINE, _ALARM = "#E6F1F1", "#0A5C5E", "#FBE3DF"
_LONGEST_HINT, _LONGEST_TITLE = 250, 31


@dataclass(frozen=True)
class Heading:
    """A column as it is written: its word, what to write in it, and what it offers."""

    word: str
    hint: str = ""
    width: int = 14
    required: bool = False
    offered: Sequence[str] = ()
    # Other words than those offered are taken too, such as two of them.
    strict: bool = True


@dataclass(frozen=True)
class Explained:
    """The words of the second sheet."""

    title: str
    intro: Sequence[str]
    column: str
    required: str
    hint: str
    offered: str
    yes: str


@dataclass(frozen=True)
class Page:
    """Everything that a workbook holds; ``marks`` are the places that are wrong."""

    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Value]]
    explained: Explained
    marks: frozenset[tuple[int, int]] = field(default_factory=frozenset[tuple[int, int]])


def write(page: Page) -> bytes:
    """The workbook. Text that begins as a formula does stays text, also when it is edited."""
    out = io.BytesIO()
    opened: Any = xlsxwriter.Workbook(out, _OPTIONS)
    with opened as book:
        formats = _formats(book)
        sheet = book.add_worksheet(sheet_name(page.title))
        words = book.add_worksheet(sheet_name(page.explained.title))
        _head(sheet, page.headings, formats)
        for number, row in enumerate(page.rows):
            for column, value in enumerate(row):
                marked = (number, column) in page.marks
                _cell(sheet, (number + 1, column), value, formats, marked=marked)
        _explain(words, page, formats)
        _offer(sheet, words, page)
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    def both(name: str, **facts: Any) -> dict[str, Any]:
        plain = {"valign": "top", "text_wrap": True, **facts}
        return {
            name: book.add_format(plain),
            f"{name}!": book.add_format({**plain, "bg_color": _ALARM}),
        }

    head = {"bold": True, "valign": "vcenter", "text_wrap": True, "bottom": 2}
    head |= {"bg_color": TINT, "bottom_color": LINE}
    return {
        **both("text"),
        **both("quoted", quote_prefix=True),
        **both("day", num_format="yyyy-mm-dd"),
        **both("moment", num_format="yyyy-mm-dd hh:mm"),
        "head": book.add_format(head),
        "required": book.add_format({**head, "font_color": "#A12A12"}),
    }


def _head(sheet: Any, headings: Sequence[Heading], formats: Mapping[str, Any]) -> None:
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, heading.width)
        look = formats["required" if heading.required else "head"]
        sheet.write_string(0, column, heading.word, look)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 2)


def _cell(
    sheet: Any, at: tuple[int, int], value: Value, formats: Mapping[str, Any], *, marked: bool
) -> None:
    mark = "!" if marked else ""
    if marked and (value is None or value == ""):
        sheet.write_blank(*at, None, formats["text!"])
    put(sheet, at, value, lambda kind: formats[f"{'text' if kind == 'number' else kind}{mark}"])


def put(sheet: Any, at: tuple[int, int], value: Value, look: Callable[[str], Any]) -> None:
    """One value in its cell; nothing where there is none.

    ``look`` gives the format for ``text``, ``quoted`` (text that begins as a formula does),
    ``day``, ``moment`` or ``number``.
    """
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(*at, value, look("moment"))
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime.combine(value, time()), look("day"))
    elif isinstance(value, str):
        kind = "quoted" if value.startswith(_FIRST_SIGNS) else "text"
        sheet.write_string(*at, value, look(kind))
    else:
        sheet.write_number(*at, value, look("number"))


def _explain(words: Any, page: Page, formats: Mapping[str, Any]) -> None:
    explained = page.explained
    for column, width in enumerate((18, 8, 60, 24)):
        words.set_column(column, column, width)
    for number, sentence in enumerate(explained.intro):
        words.write_string(number, 0, sentence)
    top = len(explained.intro) + 1
    heads = (explained.column, explained.required, explained.hint, explained.offered)
    for column, word in enumerate(heads):
        words.write_string(top, column, word, formats["head"])
    for number, heading in enumerate(page.headings, top + 1):
        words.write_string(number, 0, heading.word, formats["text"])
        words.write_string(number, 1, explained.yes if heading.required else "", formats["text"])
        words.write_string(number, 2, heading.hint, formats["text"])
        words.write_string(number, 3, " / ".join(heading.offered[:12]), formats["text"])


def _offer(sheet: Any, words: Any, page: Page) -> None:
    """Choices as drop-down lists; the lists stand far to the right of the second sheet."""
    named = "'" + sheet_name(page.explained.title).replace("'", "''") + "'"
    for column, heading in enumerate(page.headings):
        rule: dict[str, Any] = {"validate": "any"}
        if heading.offered:
            at, letter = column + 20, xl_col_to_name(column + 20)
            words.write_column(0, at, list(heading.offered))
            words.set_column(at, at, None, None, {"hidden": True})
            rule = {
                "validate": "list",
                "source": f"={named}!${letter}$1:${letter}${len(heading.offered)}",
                "error_type": "stop" if heading.strict else "information",
            }
        if heading.hint:
            rule |= {
                "input_title": heading.word[:_LONGEST_TITLE],
                "input_message": heading.hint[:_LONGEST_HINT],
            }
        if len(rule) > 1:
            sheet.data_validation(1, column, _OFFERED_TO, column, rule)


def sheet_name(title: str) -> str:
    """A name that a sheet may have."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\")[:_LONGEST_TITLE].strip("'")
