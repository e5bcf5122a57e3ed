"""Random rounds: committed to before the day, shown when they open, told and proved after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from propapp.api.snapshot import snapshot
from propapp.core.dates.chance import Draw, commitment, openings
from propapp.core.db.engine import read_session
from propapp.core.evidence.models import EvidenceEntry
from propapp.core.ids import derived_id
from propapp.core.stores import photo_store
from propapp.core.timeline import TimelineEvent
from propapp.features.evidence.service import verify
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, RoundSeed, TaskSchedule, Trigger
from propapp.features.schedules.rules import dated
from tests.world import NOON, World, a_schedule, rows, write

COVERAGE = {"every": 120, "minutes": 30, "begins": 1200, "ends": 1800, "grace": 10}
SPAN = (1200, 600)
TODAY = date(2026, 3, 10)


@pytest.fixture
def night(garden: World) -> World:
    """Random rounds from eight in the evening to six in the morning."""
    a_schedule(garden, SPAN, trigger=Trigger.RANDOM, random=COVERAGE)
    return garden


def drawn(seed: RoundSeed) -> list[datetime]:
    """When the rounds of the seed open."""
    return [
        dated(seed.local_date, opens=one, minutes=30, zone="Asia/Shanghai").opens_at
        for draw in map(Draw.of, seed.draws)
        for one in openings(seed.seed, seed.local_date, draw)
    ]


def seed_of(day: date) -> RoundSeed:
    (seed,) = rows(RoundSeed, local_date=day)
    return seed


def sweep_through(world: World, until: datetime, step: timedelta = timedelta(minutes=1)) -> None:
    """Every minute until then."""
    while world.clock.now() < until:
        jobs.draw_rounds(world.clock)
        world.clock.move(step)


def broken() -> Any:
    with read_session() as session:
        return verify(session, photo_store()).broken


def test_the_hash_is_published_and_chained_before_the_first_round(night: World) -> None:
    jobs.draw_rounds(night.clock)
    for day in (TODAY, TODAY + timedelta(days=1)):
        seed = seed_of(day)
        assert seed.commitment == commitment(seed.seed, night.site.id, day, seed.draws)
        assert seed.committed_at < min(drawn(seed)) - timedelta(hours=2)
    events = rows(TimelineEvent)
    assert [event.verb for event in events] == ["round_seed.committed"] * 2
    assert not any(seed.seed in str(event.facts) for seed in rows(RoundSeed) for event in events)
    assert {link.kind for link in rows(EvidenceEntry)} == {"round_seed"}
    assert broken() is None


def test_nobody_learns_of_a_round_before_it_opens(night: World) -> None:
    jobs.draw_rounds(night.clock)
    coming = drawn(seed_of(TODAY))
    night.clock.set(coming[0] - timedelta(seconds=1))
    jobs.draw_rounds(night.clock)
    assert rows(Occurrence) == []
    assert snapshot(night.actor("guard"), night.clock)["occurrences"] == []
    night.clock.move(timedelta(seconds=1))
    jobs.draw_rounds(night.clock)
    seen = snapshot(night.actor("guard"), night.clock)["occurrences"]
    assert [one.opens_at for one in seen] == coming[:1]


def test_every_drawn_round_was_shown_when_the_night_is_over_and_the_seed_is_told(
    night: World,
) -> None:
    jobs.draw_rounds(night.clock)
    seed = seed_of(TODAY)
    sweep_through(night, seed.over_at + timedelta(minutes=1), timedelta(minutes=4))
    jobs.draw_rounds(night.clock)
    told = seed_of(TODAY)
    assert (told.seed, told.revealed_at is not None) == (seed.seed, True)
    shown = sorted(one.opens_at for one in rows(Occurrence, local_date=TODAY))
    assert shown == sorted(drawn(seed))
    (event,) = rows(TimelineEvent, verb="round_seed.revealed")
    assert event.facts["seed"] == seed.seed
    assert broken() is None


def test_what_is_committed_to_is_never_thrown_anew(night: World) -> None:
    jobs.draw_rounds(night.clock)
    before = seed_of(TODAY)
    with write() as session:
        one = session.get_one(TaskSchedule, rows(TaskSchedule)[0].id)
        one.random = COVERAGE | {"every": 300}
    jobs.draw_rounds(night.clock)
    assert (seed_of(TODAY).seed, seed_of(TODAY).draws) == (before.seed, before.draws)
    night.clock.move(timedelta(days=1))
    jobs.draw_rounds(night.clock)
    assert seed_of(TODAY + timedelta(days=2)).draws[0]["every"] == 300


def test_a_night_that_has_begun_is_not_committed_to(night: World) -> None:
    night.clock.set(NOON + timedelta(hours=9))  # nine in the evening
    jobs.draw_rounds(night.clock)
    assert [seed.local_date for seed in rows(RoundSeed)] == [TODAY + timedelta(days=1)]


def test_rounds_that_never_stop_go_on_over_midnight(garden: World) -> None:
    around = {"every": 120, "minutes": 30, "begins": 0, "ends": 1440, "grace": 10}
    a_schedule(garden, (0, 1440), trigger=Trigger.RANDOM, random=around)
    for _ in range(3):
        jobs.draw_rounds(garden.clock)
        garden.clock.move(timedelta(days=1))
    seeds = sorted(rows(RoundSeed), key=lambda seed: seed.local_date)
    assert [seed.draws[0]["since"] is None for seed in seeds] == [True, False, False]
    opens = [one for seed in seeds for one in drawn(seed)]
    gaps = [after - before for before, after in pairwise(opens)]
    assert all(timedelta(minutes=30) <= gap <= timedelta(minutes=90) for gap in gaps)


def test_what_passed_while_the_server_was_away_is_nobodys_fault(night: World) -> None:
    jobs.draw_rounds(night.clock)
    night.clock.set(max(drawn(seed_of(TODAY))) + timedelta(minutes=31))
    jobs.draw_rounds(night.clock)
    made = rows(Occurrence, local_date=TODAY)
    assert len(made) == len(drawn(seed_of(TODAY)))
    assert all(one.withdrawn_at for one in made)
    assert broken() is None


@pytest.mark.parametrize("what", ["seed", "draw", "moved", "added", "removed", "gone"])
def test_verify_finds_what_was_changed(night: World, what: str, database: Path) -> None:
    jobs.draw_rounds(night.clock)
    sweep_through(night, seed_of(TODAY).over_at + timedelta(minutes=1), timedelta(minutes=4))
    jobs.draw_rounds(night.clock)
    assert broken() is None
    with write() as session:
        seed = session.get_one(RoundSeed, seed_of(TODAY).id)
        one = session.get_one(Occurrence, rows(Occurrence, local_date=TODAY)[0].id)
        if what == "seed":
            seed.seed = "ab" * 32
        if what == "draw":
            seed.draws = [seed.draws[0] | {"every": 240}]
        if what == "moved":
            one.opens_at += timedelta(minutes=5)
        if what == "removed":
            session.delete(one)
        if what == "gone":
            session.delete(seed)
        if what == "added":
            session.add(
                Occurrence(
                    id=derived_id("forged"),
                    site_id=one.site_id,
                    route_id=one.route_id,
                    local_date=TODAY,
                    kind="random",
                    opens_at=one.opens_at + timedelta(minutes=7),
                    closes_at=one.closes_at,
                )
            )
    found = broken()
    assert (found.kind, found.why) == ("round_seed", "gone" if what == "gone" else "content")


def test_a_seed_that_is_in_no_chain_is_found(night: World) -> None:
    jobs.draw_rounds(night.clock)
    with write() as session:
        seed = seed_of(TODAY)
        forged = RoundSeed(
            **seed.model_dump() | {"id": derived_id("forged"), "local_date": date(2026, 3, 1)}
        )
        session.add(forged)
    found = broken()
    assert (found.kind, found.why) == ("round_seed", "unchained")
