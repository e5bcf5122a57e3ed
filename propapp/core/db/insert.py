"""Inserting rows that may be there already, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, inspect
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
    """As ``insert_missing``, for so many rows that making an object of each would take longest."""
    if values:
        insert = _DIALECTS[session.get_bind().dialect.name]
        statement = insert(_table(model)).on_conflict_do_nothing()
        session.connection().execute(statement, values)


def _table(model: type[SQLModel]) -> Table:
    return cast("Table", inspect(model).local_table)


def _values(table: Table, row: SQLModel) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table.columns}
