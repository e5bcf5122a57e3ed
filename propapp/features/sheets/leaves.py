"""Workbooks that leave the house: all there is, an empty form, or what came with what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import time

from propapp.core.sheets import wording
from propapp.core.sheets.reading import Cell, Line, Sheet, Strange, said
from propapp.core.sheets.wording import in_workbook
from propapp.core.sheets.writing import Explained, Heading, Page, Value, write
from propapp.core.text import words
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.sheets.checking import Problem, columns_of
from propapp.features.sheets.tables import Column, Kind, Target


class Leaf:
    """A workbook of one kind of thing at one target, in one language."""

    def __init__(self, uow: UnitOfWork, kind: Kind, target: Target, locale: str) -> None:
        self.kind, self.locale = kind, locale
        self.book = kind.book(uow, target)

    def exported(self) -> bytes:
        """All that there is, to be read or to be changed and brought again."""
        rows = [
            [one.form.say(known.values.get(one.name), self.locale) for one in self.book.columns]
            for known in self.book.known
        ]
        return self._written(rows)

    def template(self) -> bytes:
        """Headings and one row that shows how it is meant; it is passed over when it comes back."""
        shown = words(f"workbook.example.{self.kind.code}", self.locale)
        row = [self._example(column, shown) for column in self.book.columns]
        return self._written([[in_workbook("example", self.locale), *row[1:]]])

    def with_problems(self, sheet: Sheet, problems: Iterable[Problem]) -> bytes:
        """The file as it came, what is wrong with each row behind it, and the cells marked."""
        columns = columns_of(self.kind, sheet.headings)
        places = {column.name: at for at, column in enumerate(columns) if column is not None}
        numbers = {line.number: at for at, line in enumerate(sheet.lines)}
        width = len(columns)
        sentences: defaultdict[int, list[str]] = defaultdict(list)
        marks: set[tuple[int, int]] = set()
        for one in problems:
            sentences[one.row].append(wording.explained(one.key, one.facts, self.locale))
            row = numbers[one.row]
            marks |= {(row, places.get(one.column, width)), (row, width)}
        kept = [at for at, column in enumerate(columns) if column is not None]
        rows = [
            [*(_as_it_came(line, at) for at in kept), "\n".join(sentences[line.number])]
            for line in sheet.lines
        ]
        moved = {old: new for new, old in enumerate(kept)} | {width: len(kept)}
        headings = [self._heading(column) for column in columns if column is not None]
        headings.append(Heading(in_workbook("problem", self.locale), width=60))
        shown = frozenset((row, moved[at]) for row, at in marks)
        return self._written(rows, headings, shown)

    def _written(
        self,
        rows: Iterable[Sequence[Value]],
        headings: Sequence[Heading] | None = None,
        marks: frozenset[tuple[int, int]] = frozenset(),
    ) -> bytes:
        own = headings or [self._heading(column) for column in self.book.columns]
        title = in_workbook(f"kind.{self.kind.code}", self.locale)
        return write(Page(title, own, rows, self._words(), marks))

    def _example(self, column: Column, shown: Mapping[str, str]) -> Value:
        if column.name in shown:
            return shown[column.name]
        value = self.kind.example.get(column.name, column.usual)
        return column.form.say(value, self.locale) if value is not None else ""

    def _heading(self, column: Column) -> Heading:
        offered = list(self.book.offers().get(column.name, ()))
        if not offered and column.form.offered is not None:
            offered = list(column.form.offered(self.locale))
        return Heading(
            wording.heading(column.name, self.locale),
            hint=self._hint(column),
            width=column.width,
            required=column.required,
            offered=offered,
            strict=column.strict,
        )

    def _hint(self, column: Column) -> str:
        if column.only_out:
            return in_workbook("hint.only_out", self.locale)
        return wording.hint(self.kind.code, column.name, self.locale)

    def _words(self) -> Explained:
        said = words("workbook.explained", self.locale)
        intro = (said["intro"], said["example"])
        if self.kind.writes is None:
            intro = (in_workbook(f"export_only.{self.kind.code}", self.locale),)
        return Explained(
            title=said["title"],
            intro=intro,
            column=said["column"],
            required=said["required"],
            hint=said["hint"],
            offered=said["offered"],
            yes=in_workbook("yes", self.locale),
        )


def _as_it_came(line: Line, at: int) -> Value:
    cell: Cell = line.cells[at] if at < len(line.cells) else ""
    if isinstance(cell, Strange | bool | time | str):
        return said(cell)
    return cell
