"""Counting what is asked of the database, for a page must not ask more when there is more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from propapp.core.db.engine import engine


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect every statement sent to the database within the block."""
    sent: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(engine(), "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", keep)


@contextmanager
def queries(expected: int) -> Iterator[None]:
    """Hold the block to exactly so many statements, and show them when it is not so."""
    with count_queries() as sent:
        yield
    assert len(sent) == expected, "\n".join([f"{len(sent)} instead of {expected}:", *sent])
