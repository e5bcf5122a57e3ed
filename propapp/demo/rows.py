"""Rows collected by table and inserted many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlmodel import Session, SQLModel

from propapp.core.db.metadata import load_metadata

Row = dict[str, Any]
_AT_ONCE = 5000


class Rows:
    """What will be inserted; foreign keys are kept by the order of the tables."""

    def __init__(self) -> None:
        self._rows: defaultdict[type[SQLModel], list[Row]] = defaultdict(list)

    def add(self, model: type[SQLModel], **values: Any) -> Row:
        """Keep a row with the model's own defaults, and give it back to be completed."""
        row = {**_defaults(model), **values}
        if unknown := row.keys() ^ _columns(model):
            raise TypeError(f"{model.__name__}: {sorted(unknown)} too much or missing")
        self._rows[model].append(row)
        return row

    def keep(self, thing: SQLModel) -> Row:
        """Keep a finished object of a table as it stands now."""
        model = type(thing)
        return self.add(model, **{name: getattr(thing, name) for name in _columns(model)})

    def of(self, model: type[SQLModel]) -> list[Row]:
        """The rows of one table."""
        return self._rows[model]

    def insert(self, session: Session) -> Iterator[tuple[str, int]]:
        """Insert everything, telling table and count as it goes."""
        by_table = {_table(model): rows for model, rows in self._rows.items()}
        for table in load_metadata().sorted_tables:
            rows = by_table.get(table, [])
            for start in range(0, len(rows), _AT_ONCE):
                part = rows[start : start + _AT_ONCE]
                session.connection().execute(insert(table), part)
                yield table.name, len(part)

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())


def _table(model: type[SQLModel]) -> Table:
    return model.__table__  # type: ignore[attr-defined]


def _columns(model: type[SQLModel]) -> frozenset[str]:
    return _columns_of(_table(model))


@cache
def _columns_of(table: Table) -> frozenset[str]:
    return frozenset(table.columns.keys())


_known: dict[str, tuple[Row, dict[str, Callable[[], Any]]]] = {}


def _defaults(model: type[SQLModel]) -> Row:
    name = model.__name__
    if name not in _known:
        _known[name] = _plain(model), _made(model)
    plain, made = _known[name]
    return plain | {column: make() for column, make in made.items()}


def _plain(model: type[SQLModel]) -> Row:
    return {
        name: field.default
        for name, field in model.model_fields.items()
        if not field.is_required() and field.default_factory is None
    }


def _made(model: type[SQLModel]) -> dict[str, Callable[[], Any]]:
    # An id that is made by chance would make another world each time.
    return {
        name: cast("Callable[[], Any]", field.default_factory)
        for name, field in model.model_fields.items()
        if field.default_factory is not None and name != "id"
    }
