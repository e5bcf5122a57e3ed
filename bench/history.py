"""A year of photos of one site, to see what it takes to hold a round's photos against them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import SQLModel

from bench import ground
from bench.measure import best_of
from propapp.core.db.engine import read_session, write_session
from propapp.core.ids import derived_id
from propapp.core.stores import Likeness
from propapp.core.stores.likeness import PATCHES
from propapp.features.people.models import Person
from propapp.features.photos.echoes import apart_by, echoes
from propapp.features.photos.models import (
    Photo,
    PhotoPart,
    PhotoPurpose,
    PhotoUse,
    likeness_columns,
)

SIZES, ROUND = (1_000, 10_000, 50_000), 12
POINTS = 100
# Of the same wall a usual hand leaves about so many bits as they were, coarse and fine.
CHANGED_COARSE, CHANGED_FINE = 16, 80


def lines() -> list[str]:
    """The table: photos of the site, and the time that a round's photos take."""
    return [
        f"## A round of {ROUND} photos held against all of its site ({POINTS} points)",
        "",
        "| photos of the site | ms |",
        "|---:|---:|",
        *(f"| {size:,} | {_asked(size) * 1000:.0f} |" for size in SIZES),
    ]


def _asked(size: int) -> float:
    with ground.database():
        ground.sites_and_routes(1, 1)
        _fill(size)
        run = derived_id("bench", "run", size // ROUND - 1)
        with read_session() as session:
            return best_of(5, lambda: apart_by(session, echoes(session, [run])))


def _fill(size: int) -> None:
    who = Person(id=derived_id("bench", "person"), name="bench", created_at=ground.NOW)
    photos = list(_photos(size))
    with write_session() as session, session.begin():
        session.add(who)
        session.flush()
        for model in (Photo, PhotoPart, PhotoUse):
            rows = [_row(model, number, seen, who.id) for number, seen in enumerate(photos)]
            for start in range(0, size, 20_000):
                session.connection().execute(insert(model), rows[start : start + 20_000])


def _photos(size: int) -> Iterator[Likeness]:
    dice = Random("history")
    walls = [(dice.getrandbits(64), dice.getrandbits(256)) for _ in range(POINTS)]
    for number in range(size):
        coarse, fine = walls[number % POINTS]
        yield Likeness(
            _flipped(dice, coarse, 64, CHANGED_COARSE),
            _flipped(dice, fine, 256, CHANGED_FINE),
            dice.randbytes(PATCHES * (PATCHES + 1)),
        )


def _flipped(dice: Random, bits: int, of: int, about: int) -> int:
    for bit in dice.sample(range(of), min(of, round(dice.expovariate(1 / about)))):
        bits ^= 1 << bit
    return bits


def _row(model: type[SQLModel], number: int, seen: Likeness, who: UUID) -> ground.Row:
    sha256, at = f"{number:064x}", ground.NOW - timedelta(days=400) + timedelta(minutes=number)
    if model is Photo:
        facts = {"size": 1, "format": "JPEG", "width": 1, "height": 1, "stored_at": at}
        return {"sha256": sha256, **facts, **likeness_columns(seen)}
    if model is PhotoPart:
        brought = {"person_id": who, "size": 1, "updated_at": at, "stored_at": at, "refused": ""}
        return {"sha256": sha256, **brought}
    return {
        "id": derived_id("bench", "use", number), "sha256": sha256, "site_id": ground.a_site(0),
        "thing_kind": "answer", "thing_id": derived_id("bench", "answer", number),
        "parent_kind": "run", "parent_id": derived_id("bench", "run", number // ROUND),
        "owner_id": who, "purpose": PhotoPurpose.EVIDENCE, "position": 1, "person_id": who,
        "taken_at": at, "received_at": at, "live": True, "seen_before": False,
    }  # fmt: skip
