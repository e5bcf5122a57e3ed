"""What a kind of thing is as a table, and a book of its things that rows are held against.

A kind says its columns and how a row becomes the command of the use case that its form calls too;
nothing here writes by itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, PropappError
from propapp.core.ids import derived_id, uuid7
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import Command
from propapp.features.sheets.forms import TEXT, Form
from propapp.features.sites.models import Site

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column; its heading and its hint stand in the catalogue under its name.

    ``usual`` is what an empty cell means. ``asked`` is what the use case calls it, where that is
    another name. ``strict`` is false where more may be written than is offered. ``only_out`` is
    true where the cell tells and asks nothing: empty it means what is there, and else it says that.
    """

    name: str
    form: Form = TEXT
    required: bool = False
    width: int = 14
    usual: Any = None
    asked: str = ""
    strict: bool = True
    only_out: bool = False


@dataclass(frozen=True)
class Target:
    """Where things are taken from or brought to: a site, or one plan of it."""

    site: Site
    plan_id: UUID | None = None


@dataclass(frozen=True)
class Known:
    """A thing that is there already, as its row would be, and whatever its book keeps of it."""

    values: Values
    thing: Any = None


@dataclass(frozen=True)
class Change:
    """A row that makes something new or changes something known."""

    number: int
    values: Values
    known: Known | None = None
    touched: frozenset[str] = frozenset()

    def is_new(self) -> bool:
        """Whether there is no such thing yet."""
        return self.known is None


@dataclass(frozen=True)
class Notice:
    """Something that goes with the file without a row of it saying so; ``key`` is a sentence."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


class Book(ABC):
    """The things of one kind at one target, in their order."""

    columns: tuple[Column, ...] = ()
    # A row is the thing with this id, or else the thing of the same natural key.
    id_column: str = "id"
    natural: tuple[str, ...] = ("name",)

    def __init__(self, uow: UnitOfWork, target: Target) -> None:
        self.uow = uow
        self.target = target
        self.known: list[Known] = list(self.read())
        self.by_id = {one.values.get(self.id_column): one for one in self.known}
        self.by_key: dict[tuple[Any, ...], list[Known]] = defaultdict(list)
        for one in self.known:
            self.by_key[self.key_of(one.values)].append(one)

    @abstractmethod
    def read(self) -> Iterable[Known]:
        """The things that are there."""

    def offers(self) -> Mapping[str, Sequence[str]]:
        """By column, the names that may be written in it here."""
        return {}

    def key_of(self, values: Values) -> tuple[Any, ...]:
        """What a row is told by where it names no id."""
        return tuple(values.get(name) for name in self.natural)

    def knows(self, thing: str) -> bool:
        """Whether there is a thing of this id."""
        return thing in self.by_id

    def match(self, values: Values) -> Known | None:
        """The thing that the row is about; none where it is a new one."""
        wanted = values.get(self.id_column)
        if wanted:
            if not self.knows(wanted):
                raise Trouble("unknown_id", self.id_column, value=str(wanted)[:60])
            return self.by_id[wanted]
        found = self.by_key.get(self.key_of(values), [])
        if len(found) > 1:
            raise Trouble("ambiguous", self.natural[0])
        return found[0] if found else None

    def prepare(self, rows: Sequence[Values]) -> None:  # noqa: B027 - most have nothing to prepare
        """All rows of the file that could be read, before each is looked at."""

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """The row with what it leaves open filled in; ``Trouble`` where it means nothing."""
        return values

    def identity(self, values: Values, known: Known | None) -> tuple[Any, ...]:
        """What two rows of one file may not share."""
        return ("known", id(known)) if known else ("new", *self.key_of(values))

    def command(self, change: Change) -> tuple[str, Command]:
        """The use case and what it is asked for one row."""
        raise NotImplementedError

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """Do it all through the use case; gives what cannot be, and leaves no trace of that."""
        from propapp.core.use_case import load_use_cases

        cases = load_use_cases()
        for done, change in enumerate(changes, 1):
            try:
                with self.uow.session.begin_nested():
                    for name, command in self.commands(change):
                        cases[name].run(self.uow, command)
            except (Trouble, PropappError, ValidationError) as error:
                yield from ((change, one) for one in self.troubles(error))
            tell(done, len(changes))

    def commands(self, change: Change) -> Iterable[tuple[str, Command]]:
        """All that is asked for one row."""
        return [self.command(change)]

    def needs_new(self, change: Change) -> None:
        """``Trouble`` where a row says otherwise of what no workbook changes."""
        if change.known is not None:
            raise Trouble("not_from_here", self.first_touched(change))

    def first_touched(self, change: Change) -> str:
        """The first column in which the row says otherwise."""
        return next((one.name for one in self.columns if one.name in change.touched), "")

    def notices(self) -> Iterable[Notice]:
        """What whoever brought the file is to know before it is taken in."""
        return ()

    def new_id(self, kind: str, *key: Any) -> UUID:
        """The id of a new thing: the same one where two bring the same file at once."""
        made = derived_id(kind, self.target.site.id, *key)
        # A thing that was renamed keeps its id, and its old name is anybody's.
        return uuid7() if self.knows(str(made)) else made

    # By what a refusal is about, the column that it is shown at.
    shown_at: Mapping[str, str] = {}

    def troubles(self, error: Exception) -> list[Trouble]:
        """The refusal as troubles of the row, each at its column where that is known."""
        if isinstance(error, Trouble):
            return [error]
        if isinstance(error, ValidationError):
            return [self.shaped(one) for one in error.errors()]
        if isinstance(error, PropappError):
            about = (error.facts.get("field", ""), error.facts.get("kind", ""), error.code)
            place = next((self.shown_at[one] for one in about if one in self.shown_at), "")
            # A form is told to look again; of a cell the second sheet says what may stand there.
            is_of_cell = place and isinstance(error, InvalidInput)
            key = "impossible" if is_of_cell else f"error.{error.code}"
            return [Trouble(key, place, **error.facts)]
        raise error

    def shaped(self, error: Any) -> Trouble:
        """One of ``ValidationError.errors()`` as a trouble of its column."""
        parts = [str(part) for part in error["loc"] if isinstance(part, str)]
        place = next((self.shown_at.get(one, one) for one in reversed(parts)), "")
        facts = error.get("ctx", {})
        shape = error["type"]
        if isinstance(error["input"], str) and shape in {"too_long", "too_short"}:
            shape = f"string_{shape}"
        for kind, code, fact in _SHAPES:
            if shape == kind:
                return Trouble(code, place, most=facts.get(fact, ""))
        return Trouble("impossible", place)


_SHAPES = (
    ("string_too_long", "too_long", "max_length"),
    ("string_too_short", "missing", "min_length"),
    ("greater_than_equal", "too_small", "ge"),
    ("less_than_equal", "too_great", "le"),
    ("less_than", "too_great", "lt"),
    ("greater_than", "too_small", "gt"),
    ("multiple_of", "not_multiple", "multiple_of"),
    ("too_long", "too_many", "max_length"),
    *((own, own, "") for own in ("limits_foreign", "limits_crossed")),
    *((own, own, "") for own in ("choices_foreign", "choices_few")),
)


@dataclass(frozen=True)
class Kind:
    """One kind of thing. ``writes`` is none where it can only be taken out."""

    code: str
    reads: Permission
    book: type[Book]
    writes: Permission | None = None
    of_plan: bool = False
    # By column, a row as an example; the words of a language stand in the catalogue.
    example: Values = field(default_factory=dict[str, Any])

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in their order."""
        return self.book.columns
