"""Alembic's entry: plain migrations over all tables of the house."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
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
    with engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=load_metadata(),
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_type,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
