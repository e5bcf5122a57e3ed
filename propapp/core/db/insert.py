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
    insert = _DIALECTS[session.get_bind().dialect.name]
    table = cast("Table", inspect(type(rows[0])).local_table)
    values = [_values(table, row) for row in rows]
    session.connection().execute(insert(table).on_conflict_do_nothing(), values)


def _values(table: Table, row: SQLModel) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table.columns}
