"""The engine and its sessions; nothing here or above it assumes SQLite."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session

from propapp.core.settings import settings


@lru_cache(maxsize=4)
def engine_for(url: str) -> Engine:
    """One engine per database address in this process."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def engine() -> Engine:
    """The engine of the configured database."""
    return engine_for(settings().database_url)


def read_session() -> Session:
    """A session for questions; it is closed without a commit."""
    return Session(engine(), expire_on_commit=False, autoflush=False)


@contextmanager
def write_session() -> Generator[Session]:
    """A session for one change; on SQLite it takes the write lock at its start."""
    bound = engine().execution_options(propapp_write=True)
    with _turn(bound), Session(bound, expire_on_commit=False) as session:
        yield session


# SQLite lets one write at a time, and whoever waits for it only looks again now and then, up to a
# tenth of a second later. Those of one process wait for each other here, without a pause between.
_WRITER = threading.RLock()


def _turn(bound: Engine) -> AbstractContextManager[object]:
    return _WRITER if bound.dialect.name == "sqlite" else nullcontext()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late and is never IMMEDIATE; we begin ourselves below.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a receipt must survive a power cut, NORMAL may lose the last commits
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-64000",  # 64 MB: a large site's sweep touches many pages of many indexes
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A deferred transaction that turns into a writer does not wait: it fails with SQLITE_BUSY.
    write = connection.get_execution_options().get("propapp_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
