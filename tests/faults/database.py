"""A database whose n-th call fails: before a statement, at a commit, or right after one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from propapp.core.db.engine import engine

# Who signs in again or asks again for a bundle gets another one; the one before harms nobody.
ASKED_ANEW = frozenset({"sign_in_session", "evidence_export"})


@dataclass
class Faults:
    """Counts calls and lets one of them, or all from there on, fail.

    ``unheard`` counts commits alone: they are done, and the word of it is lost.
    """

    at: int
    lasting: bool = False
    unheard: bool = False
    calls: list[str] = field(default_factory=list)

    @property
    def struck(self) -> bool:
        """Whether there was a call left to fail."""
        return len(self.calls) >= self.at

    def _count(self, what: str) -> None:
        self.calls.append(what)
        if len(self.calls) == self.at or (self.lasting and self.struck):
            raise OperationalError(what, None, sqlite3.OperationalError("disk I/O error"))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The database is bad for as long as this lasts."""
        if self.unheard:
            with self._after_commits():
                yield
            return
        bound = engine()

        def statement(_connection: Any, _cursor: Any, said: str, *_more: Any) -> None:
            self._count(said)

        def commit(_connection: Any) -> None:
            self._count("COMMIT")

        event.listen(bound, "before_cursor_execute", statement)
        event.listen(bound, "commit", commit)
        try:
            yield
        finally:
            event.remove(bound, "before_cursor_execute", statement)
            event.remove(bound, "commit", commit)

    @contextmanager
    def _after_commits(self) -> Iterator[None]:
        dialect = engine().dialect
        really = dialect.do_commit

        def commit(connection: Any) -> None:
            really(connection)
            self._count("COMMIT")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dialect, "do_commit", commit)
            yield


def keep(data: Path, copy: Path) -> None:
    """Copy the whole data folder; nobody may be writing."""
    engine().dispose()
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data, copy)


def go_back(data: Path, kept: Path) -> None:
    """The house as it was."""
    engine().dispose()
    shutil.rmtree(data)
    shutil.copytree(kept, data)


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table has, but for what is made anew each time."""
    with engine().connect() as connection:
        names = [
            name
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            )
        ]
        asked = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)  # noqa: S608
        counts = connection.exec_driver_sql(asked).all()
    return {name: count for name, count in counts if name not in ASKED_ANEW}
