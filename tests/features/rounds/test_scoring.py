"""Visits are scored once their run is sealed, from what is stored, and the same each time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from propapp.core.ids import uuid7
from propapp.core.settings import settings
from propapp.core.sync.apply import apply
from propapp.core.sync.devices import Hello, greet
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.models import Operation
from propapp.core.use_case import load_use_cases
from propapp.features.rounds.evidence import POINTS
from propapp.features.rounds.jobs import score_sealed
from propapp.features.rounds.models import Visit
from propapp.features.schedules.models import RoutePoint
from propapp.features.sites.models import Checkpoint
from tests.counting import count_queries
from tests.features.evidence.conftest import send
from tests.sync.phones import Phone, envelope
from tests.world import (
    World,
    a_run,
    a_shot,
    a_visit,
    an_occurrence,
    bytes_arrive,
    found,
    rows,
    well,
    write,
)


def scored(visit: Visit) -> dict[str, int]:
    """The reasons of a visit, once it has a score that is their sum."""
    now = found(Visit, visit.id)
    reasons: dict[str, int] = {code: points for code, points in now.reasons}  # noqa: C416 - typed
    assert now.score == max(0, min(100, sum(reasons.values())))
    assert all(POINTS[code] == points for code, points in reasons.items())
    return reasons


def arrive(world: World, run_id: object, stop: int, **values: object) -> Visit:
    """Come to a stop after two minutes, and stay for one."""
    world.clock.move(timedelta(minutes=2))
    arrived = world.clock.now()
    world.clock.move(timedelta(minutes=1))
    return a_visit(world, run_id, stop, arrived_at=arrived, **values)  # type: ignore[arg-type]


def test_only_sealed_runs_are_scored_and_only_once(garden: World) -> None:
    run_id = a_run(garden)
    visits = [arrive(garden, run_id, stop) for stop in (1, 2, 3)]
    assert score_sealed(garden.clock) == 0
    garden.do("guard", "round.finish", run_id=run_id)
    assert [score_sealed(garden.clock) for _ in range(2)] == [3, 0]
    assert set(scored(visits[0])) == {"code_valid", "clock_right", "dwell_enough"}
    assert set(scored(visits[1])) == {*scored(visits[0]), "pace_possible"}


def test_place_pace_and_hand_are_read_from_the_visits(garden: World) -> None:
    with write() as session:
        for checkpoint in garden.checkpoints:
            stored = session.get_one(Checkpoint, checkpoint.id)
            stored.latitude, stored.longitude = 31.2304, 121.4737
    run_id = a_run(garden)
    here = {"latitude": 31.2305, "longitude": 121.4737, "accuracy": 12.0}
    near = arrive(garden, run_id, 1, **here)
    far = arrive(garden, run_id, 2, **here | {"latitude": 31.2604})
    rushed = a_visit(garden, run_id, 3, method="hand", code="", hand_reason="dirty")
    garden.do("guard", "round.finish", run_id=run_id)
    score_sealed(garden.clock)
    assert "position_near" in scored(near)
    # Three kilometres in two minutes.
    assert {"position_far", "pace_impossible"} <= set(scored(far))
    assert {"by_hand", "dwell_short", "pace_impossible"} <= set(scored(rushed))
    assert found(Visit, rushed.id).score == 0


def test_a_photo_that_the_site_has_seen_before_speaks_against_the_visit(garden: World) -> None:
    first, second = [], []
    for visits in (first, second):
        run_id = a_run(garden, occurrence=an_occurrence(garden))
        shots = [a_shot("door")], [a_shot(f"new{len(second)}{run_id}")]
        for stop, photos in enumerate(shots, start=1):
            visits.append(arrive(garden, run_id, stop, answers=[well(garden, photos=photos)]))
            bytes_arrive(*photos)
        garden.do("guard", "round.finish", run_id=run_id, note="Rain")
    score_sealed(garden.clock)
    for visit in (*first, second[1]):
        assert {"photo_live", "photo_new"} <= set(scored(visit))
    assert "photo_seen_before" in scored(second[0])
    assert "photo_new" not in scored(second[0])


def test_a_phone_whose_clock_is_wrong_is_said(garden: World) -> None:
    """The test's phone lives in November, the house in March."""
    run_id, visit_id, phone = uuid7(), uuid7(), Phone()
    occurrence = an_occurrence(garden)
    start = {"run_id": str(run_id), "occurrence_id": str(occurrence.id)}
    send(garden, "guard", phone, "round.start", run_id, **start)
    visit = {
        "visit_id": str(visit_id),
        "run_id": str(run_id),
        "point_id": str(garden.points[0].id),
        "method": "scan",
        "code": garden.code(1),
        "arrived_at": garden.clock.now().isoformat(),
        "answers": [well(garden, item_id=str(garden.items[0].id))],
    }
    send(garden, "guard", phone, "round.visit", run_id, **visit)
    send(garden, "guard", phone, "round.finish", run_id, run_id=str(run_id), note="Rain")
    score_sealed(garden.clock)
    assert "clock_wrong" in scored(found(Visit, visit_id))


