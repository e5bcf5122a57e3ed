"""A report on paper."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from propapp.core import paper
from propapp.features.reports.documents import Cell, Column, Document, Kind, Part, Row

TEMPLATE = Path(__file__).with_name("report.typ")


def printed(document: Document) -> bytes:
    """The PDF; the longest tables are cut, and say what the workbook has besides."""
    return paper.typeset(TEMPLATE, sheet_of(document), {})


def sheet_of(document: Document) -> dict[str, Any]:
    """Everything that the template is given; cells as they are printed."""
    parts = [_part(part, document.words) for part in document.parts if part.printed]
    kept = {name: getattr(document, name) for name in ("title", "site", "foot", "bars_title")}
    return kept | {
        "words": document.words,
        "facts": [list(one) for one in document.facts],
        "tiles": [asdict(one) for one in document.tiles],
        "bars": [asdict(one) for one in document.bars],
        "parts": parts,
        "closing": [list(one) for one in document.closing],
        "signatures": list(document.signatures),
    }


def _part(part: Part, words: dict[str, str]) -> dict[str, Any]:
    shown = [n for n, column in enumerate(part.columns) if column.printed]
    more = max(0, len(part.rows) - part.most) + part.more
    return {
        "title": part.title,
        "note": part.note,
        "nothing": part.nothing,
        "more": words["more"].replace("{count}", f"{more:,}") if more else "",
        "columns": [
            {
                "word": part.columns[n].word,
                "width": part.columns[n].width,
                "right": part.columns[n].kind.is_number,
            }
            for n in shown
        ],
        "rows": [_row(row, part.columns, shown) for row in part.rows[: part.most]],
    }


def _row(row: Row, columns: Any, shown: list[int]) -> dict[str, Any]:
    return {"tone": row.tone, "cells": [said(row.cells[n], columns[n]) for n in shown]}


def said(cell: Cell, column: Column) -> str:
    """A cell as it is printed."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%m-%d %H:%M")
    if isinstance(cell, date | str):
        return str(cell)
    return _number(cell, column.kind)


def _number(number: float, kind: Kind) -> str:
    if kind is Kind.PERCENT:
        return f"{100 * number:.1f}".removesuffix(".0") + "%"
    if kind is Kind.SIGNED:
        return f"{number:+,.1f}".removesuffix(".0") if round(number, 1) else "0"
    return f"{number:,.1f}".removesuffix(".0")
