"""Inserting rows that may be there already, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_missing(session: Session, rows: Sequence[SQLModel]) -> None:
    """Insert rows of one table at once; a row whose unique key is taken stays as it was."""
    if not rows:
        return
    insert = _DIALECTS[session.get_bind().dialect.name]
    table: Any = type(rows[0]).__table__  # type: ignore[attr-defined]
    values = [{column.name: getattr(row, column.name) for column in table.columns} for row in rows]
    session.connection().execute(insert(table).on_conflict_do_nothing(), values)
