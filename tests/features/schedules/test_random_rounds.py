"""Random rounds reach every point often enough, whatever the seed, and can be drawn again."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propapp.core.dates.chance import DAY, GRAIN, Coverage, Draw, commitment, openings
from propapp.core.errors import CoverageImpossible
from propapp.core.ids import derived_id

SCHEDULE = derived_id("schedule", "night")
MONDAY = date(2026, 3, 9)
seeds = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")


@st.composite
def coverages(draw: st.DrawFn, *, never_stops: bool) -> Coverage:
    minutes = draw(st.integers(1, 24)) * GRAIN
    every = 2 * minutes + draw(st.integers(0, 40)) * GRAIN
    begins = draw(st.integers(0, 287)) * GRAIN
    span = DAY if never_stops else draw(st.integers(minutes // GRAIN, 287)) * GRAIN
    return Coverage(every, minutes, begins, begins + span)


@given(seed=seeds, coverage=coverages(never_stops=False))
def test_within_a_shift_no_point_waits_too_long(seed: str, coverage: Coverage) -> None:
    opens = openings(seed, MONDAY, Draw(SCHEDULE, coverage))
    closes = [one + coverage.minutes for one in opens]
    # The worst walk: reached at once in one round, at the last minute in the next.
    assert closes[0] - coverage.begins <= coverage.every
    assert all(
        close - before <= coverage.every for before, close in zip(opens, closes[1:], strict=False)
    )
    assert coverage.ends - opens[-1] <= coverage.every
    assert closes[-1] <= coverage.ends
    assert all(after - before >= coverage.minutes for before, after in itertools.pairwise(opens))
    assert all(one % GRAIN == 0 and one >= coverage.begins for one in opens)


@given(days=st.lists(seeds, min_size=3, max_size=6), coverage=coverages(never_stops=True))
def test_around_the_clock_no_point_waits_too_long_over_midnight_either(
    days: list[str], coverage: Coverage
) -> None:
    opens: list[int] = []
    since: int | None = None
    for number, seed in enumerate(days):
        day = MONDAY + timedelta(days=number)
        drawn = openings(seed, day, Draw(SCHEDULE, coverage, since))
        opens += [number * DAY + one for one in drawn]
        since = drawn[-1] - DAY
    for before, after in itertools.pairwise(opens):
        assert coverage.minutes <= after - before
        assert after + coverage.minutes - before <= coverage.every


@given(seed=seeds, other=seeds)
def test_only_the_seed_decides(seed: str, other: str) -> None:
    draw = Draw(SCHEDULE, Coverage(every=120, minutes=30))
    assert openings(seed, MONDAY, draw) == openings(seed, MONDAY, Draw.of(draw.said()))
    if seed != other:
        assert openings(seed, MONDAY, draw) != openings(other, MONDAY, draw)


def test_another_day_and_another_route_are_drawn_apart() -> None:
    draw = Draw(SCHEDULE, Coverage(every=120, minutes=30))
    seed = "5e" * 32
    assert openings(seed, MONDAY, draw) != openings(seed, MONDAY + timedelta(days=1), draw)
    elsewhere = Draw(derived_id("schedule", "garage"), draw.coverage)
    assert openings(seed, MONDAY, draw) != openings(seed, MONDAY, elsewhere)


def test_the_commitment_binds_the_seed_and_what_is_drawn() -> None:
    site, draw = derived_id("site"), Draw(SCHEDULE, Coverage(every=120, minutes=30))
    seed, said = "5e" * 32, [draw.said()]
    kept = commitment(seed, site, MONDAY, said)
    assert kept == commitment(seed, site, MONDAY, [Draw.of(draw.said()).said()])
    easier = [Draw(SCHEDULE, Coverage(every=240, minutes=30)).said()]
    changed = {
        commitment("5f" * 32, site, MONDAY, said),
        commitment(seed, derived_id("other"), MONDAY, said),
        commitment(seed, site, MONDAY + timedelta(days=1), said),
        commitment(seed, site, MONDAY, easier),
    }
    assert len(changed) == 4
    assert kept not in changed


@pytest.mark.parametrize(
    "coverage",
    [
        Coverage(every=50, minutes=30),
        Coverage(every=121, minutes=30),
        Coverage(every=120, minutes=0),
        Coverage(every=120, minutes=30, begins=600, ends=615),
        Coverage(every=120, minutes=30, begins=0, ends=DAY + 5),
        Coverage(every=120, minutes=30, begins=-5),
    ],
)
def test_what_cannot_be_promised_is_refused(coverage: Coverage) -> None:
    with pytest.raises(CoverageImpossible):
        coverage.refuse_impossible()