class OffPhone:
    """A guard's phone whose clock is off by so much, and which has said so at its hello."""

    def __init__(self, world: World, off: timedelta) -> None:
        self.world, self.off, self.phone, self.run_id = world, off, Phone(), uuid7()
        said = {"device_id": str(self.phone.id), "client_time": self.now()}
        greet(world.actor("guard"), Hello.model_validate(said), world.clock)

    def now(self) -> str:
        """What it takes for the time."""
        return (self.world.clock.now() + self.off).isoformat()

    def sends(self, kind: str, **body: Any) -> UUID:
        """An operation of its round, made by its own clock."""
        load_use_cases()
        self.phone.seq += 1
        one = envelope(
            kind, seq=self.phone.seq, thread=self.run_id, n=self.phone.seq, body=body
        ) | {"client_time": self.now()}
        actor = self.world.actor("guard")
        answer = apply(actor, self.phone.id, Envelope.model_validate(one), self.world.clock)
        assert answer.status == "applied", answer
        return answer.id

    def visits(self, stop: int, *, stays: int) -> tuple[UUID, UUID]:
        """A visit of so many seconds, half a minute after the last; its id and its operation's."""
        self.world.clock.move(timedelta(seconds=30))
        arrived, visit_id = self.now(), uuid7()
        self.world.clock.move(timedelta(seconds=stays))
        operation_id = self.sends(
            "round.visit",
            visit_id=str(visit_id),
            run_id=str(self.run_id),
            point_id=str(self.world.points[stop - 1].id),
            method="scan",
            code=self.world.code(stop),
            arrived_at=arrived,
            answers=[well(self.world, item_id=str(self.world.items[0].id))],
        )
        return visit_id, operation_id


@pytest.mark.parametrize("minutes", [-3, 0, 3])
def test_a_clock_a_few_minutes_off_makes_nobody_quick_slow_or_early(
    garden: World, minutes: int
) -> None:
    with write() as session:
        session.get_one(RoutePoint, garden.points[1].id).not_before = 1
    phone = OffPhone(garden, timedelta(minutes=minutes))
    start = {"run_id": str(phone.run_id), "occurrence_id": str(an_occurrence(garden).id)}
    phone.sends("round.start", **start)
    first, _ = phone.visits(1, stays=1)
    second, operation_id = phone.visits(2, stays=60)
    third, _ = phone.visits(3, stays=60)
    phone.sends("round.finish", run_id=str(phone.run_id), note="Rain")
    score_sealed(garden.clock)
    assert set(scored(found(Visit, first))) == {"code_valid", "clock_right", "dwell_short"}
    honest = {"code_valid", "clock_right", "dwell_enough", "pace_possible"}
    assert set(scored(found(Visit, second))) == set(scored(found(Visit, third))) == honest
    # Reached 61 s after the start, by whatever clock.
    assert [found(Visit, one).flags for one in (first, second, third)] == [[], [], []]
    visit, operation = found(Visit, second), found(Operation, operation_id)
    assert visit.left_at - visit.arrived_at == timedelta(seconds=60)
    said = (visit.arrived_at + timedelta(minutes=minutes)).isoformat()
    assert said in operation.body.replace("Z", "+00:00")


@pytest.mark.parametrize("minutes", [-3, 0, 3])
def test_a_point_before_its_time_is_early_by_whatever_clock(garden: World, minutes: int) -> None:
    with write() as session:
        session.get_one(RoutePoint, garden.points[0].id).not_before = 1
    phone = OffPhone(garden, timedelta(minutes=minutes))
    start = {"run_id": str(phone.run_id), "occurrence_id": str(an_occurrence(garden).id)}
    phone.sends("round.start", **start)
    visit_id, _ = phone.visits(1, stays=60)
    assert found(Visit, visit_id).flags == ["early"]


def test_many_visits_ask_no_more_than_one(garden: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every visit is drawn for a second look, so that no lot decides what is asked.
    monkeypatch.setattr(settings(), "look_all_below", 100)
    asked = []
    for stops in ((1,), (1, 2, 3)):
        run_id = a_run(garden, occurrence=an_occurrence(garden))
        for stop in stops:
            arrive(garden, run_id, stop)
        garden.do("guard", "round.finish", run_id=run_id, note="Rain")
        with count_queries() as sent:
            score_sealed(garden.clock)
        asked.append(len(sent))
    assert asked[0] == asked[1]
    assert all(visit.score is not None for visit in rows(Visit))
