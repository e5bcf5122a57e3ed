"""Things that are several rows each: the rows of a file that name one are together what it is."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from propapp.core.errors import PropappError
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.features.sheets.tables import Book, Change, Known, Values


class Together(Book):
    """A row for each part of a thing, numbered from 1 on; all of a thing is kept at once.

    ``natural`` is the column that names the thing and that of the number; ``of_whole`` are those
    that say something of the thing, alike in all its rows.
    """

    of_whole: tuple[str, ...]
    # What is said where two rows disagree, and where a number is left out.
    disagree: str
    gap: str

    @property
    def whole(self) -> str:
        """The column that names the thing."""
        return self.natural[0]

    @property
    def part(self) -> str:
        """The column of the part's number."""
        return self.natural[1]

    @abstractmethod
    def keep(self, name: str, rows: Sequence[Values]) -> None:
        """Make or change the thing of this name, of which these are all rows in order."""

    def rows_of(self, parts: Sequence[tuple[dict[str, Any], Any]]) -> Iterator[Known]:
        """The rows of one thing that is there; how many they are is part of each."""
        for row, thing in parts:
            # No column: a thing of which a file has fewer rows is another one.
            yield Known(row | {"parts": len(parts)}, thing)

    def prepare(self, rows: Sequence[Values]) -> None:
        """Which parts the file has of each thing, and what it says of the thing first."""
        self.file: dict[str, list[Values]] = defaultdict(list)
        self.parts: dict[Any, set[Any]] = defaultdict(set)
        self.said: dict[tuple[Any, str], Any] = {}
        for row in rows:
            self.parts[row.get(self.whole)].add(row.get(self.part))
            for name in filter(row.get, self.of_whole):
                self.said.setdefault((row.get(self.whole), name), row[name])

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A part that agrees with those before it and stands next to one."""
        name, number = values[self.whole], values[self.part]
        for column in self.of_whole:
            first = self.said.get((name, column), values[column])
            if values[column] and values[column] != first:
                raise Trouble(self.disagree, column, value=name[:60])
            values[column] = first
        self.check(values)
        if number < 1:
            raise Trouble("too_small", self.part, most=1)
        if number > 1 and number - 1 not in self.parts[name]:
            raise Trouble(self.gap, self.part, number=number - 1)
        values["parts"] = len(self.parts[name])
        self.file[name].append(values)
        return values

    def check(self, values: Values) -> None:
        """``Trouble`` where the row means nothing by itself."""

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """One thing after the other, of which something is new or other."""
        by_name: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_name[change.values[self.whole]].append(change)
        for done, (name, mine) in enumerate(by_name.items(), 1):
            rows = sorted(self.file[name], key=lambda row: row[self.part])
            try:
                with self.uow.session.begin_nested():
                    self.keep(name, rows)
            except ValidationError as error:
                yield from self._misshapen(error, rows, mine)
            except PropappError as error:
                yield from ((one, trouble) for one in mine for trouble in self.troubles(error))
            tell(done, len(by_name))

    def _misshapen(
        self, error: ValidationError, rows: Sequence[Values], mine: Sequence[Change]
    ) -> Iterator[tuple[Change, Trouble]]:
        """What the shape of the command forbids, at the row of the part where it is a part's."""
        for one, trouble in zip(error.errors(), self.troubles(error), strict=True):
            at = next((step for step in one["loc"] if isinstance(step, int)), None)
            row = None if at is None else rows[at]
            yield from ((each, trouble) for each in mine if row is None or each.values is row)
