"""Inserting rows that may be there already, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Column, Dialect, Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_missing(session: Session, rows: Sequence[SQLModel]) -> None:
    """Insert rows of one table at once; a row whose unique key is taken stays as it was."""
    if not rows:
        return
    model = type(rows[0])
    insert_missing_values(session, model, [_values(_table(model), row) for row in rows])


def insert_missing_values(
    session: Session, model: type[SQLModel], values: Sequence[dict[str, Any]]
) -> None:
    """As ``insert_missing``, for so many rows of few different values that each conversion counts.

    Every value is made ready for the driver once, however often it comes again; columns that are
    not named are left to the database.
    """
    if not values:
        return
    connection, table, names = session.connection(), _table(model), list(values[0])
    dialect = connection.dialect
    statement = _DIALECTS[dialect.name](table).on_conflict_do_nothing()
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = list(compiled.positiontup or names)
    columns = [_ready([row[name] for row in values], table.c[name], dialect) for name in order]
    rows: list[Any] = list(zip(*columns, strict=True))
    if not compiled.positional:
        rows = [dict(zip(order, row, strict=True)) for row in rows]
    connection.exec_driver_sql(str(compiled), rows)


def _ready(values: list[Any], column: Column[Any], dialect: Dialect) -> list[Any]:
    """A column of values as the driver takes them."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    # First by identity, for equal values are mostly the same object, and to hash an id is dear.
    once = {id(value): value for value in values}
    if len(once) == len(values):
        return [convert(value) for value in values]
    known = {value: convert(value) for value in set(once.values())}
    ready = {key: known[value] for key, value in once.items()}
    return [ready[id(value)] for value in values]


def _table(model: type[SQLModel]) -> Table:
    return cast("Table", inspect(model).local_table)


def _values(table: Table, row: SQLModel) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table.columns}
