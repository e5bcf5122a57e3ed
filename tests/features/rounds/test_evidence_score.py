"""The score of a visit: what speaks for it, what against, and what a cheat cannot reach."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from propapp.features.rounds.evidence import POINTS, Code, Facts, Spot, metres, score

POINT = Spot(31.2304, 121.4737)
# About 11 m and 1.1 km to the north of it.
BESIDE, AWAY = Spot(31.2305, 121.4737, 12), Spot(31.2404, 121.4737, 12)
BEST = Facts(
    Code.VALID,
    dwell=60,
    here=BESIDE,
    point=POINT,
    since_previous=120,
    from_previous=80,
    photos=2,
    photos_live=2,
)


def codes(facts: Facts) -> set[str]:
    return {reason.code for reason in score(facts).reasons}


def test_all_that_can_be_shown_makes_a_hundred() -> None:
    assert score(BEST).points == 100


def test_the_points_are_those_of_the_reasons() -> None:
    for reason in score(BEST).reasons:
        assert reason.points == POINTS[reason.code]
    assert score(BEST).points == sum(reason.points for reason in score(BEST).reasons)


def test_a_photographed_code_stays_under_forty_without_the_camera_at_the_point() -> None:
    """Whatever is added at home: patience, a vague position, a false one, an old picture."""
    for code, since, dwell, suspect, here, mocked, photos, seen in product(
        Code, (None, 0, 30, 86_400), (0, 10, 600), (True, False),
        (None, replace(BESIDE, accuracy=201), AWAY, BESIDE), (True, False), (0, 1, 3), (0, 1),
    ):  # fmt: skip
        if here is BESIDE and not mocked:
            continue
        facts = Facts(
            code,
            dwell=dwell,
            clock_suspect=suspect,
            here=here,
            point=POINT,
            mocked=mocked,
            since_previous=since,
            photos=photos,
            photos_seen_before=min(seen, photos),
        )
        assert score(facts).points < 40, facts


def test_nor_does_a_picture_from_the_album_help_it() -> None:
    alone = Facts(Code.VALID, dwell=60, since_previous=60)
    for seen in (0, 1):
        helped = replace(alone, photos=1, photos_live=0, photos_seen_before=seen)
        assert score(helped).points < score(alone).points < 40


@pytest.mark.parametrize(
    ("change", "gained", "lost"),
    [
        ({"code": Code.LEGACY}, "code_legacy", "code_valid"),
        ({"code": Code.REVOKED}, "code_revoked", "code_valid"),
        ({"code": Code.HAND}, "by_hand", "code_valid"),
        ({"clock_suspect": True}, "clock_wrong", "clock_right"),
        ({"dwell": 3.9}, "dwell_short", "dwell_enough"),
        ({"since_previous": 15.9}, "pace_impossible", "pace_possible"),
        ({"since_previous": -5.0}, "pace_impossible", "pace_possible"),
        ({"since_previous": 7.9, "from_previous": None}, "pace_impossible", "pace_possible"),
        ({"here": AWAY}, "position_far", "position_near"),
        ({"here": replace(BESIDE, accuracy=201)}, "position_vague", "position_near"),
        ({"here": replace(AWAY, accuracy=5000)}, "position_vague", "position_near"),
        ({"mocked": True}, "position_mocked", "position_near"),
        ({"photos_live": 1}, "photo_not_live", "photo_live"),
        ({"photos_seen_before": 1}, "photo_seen_before", "photo_new"),
    ],
)
def test_each_doubt_costs_and_says_so(change: dict[str, object], gained: str, lost: str) -> None:
    doubted = replace(BEST, **change)  # type: ignore[arg-type]
    assert gained in codes(doubted)
    assert lost not in codes(doubted)
    assert score(doubted).points < score(BEST).points


@pytest.mark.parametrize(
    "change",
    [{"here": None}, {"point": None}, {"since_previous": None}, {"photos": 0, "photos_live": 0}],
)
def test_what_nobody_knows_speaks_neither_for_nor_against(change: dict[str, object]) -> None:
    less = replace(BEST, **change)  # type: ignore[arg-type]
    assert codes(less) < codes(BEST)


def test_it_never_leaves_the_scale() -> None:
    for code, dwell, suspect, here, since, live, seen in product(
        Code, (0, 60), (True, False), (None, BESIDE, AWAY), (None, 0, 60), (0, 1), (0, 1)
    ):
        facts = Facts(code, dwell, suspect, here, POINT, seen > 0, since, 40, 1, live, seen)
        assert 0 <= score(facts).points <= 100


def test_metres_over_the_ground() -> None:
    assert metres(POINT, POINT) == 0
    assert metres(POINT, BESIDE) == pytest.approx(11.1, abs=0.1)
    assert metres(Spot(0, 179.9995), Spot(0, -179.9995)) == pytest.approx(111.2, abs=0.5)
    assert metres(Spot(90, 0), Spot(-90, 0)) == pytest.approx(20_015_087, rel=0.001)
