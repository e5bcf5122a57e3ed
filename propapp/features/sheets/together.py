"""Things that are several rows each: the rows of a file that name one are together what it is."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from propapp.core.errors import PropappError
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.features.sheets.naming import called, joined
from propapp.features.sheets.tables import Book, Change, Known, Notice, Values


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

    def part_of(self, values: Values) -> Any:
        """Which part of its thing the row is."""
        return self.key_of(values)

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
        self.file: dict[Any, dict[Any, Values]] = defaultdict(dict)
        self.parts: dict[Any, set[Any]] = defaultdict(set)
        self.said: dict[tuple[Any, str], Any] = {}
        for row in rows:
            thing = self.thing_of(row)
            self.parts[thing].add(self.part_of(row))
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
        self.file[thing].setdefault(self.part_of(values), values)
        return values

    def check(self, values: Values) -> None:
        """``Trouble`` where the row means nothing by itself."""

    def in_order(self, thing: Any) -> list[Values]:
        """All rows that the file has of this thing."""
        return [self.file[thing][part] for part in sorted(self.file[thing])]

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """One thing after the other, of which something is new or other."""
        by_thing: dict[Any, list[Change]] = defaultdict(list)
        for change in changes:
            by_thing[self.thing_of(change.values)].append(change)
        for done, (thing, mine) in enumerate(by_thing.items(), 1):
            rows = self.in_order(thing)
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
    """Parts in an order: ``natural`` is the column that names the thing and that of the number.

    The thing has an id, which is among ``of_whole``. ``recognised`` are the columns by which a part
    is the same one at another number too, the one it is called by first.
    """

    recognised: tuple[str, ...]
    # What is said where a number is left out, and of parts that the file leaves out.
    gap: str
    left_out: str
    # By the name of each thing that is there its id; ``read`` finds them.
    things: dict[str, str]

    def key_of(self, values: Values) -> tuple[Any, ...]:
        """A part by its thing, whatever that is called by now, and its number."""
        return (values[self.id_column] or self.thing_of(values), self.part_of(values))

    def part_of(self, values: Values) -> Any:
        """Its number."""
        return values.get(self.natural[1])

    def knows(self, thing: str) -> bool:
        """Whether there is a thing of this id."""
        return thing in self.things.values()

    def prepare(self, rows: Sequence[Values]) -> None:
        """The id of each thing of the file, said in any of its rows or known by its name."""
        super().prepare(rows)
        self.named: dict[str, str] = {}
        for name in self.parts:
            thing = self.said.setdefault((name, self.id_column), self.things.get(name, ""))
            self.named.setdefault(thing, name)

    def match(self, values: Values) -> Known | None:
        """The part of this number, of the thing of the id that any of its rows has, or its name."""
        name = self.thing_of(values)
        thing = self.said[name, self.id_column]
        if thing and not self.knows(thing):
            raise Trouble("unknown_id", self.id_column, value=thing[:60])
        found = self.by_key.get((thing or name, self.part_of(values)))
        return found[0] if found else None

    def check(self, values: Values) -> None:
        """A part that stands next to one, of a thing that has one name."""
        name, part = self.natural
        thing, number = values[self.id_column], values[part]
        if thing and self.named[thing] != values[name]:
            raise Trouble(self.disagree, name, value=self.named[thing][:60])
        if number < 1:
            raise Trouble("too_small", part, most=1)
        if number > 1 and number - 1 not in self.parts[values[name]]:
            raise Trouble(self.gap, part, number=number - 1)

    def notices(self) -> Iterator[Notice]:
        """Of each thing in the file the parts that it has no more."""
        parts: dict[str, list[Known]] = defaultdict(list)
        for one in self.known:
            parts[one.values[self.id_column]].append(one)
        for thing in self.file:
            rows = self.in_order(thing)
            known = parts.get(rows[0][self.id_column], [])
            if known:
                yield from self.notices_of(known, rows)

    def notices_of(self, known: Sequence[Known], rows: Sequence[Values]) -> Iterator[Notice]:
        """The parts of one thing that are not among its rows, at whatever number."""
        there = Counter(map(self._recognised, rows))
        gone: list[Values] = []
        for one in known:
            seen = self._recognised(one.values)
            there[seen] -= 1
            if there[seen] < 0:
                gone.append(one.values)
        if gone:
            numbers = joined("numbers", _spans(self.part_of(row) for row in gone))
            names = called([str(row[self.recognised[0]]) for row in gone])
            yield Notice(self.left_out, {"name": str(self.thing_of(gone[0]))} | numbers | names)

    def _recognised(self, values: Values) -> tuple[Any, ...]:
        return tuple(values[column] for column in self.recognised)


def _says(value: Any) -> bool:
    return value is not None and value != ""


def _spans(numbers: Iterable[int]) -> list[str]:
    """Rising numbers as people say them: ``1``, ``4–6``."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return [str(first) if first == last else f"{first}–{last}" for first, last in spans]
