"""Alembic's entry: plain migrations over all tables of the house."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from propapp.core.db.engine import engine
from propapp.core.db.metadata import load_metadata
from propapp.core.db.types import UtcDateTime


def render_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write column types in revisions so that a reader need not know SQLModel."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and isinstance(thing, AutoString):
        return f"sa.String(length={thing.length})" if thing.length else "sa.String()"
    return False


def run() -> None:
    """Migrate in one transaction on one connection."""
    chosen = context.config.attributes.get("engine") or engine()
    with chosen.connect() as connection, _references_checked_at_the_end(connection):
        context.configure(
            connection=connection,
            target_metadata=load_metadata(),
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_type,
        )
        with context.begin_transaction():
            context.run_migrations()
            _refuse_dangling(connection)
        connection.commit()


@contextmanager
def _references_checked_at_the_end(connection: Connection) -> Generator[None]:
    """SQLite changes a table by making it anew, and would not drop one that others refer to.

    The switch counts only between transactions, so it is turned beneath SQLAlchemy.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_dangling(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        raise RuntimeError(f"this migration would leave references to nothing: {dangling[:5]}")


run()
