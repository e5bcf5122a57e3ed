"""Filling an empty installation with the demo world, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, select

from propapp.core.clock import SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.stores import PhotoStore, photo_store
from propapp.demo.cast import PASSWORD
from propapp.demo.darkroom import Pictures, develop, how_many
from propapp.demo.era import Era
from propapp.demo.proof import chain
from propapp.demo.world import World, imagine
from propapp.features.people.passwords import hash_password
from propapp.features.rounds.jobs import score_sealed
from propapp.features.sites.models import Site
from propapp.features.standards.jobs import load_library

# Sweeps that score the rounds of the last days; the house itself scores the older ones.
SCORED = 4
# Told as (what is being made, how far, of how many).
Progress = Callable[[str, int, int], None]


def fill(
    progress: Progress | None = None,
    *,
    now: datetime | None = None,
    pictures: Pictures | str = Pictures.ALL,
    store: PhotoStore | None = None,
) -> bool:
    """Make the demo world as of now; a database that has a site already is left as it is."""
    tell = progress or _silently
    with read_session() as session:
        if _has_a_site(session):
            return False
    # Goals and plans name its clauses.
    load_library()
    tell("history", 0, 1)
    world = imagine(
        Era.seen_from(now or SystemClock().now()), password_hash=hash_password(PASSWORD)
    )
    tell("history", 1, 1)
    _draw(world, store or photo_store(), Pictures(pictures), tell)
    return _store(world, tell)


def _draw(world: World, store: PhotoStore, how: Pictures, tell: Progress) -> None:
    wanted = world.album.pictures.values()
    total, drawn = how_many(wanted, how), 0
    tell("pictures", drawn, total)

    def one_more() -> None:
        nonlocal drawn
        drawn += 1
        tell("pictures", drawn, total)

    world.album.stick_in(develop(wanted, store, how, one_more))
    chain(world.rows)


def _store(world: World, tell: Progress) -> bool:
    """Everything in one transaction: who is interrupted begins anew with an empty database."""
    total, stored = len(world.rows), 0
    tell("rows", stored, total)
    with write_session() as session, session.begin():
        if _has_a_site(session):
            return False
        for _table, count in world.rows.insert(session):
            stored += count
            tell("rows", stored, total)
    for _ in range(SCORED):
        score_sealed()
    return True


def _has_a_site(session: Session) -> bool:
    return session.exec(select(Site.id).limit(1)).first() is not None


def _silently(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""
