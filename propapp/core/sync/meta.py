"""What the house knows of itself: one row, made when it is first asked for."""

from __future__ import annotations

from sqlmodel import Session

from propapp.core.db.engine import read_session, write_session
from propapp.core.db.insert import insert_missing
from propapp.core.sync.models import ServerMeta


def meta_of(session: Session) -> ServerMeta:
    """The row, in a session that may write."""
    found = session.get(ServerMeta, 1)
    if found is None:
        insert_missing(session, [ServerMeta(id=1)])
        found = session.get_one(ServerMeta, 1)
    return found


def present_meta() -> ServerMeta:
    """The row as it is now, to be read; not to be asked while writing."""
    with read_session() as session:
        found = session.get(ServerMeta, 1)
    if found is None:
        with write_session() as session, session.begin():
            found = meta_of(session)
    return found
