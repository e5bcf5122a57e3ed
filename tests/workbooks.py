"""Workbooks for tests: written by the library that people's programs are like, and brought."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter

from propapp.core.ids import uuid7
from propapp.core.sheets.reading import read
from propapp.core.text import sentence
from propapp.core.unit_of_work import looking
from propapp.features.sheets import jobs
from propapp.features.sheets.kinds.every import kind_of
from propapp.features.sheets.leaves import Leaf
from propapp.features.sheets.models import SheetImport
from propapp.features.sheets.tables import Target
from tests.world import World, found

_OPTIONS = {"strings_to_formulas": True, "constant_memory": False, "in_memory": True}


def workbook(rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of these rows; text that begins with = is a formula, as a person would type it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet("rows")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        hour = book.add_format({"num_format": "hh:mm"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(at, column, value, moment)
                elif isinstance(value, date):
                    begins = datetime(value.year, value.month, value.day)  # noqa: DTZ001
                    sheet.write_datetime(at, column, begins, day)
                elif isinstance(value, time):
                    sheet.write_number(at, column, (value.hour * 60 + value.minute) / 1440, hour)
                elif value is not None:
                    sheet.write(at, column, value)
    return out.getvalue()


def heads(*names: str, locale: str = "zh-CN") -> list[str]:
    """The headings of these columns."""
    return [sentence(f"workbook.column.{name}", locale) for name in names]


def exported(world: World, who: str, kind: str, plan_id: UUID | None = None) -> bytes:
    """What this person takes out."""
    with looking(world.actor(who), clock=world.clock) as uow:
        return Leaf(uow, kind_of(kind), Target(world.site, plan_id), "zh-CN").exported()


def opened(content: bytes, folder: Path) -> list[list[Any]]:
    """The rows of a workbook with its headings, as they are read."""
    path = folder / f"{uuid7()}.xlsx"
    path.write_bytes(content)
    sheet = read(path)
    return [list(sheet.headings), *(list(line.cells) for line in sheet.lines)]


def bring(
    world: World, who: str, kind: str, content: bytes, plan_id: UUID | None = None
) -> SheetImport:
    """Bring it and have it looked through."""
    sheet_id = uuid7()
    jobs.folder().mkdir(parents=True, exist_ok=True)
    jobs.file_of(sheet_id).write_bytes(content)
    world.do(
        who,
        "sheet.bring",
        sheet_id=sheet_id,
        site_id=world.site.id,
        kind=kind,
        plan_id=plan_id,
        name="rows.xlsx",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    jobs.work_waiting(world.clock)
    return found(SheetImport, sheet_id)


def take_in(world: World, who: str, sheet: SheetImport) -> SheetImport:
    """Have it taken in."""
    world.do(who, "sheet.take_in", sheet_id=sheet.id, sha256=sheet.sha256)
    jobs.work_waiting(world.clock)
    return found(SheetImport, sheet.id)


def counts(sheet: SheetImport) -> tuple[int, int, int, int]:
    """New, changed, unchanged, wrong."""
    return sheet.new, sheet.changed, sheet.unchanged, sheet.wrong


def changed(content: bytes, folder: Path, mend: Callable[[list[list[Any]]], None]) -> bytes:
    """The workbook with something changed in its rows."""
    rows = opened(content, folder)
    mend(rows)
    return workbook(rows)


def problems(sheet: SheetImport) -> list[tuple[int, str, str]]:
    """Row, column and code of what is wrong."""
    return [(one["row"], one["column"], one["key"].rpartition(".")[2]) for one in sheet.problems]
