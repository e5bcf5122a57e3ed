"""At whatever hour somebody tries the demo, there is something for them to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from propapp.core.timeline import TimelineEvent
from propapp.demo.era import Era
from propapp.demo.fates import Fate, Round, decide
from propapp.demo.ground import lay_out
from propapp.demo.plan import draw_up
from propapp.demo.rows import Rows
from propapp.demo.world import World, imagine
from propapp.features.photos.models import PhotoUse
from propapp.features.rounds.models import Run, RunStatus, Visit
from propapp.features.schedules.rules import OccurrenceState, state_of
from tests import cast

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_guard_has_an_open_round_at_any_time_of_day() -> None:
    midnight = datetime(2026, 3, 10, tzinfo=SHANGHAI)
    for hour in range(24):
        now = midnight + timedelta(hours=hour)
        fates = fates_at(now)
        (patrol,) = [one for one in fates if one.way.key == "patrol" and one.fate is Fate.OPEN]
        assert state_of(patrol.occurrence, now=now) is OccurrenceState.OPEN
        running = [one.walker for one in fates if one.fate is Fate.RUNNING]
        assert running == [cast.wu]
        assert any(one.fate is Fate.AHEAD for one in fates)


def fates_at(now: datetime) -> list[Round]:
    era, made = Era.seen_from(now), Rows()
    plan = draw_up(made, lay_out(made), era)
    lately = now - timedelta(days=2)
    for way, occurrences in plan.occurrences.items():
        plan.occurrences[way] = [one for one in occurrences if one.opens_at > lately]
    return list(decide(plan, era))


@pytest.mark.parametrize("hour", [0, 5.02, 10.2, 18])
def test_nothing_lies_ahead_of_any_hour(hour: float) -> None:
    now = datetime(2026, 3, 10, tzinfo=SHANGHAI) + timedelta(hours=hour)
    world = imagine(Era.seen_from(now), password_hash="hash")  # noqa: S106
    for model, column in ((TimelineEvent, "received_at"), (Visit, "received_at")):
        assert max(row[column] for row in world.rows.of(model)) <= now
    assert all(capture <= now for capture in _shutters(world))
    late = [run for run in world.rows.of(Run) if run["status"] is RunStatus.RUNNING]
    assert 1 <= len(late) <= 2


def _shutters(world: World) -> list[datetime]:
    return [use["taken_at"] for use in world.rows.of(PhotoUse)]
