"""The rules of operations over books in memory: what may pass is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError

from propapp.core.access import Actor
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply_to
from propapp.core.sync.settle import Answer, Collided
from tests.sync.phones import Phone
from tests.sync.simulator.house import House, MemoryBooks, books_of

LOCKED = OperationalError("a statement", None, Exception("database is locked"))


def answered(patch: pytest.MonkeyPatch, *troubles: Exception) -> Answer:
    """What becomes of a visit whose attempts meet these, one after the other."""
    coming: Iterator[Exception] = iter(troubles)

    def perform(*_: object) -> None:
        trouble = next(coming, None)
        if trouble:
            raise trouble

    patch.setattr(MemoryBooks, "perform", perform)
    house, phone = House(1, 1000), Phone()
    books = partial(books_of, house, Actor(UUID(int=1), ""), phone.id)
    return apply_to(books, phone.does("round.visit", thread=uuid7()), pause=lambda _: None)


def test_a_collision_passes_when_it_is_seen_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(monkeypatch, Collided(), LOCKED, Collided()).status == "applied"


def test_one_that_collides_every_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = answered(monkeypatch, *[Collided()] * 4)
    assert (refused.status, refused.code) == ("rejected", "changed_meanwhile")


def test_a_locked_database_is_no_collision(monkeypatch: pytest.MonkeyPatch) -> None:
    later = answered(monkeypatch, LOCKED, LOCKED, LOCKED, Collided())
    assert (later.status, later.code) == ("retry", "busy")
