"""Every row of a file is held against what is there, and tried through its use case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from propapp.core.errors import ColumnMissing, ColumnTwice, ColumnUnknown, SheetEmpty
from propapp.core.progress import Tell
from propapp.core.sheets import wording
from propapp.core.sheets.cells import Trouble, plain, text_of
from propapp.core.sheets.reading import Cell, Line, Sheet
from propapp.core.text import LOCALES
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.sheets.tables import Book, Change, Column, Kind, Notice, Target


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, or with a whole row where no column is named."""

    row: int
    column: str
    key: str
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass
class Outcome:
    """What became of the rows of a file, or would become of them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])
    notices: list[Notice] = field(default_factory=list[Notice])

    @property
    def wrong(self) -> int:
        """How many rows have something wrong with them."""
        return len({problem.row for problem in self.problems})


def columns_of(kind: Kind, headings: Sequence[str]) -> list[Column | None]:
    """The column of each heading, in either language; none stands for one that is passed over.

    A heading that is not known is refused: what somebody has renamed would be lost without a word.
    """
    known = {
        plain(word).lower(): column
        for column in kind.columns
        for word in (*(wording.heading(column.name, one) for one in LOCALES), column.name)
    }
    passed = {plain(wording.in_workbook("problem", one)).lower() for one in LOCALES} | {""}
    found: list[Column | None] = []
    for at, heading in enumerate(headings, 1):
        word = plain(heading).lower()
        if word not in known and word not in passed:
            raise ColumnUnknown(name=heading[:60], at=at)
        column = known.get(word)
        if column is not None and column in found:
            raise ColumnTwice(name=heading[:60])
        found.append(column)
    for column in kind.columns:
        if column.required and column not in found:
            names = {f"name{'' if one == LOCALES[0] else '_en'}": one for one in LOCALES}
            raise ColumnMissing(
                **{fact: wording.heading(column.name, one) for fact, one in names.items()}
            )
    return found


def check(uow: UnitOfWork, kind: Kind, target: Target, sheet: Sheet, tell: Tell) -> Outcome:
    """Try every row; whatever is written is written in this transaction.

    Nothing of it may be kept where there is a problem: the caller ends the transaction then.
    """
    columns = columns_of(kind, sheet.headings)
    lines = [line for line in sheet.lines if not is_example(line)]
    if not lines:
        raise SheetEmpty
    work = uow.for_permission(kind.writes or kind.reads)
    # Whoever brought it may have lost the right to since.
    work.actor.require(kind.writes or kind.reads)
    work.allow_in(target.site.id)
    checker = _Checker(kind.book(work, target), columns)
    checker.take(lines)
    outcome = checker.outcome
    for change, trouble in checker.book.write(checker.changes, tell):
        outcome.problems.append(_problem(change.number, trouble))
    outcome.problems.sort(key=lambda one: one.row)
    wrong = {problem.row for problem in outcome.problems}
    good = [change for change in checker.changes if change.number not in wrong]
    outcome.new = sum(change.is_new() for change in good)
    outcome.changed = len(good) - outcome.new
    # Where rows are wrong, nobody can say yet what is not in the file.
    outcome.notices = [] if outcome.problems else list(checker.book.notices())
    return outcome


def is_example(line: Line) -> bool:
    """Whether it is the example of a template, which nobody means to bring."""
    first = line.cells[0] if line.cells else ""
    return isinstance(first, str) and plain(first).lower() in wording.example_marks()


class _Checker:
    def __init__(self, book: Book, columns: Sequence[Column | None]) -> None:
        self.book, self.columns = book, columns
        self.given = [column.name for column in columns if column is not None]
        self.outcome = Outcome()
        self.changes: list[Change] = []
        self.seen: dict[Any, int] = {}

    def take(self, lines: Sequence[Line]) -> None:
        """Read all rows, then find out of each whether it changes anything."""
        read = [(line.number, *self._values(line)) for line in lines]
        self.book.prepare([values for _, values, troubles in read if not troubles])
        for number, values, troubles in read:
            if not troubles:
                try:
                    self._compare(number, values)
                except Trouble as trouble:
                    troubles.append(trouble)
            self.outcome.problems += [_problem(number, trouble) for trouble in troubles]

    def _values(self, line: Line) -> tuple[dict[str, Any], list[Trouble]]:
        values: dict[str, Any] = {}
        troubles: list[Trouble] = []
        for at, cell in enumerate(line.cells):
            column = self.columns[at] if at < len(self.columns) else None
            if column is None:
                continue
            try:
                values[column.name] = _read(column, cell)
            except Trouble as trouble:
                trouble.column = trouble.column or column.name
                troubles.append(trouble)
        if len(line.cells) > len(self.columns) and any(map(_says, line.cells[len(self.columns) :])):
            troubles.append(Trouble("beyond"))
        return values, troubles

    def _compare(self, number: int, given: dict[str, Any]) -> None:
        known = self.book.match(self._whole(given, {}))
        self._refuse_only_out(given, known.values if known else {})
        values = self.book.settle(self._whole(given, known.values if known else {}))
        identity = self.book.identity(values, known)
        if identity in self.seen:
            raise Trouble("twice", row=self.seen[identity])
        self.seen[identity] = number
        before = known.values if known else {}
        touched = frozenset(name for name in values if values[name] != before.get(name))
        if known is not None and not touched:
            self.outcome.unchanged += 1
            return
        self.changes.append(Change(number, values, known, touched))

    def _refuse_only_out(self, given: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """Refuse another word in a column that only goes out."""
        for column in self.book.columns:
            said = given.get(column.name)
            if not column.only_out or said in {None, "", before.get(column.name)}:
                continue
            if not before:
                raise Trouble("only_out_new", column.name)
            stands = {
                f"value{'' if one == LOCALES[0] else f'_{one}'}": _in_words(column, before, one)
                for one in LOCALES
            }
            raise Trouble("only_out", column.name, **stands)

    def _whole(self, given: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """Every value of the row: a column that the file does not have stays as it was."""
        whole: dict[str, Any] = {}
        for column in self.book.columns:
            value = given.get(column.name)
            is_left = not value and (column.only_out or column.name == "id")
            if column.name not in self.given or is_left:
                value = before.get(column.name)
            if value is None or value == "":
                value = column.form.empty if column.usual is None else column.usual
            whole[column.name] = value
        return whole


def _read(column: Column, cell: Cell) -> Any:
    value = column.form.read(cell)
    if column.required and (value is None or value == ""):
        raise Trouble("missing")
    return value


def _in_words(column: Column, before: Mapping[str, Any], locale: str) -> str:
    said = column.form.say(before.get(column.name), locale)
    return f"{said:%Y-%m-%d %H:%M}" if isinstance(said, datetime) else str(said or "—")


def _says(cell: Any) -> bool:
    return bool(text_of(cell)) if isinstance(cell, str) else cell is not None


def _problem(row: int, trouble: Trouble) -> Problem:
    return Problem(row, trouble.column, trouble.wrong.key, trouble.wrong.facts)
