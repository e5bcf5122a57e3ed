"""A board asks as often in a big house as in a small one, and never reads a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from propapp.core.db.engine import engine
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import UnitOfWork, looking
from propapp.features.boards import reading
from propapp.features.orders.models import OrderStatus, Priority
from propapp.features.sites.views import chosen
from tests.counting import count_queries
from tests.world import (
    NOON,
    World,
    a_report,
    a_run,
    a_shot,
    a_visit,
    an_occurrence,
    an_order_row,
    broken,
)

# A scan of these would grow with the years; sites, people and routes stay few.
GROWING = (
    "work_order",
    "visit",
    "answer",
    "occurrence",
    "run",
    "photo",
    "photo_use",
    "timeline_event",
)


def the_board(uow: UnitOfWork, world: World) -> object:
    return reading.board(uow, chosen(reading.choices(uow), str(world.site.id)))


def the_charts(uow: UnitOfWork, world: World) -> object:
    return reading.charts(uow, chosen(reading.choices(uow), str(world.site.id)), 30)


def the_day(uow: UnitOfWork, world: World) -> object:
    site = chosen(reading.choices(uow), str(world.site.id))
    return reading.rounds_on(uow, site, NOON.date())


def the_run(uow: UnitOfWork, world: World) -> object:
    return reading.run(uow, walked(world))


def the_photo(uow: UnitOfWork, world: World) -> object:
    del world
    return reading.photo(uow, a_shot("hinge").sha256)


# What is asked for one look; the session and the roles are two more, asked by everybody.
LOOKS: dict[str, tuple[Callable[[UnitOfWork, World], object], int]] = {
    "board": (the_board, 8),
    "charts": (the_charts, 3),
    "day": (the_day, 3),
    "run": (the_run, 7),
    # What it serves is two more: the run with all above it, and the site.
    "photo": (the_photo, 3),
}
_runs: dict[str, Any] = {}


def walked(world: World) -> Any:
    return _runs[str(world.site.id)]


@pytest.fixture
def lived_in(garden: World) -> World:
    """A site with one of everything that a board shows."""
    run_id = a_run(garden)
    a_visit(garden, run_id, answers=[broken(garden)])
    _runs[str(garden.site.id)] = run_id
    a_report(garden, photos=[a_shot("leak")])
    an_order_row(garden, due_at=NOON - timedelta(hours=1))
    return garden


@pytest.mark.parametrize("name", LOOKS)
def test_the_number_of_questions_is_fixed(lived_in: World, name: str) -> None:
    look, expected = LOOKS[name]
    assert asked(look, lived_in) == expected
    grow(lived_in)
    assert asked(look, lived_in) == expected


@pytest.mark.parametrize("name", LOOKS)
def test_no_growing_table_is_read_whole(lived_in: World, name: str) -> None:
    with statements() as sent, looking(lived_in.actor("manager"), clock=lived_in.clock) as uow:
        LOOKS[name][0](uow, lived_in)
    assert sent
    scans = [plan for one in sent for plan in plans(*one) if is_scan(plan)]
    assert not scans


def asked(look: Callable[[UnitOfWork, World], object], world: World) -> int:
    """How many statements a look sends."""
    with (
        count_queries() as sent,
        looking(world.actor("manager"), clock=world.clock) as uow,
    ):
        look(uow, world)
    return len(sent)


def grow(world: World) -> None:
    """More orders, rounds, visits and photos than a board shows."""
    for number in range(12):
        an_order_row(world, OrderStatus.CLOSED, responded_at=NOON, completed_at=NOON)
        an_order_row(world, priority=Priority.URGENT, due_at=NOON - timedelta(hours=number))
        a_report(world, photos=[a_shot(f"leak-{number}"), a_shot(f"pool-{number}")])
        occurrence = an_occurrence(world, opens_in=-number, minutes=300 + number)
        a_visit(world, a_run(world, occurrence=occurrence), answers=[broken(world)])
    for stop in (2, 3):
        a_visit(world, walked(world), stop, answers=[broken(world, photos=[a_shot(uuid7().hex)])])


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Collect what is sent, with its values."""
    sent: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, values))

    event.listen(engine(), "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", keep)


def plans(statement: str, values: Any) -> list[str]:
    """How the database means to answer."""
    with engine().connect() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [row[3] for row in found]


def is_scan(plan: str) -> bool:
    """Whether a table that grows is gone through from end to end."""
    words = plan.split()
    return words[0] == "SCAN" and words[1] in GROWING
