"""The rows of a workbook as plain values."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path

import python_calamine
from python_calamine import CalamineWorkbook

from propapp.core.errors import SheetDamaged
from propapp.core.sheets.opening import look_through


class Strange(Enum):
    """What stands in a cell that holds no plain value."""

    FORMULA = "formula"
    MISTAKE = "mistake"


Cell = str | float | bool | date | datetime | time | Strange


@dataclass(frozen=True)
class Line:
    """A row with its number as the person sees it, from 1."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """The headings and the rows below them; rows in which nothing stands are left out."""

    headings: Sequence[str]
    lines: Sequence[Line]


def read(path: Path) -> Sheet:
    """The first sheet of the workbook; ``SheetDamaged`` and its like say what is wrong with it."""
    looked = look_through(path)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(looked.package)) as workbook:
            table = workbook.get_sheet_by_name(looked.sheet)
            values = table.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise SheetDamaged from error
    strange = dict.fromkeys(looked.mistakes, Strange.MISTAKE)
    strange |= dict.fromkeys(looked.formulas, Strange.FORMULA)
    lines = list(_lines(values, strange))
    first = next((line for line in lines if line.number == 1), Line(1, ()))
    headings = [said(cell) for cell in first.cells]
    while headings and not headings[-1]:
        headings.pop()
    return Sheet(headings, [line for line in lines if line.number > 1])


def _lines(
    values: Sequence[Sequence[object]], strange: dict[tuple[int, int], Strange]
) -> Iterator[Line]:
    for number, row in enumerate(values, 1):
        cells = [
            strange.get((number, column), value if isinstance(value, _PLAIN) else str(value))
            for column, value in enumerate(row, 1)
        ]
        if any(cell != "" for cell in cells):
            yield Line(number, cells)


_PLAIN = (str, int, float, bool, date, datetime, time)


def said(cell: Cell) -> str:
    """A cell in words, as it is written back beside what is wrong with it."""
    if isinstance(cell, Strange):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
