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
    """A row for each part of a thing; all of a thing is kept at once.

    ``of_whole`` are the columns that say something of the thing, alike in all its rows.
    """

    of_whole: tuple[str, ...] = ()
    # What is said where two rows disagree.
    disagree = "rows_disagree"
    # Whether parts that a file has no row for are gone, so that fewer rows are another thing.
    whole = True

    def thing_of(self, values: Values) -> Any:
        """What the row is a part of; by default what its first natural column names."""
        return values.get(self.natural[0])

    @abstractmethod
    def keep(self, rows: Sequence[Values]) -> None:
        """Make or change a thing, of which these are all rows of the file in order."""

    def rows_of(self, parts: Sequence[tuple[dict[str, Any], Any]]) -> Iterator[Known]:
        """The rows of one thing that is there; how many they are is part of each."""
        for row, thing in parts:
            # No column: a thing of which a file has fewer rows is another one.
            yield Known(row | {"parts": len(parts)}, thing)

    def prepare(self, rows: Sequence[Values]) -> None:
        """Which parts the file has of each thing, and what it says of the thing first."""
        self.file: dict[Any, dict[tuple[Any, ...], Values]] = defaultdict(dict)
        self.parts: dict[Any, set[Any]] = defaultdict(set)
        self.said: dict[tuple[Any, str], Any] = {}
        for row in rows:
            thing = self.thing_of(row)
            self.parts[thing].add(self.key_of(row))
            for name in self.of_whole:
                if _says(row.get(name)):
                    self.said.setdefault((thing, name), row[name])

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A part that agrees with those before it."""
        thing = self.thing_of(values)
        for column in self.of_whole:
            first = self.said.get((thing, column), values[column])
            if _says(values[column]) and values[column] != first:
                raise Trouble(self.disagree, column, value=str(thing)[:60])
            values[column] = first
        self.check(values)
        if self.whole:
            values["parts"] = len(self.parts[thing])
        # The same part once more is a trouble of that row alone.
        self.file[thing].setdefault(self.key_of(values), values)
        return values

    def check(self, values: Values) -> None:
        """``Trouble`` where the row means nothing by itself."""

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """One thing after the other, of which something is new or other."""
        by_thing: dict[Any, list[Change]] = defaultdict(list)
        for change in changes:
            by_thing[self.thing_of(change.values)].append(change)
        for done, (thing, mine) in enumerate(by_thing.items(), 1):
            rows = [self.file[thing][key] for key in sorted(self.file[thing])]
            try:
                with self.uow.session.begin_nested():
                    self.keep(rows)
            except ValidationError as error:
                yield from self._misshapen(error, rows, mine)
            except PropappError as error:
                yield from ((one, trouble) for one in mine for trouble in self.troubles(error))
            tell(done, len(by_thing))

    def _misshapen(
        self, error: ValidationError, rows: Sequence[Values], mine: Sequence[Change]
    ) -> Iterator[tuple[Change, Trouble]]:
        """What the shape of the command forbids, at the row of the part where it is a part's."""
        for one, trouble in zip(error.errors(), self.troubles(error), strict=True):
            at = next((step for step in one["loc"] if isinstance(step, int)), None)
            row = None if at is None else rows[at]
            yield from ((each, trouble) for each in mine if row is None or each.values is row)


class Numbered(Together):
    """Parts in an order: ``natural`` is the column that names the thing and that of the number."""

    # What is said where a number is left out.
    gap: str

    def check(self, values: Values) -> None:
        """A part that stands next to one."""
        name, part = self.natural
        number = values[part]
        if number < 1:
            raise Trouble("too_small", part, most=1)
        if number > 1 and (values[name], number - 1) not in self.parts[values[name]]:
            raise Trouble(self.gap, part, number=number - 1)


def _says(value: Any) -> bool:
    return value is not None and value != ""
