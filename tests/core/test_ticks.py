"""What the house does by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from propapp.api.house import TICKS
from propapp.core.clock import Clock, FixedClock
from propapp.core.db.engine import read_session
from propapp.core.ids import uuid7
from propapp.core.ticks import Tick, Ticker
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.schedules.models import Occurrence
from tests import loops
from tests.factories import NOW
from tests.world import a_schedule, a_shot, a_world, an_occurrence, bytes_arrive, found


def test_one_that_fails_stops_no_other() -> None:
    ran: list[str] = []

    def fail(_clock: Clock) -> None:
        raise OSError("no disk")

    ticks = [Tick("bad", fail), Tick("good", lambda _clock: ran.append("good"))]
    assert Ticker(ticks, clock=FixedClock(NOW)).run_once() == ["bad"]
    assert ran == ["good"]


def test_they_run_at_once_and_again_until_the_server_ends() -> None:
    ran: list[int] = []

    async def live() -> None:
        ticker = Ticker([Tick("count", lambda _clock: ran.append(1))], every=timedelta(0))
        running = asyncio.create_task(ticker.run_for_ever())
        while len(ran) < 3:  # noqa: ASYNC110 - the thing waited for knows of no event
            await asyncio.sleep(0.001)
        running.cancel()

    loops.run(live())
    assert len(ran) >= 3


def test_the_house_marks_what_was_missed_and_does_it_once(database: Path) -> None:
    garden = a_world()
    occurrence = an_occurrence(garden, opens_in=-300, minutes=60)
    ticker = Ticker(TICKS, clock=garden.clock)
    assert ticker.run_once() == []
    marked = found(Occurrence, occurrence.id).missed_at
    assert marked == garden.clock.now()
    garden.clock.move(timedelta(minutes=1))
    assert ticker.run_once() == []
    assert found(Occurrence, occurrence.id).missed_at == marked


@pytest.mark.reliability("I2 I7", "F42", "The house's own work, twice at once or lost midway")
def test_a_seal_that_was_lost_with_its_process_is_made_up_for(database: Path) -> None:
    garden = a_world()
    occurrence, run_id, shot = an_occurrence(garden), uuid7(), a_shot()
    garden.do("guard", "round.start", run_id=run_id, occurrence_id=occurrence.id)
    garden.do(
        "guard",
        "round.visit",
        visit_id=uuid7(),
        run_id=run_id,
        point_id=garden.points[0].id,
        method="scan",
        code=garden.code(1),
        arrived_at=garden.clock.now(),
        answers=[
            {"item_id": garden.items[0].id, "verdict": "fail", "note": "Open", "photos": [shot]}
        ],
    )
    garden.do("guard", "round.finish", run_id=run_id, note="Two left out")
    Ticker(TICKS, clock=garden.clock).run_once()
    assert found(Run, run_id).status is RunStatus.FINISHED
    bytes_arrive(shot)
    Ticker(TICKS, clock=garden.clock).run_once()
    assert found(Run, run_id).status is RunStatus.SEALED


@pytest.mark.reliability("I2", "F42", "The house's own work, twice at once or lost midway")
def test_ticks_at_two_servers_at_once_make_nothing_twice(database: Path) -> None:
    garden = a_world()
    a_schedule(garden, (480, 60))
    clock = garden.clock

    async def both() -> None:
        await asyncio.gather(
            *(asyncio.to_thread(Ticker(TICKS, clock=clock).run_once) for _ in range(3))
        )

    loops.run(both())
    with read_session() as session:
        opened = [one.opens_at for one in session.exec(select(Occurrence))]
    assert opened
    assert len(opened) == len(set(opened))
