"""How well a visit is shown to have happened: points for and against, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_000.0
# A phone between high walls is off by this much; a better accuracy of its own is not believed.
NEAR = 60.0
# A position that may be off by more says nothing about a point.
VAGUE = 200.0
# Nobody walks a round faster than a runner, nor leaves a point before the question is read.
RUNNING = 5.0
BREATH = 8.0
GLANCE = 4.0
# In parts of 10,000 of what a photo shows. Saved anew or made smaller, a copy is this little apart
# from the first one; so is what a hand takes from the same spot on one of very many days, and
# therefore less is wanted there. docs/likeness.md has the figures.
COPY, COPY_SAME_POINT = 50, 15
# From which score on a visit is shown well enough, and very well.
FAIR, STRONG = 40, 65


class Code(StrEnum):
    """What the code at the point was worth."""

    VALID = "valid"
    LEGACY = "legacy"
    REVOKED = "revoked"
    HAND = "hand"


@dataclass(frozen=True)
class Spot:
    """Where something is, and how far off that may be."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True)
class Facts:
    """What is known of a visit; None is what nobody knows."""

    code: Code
    dwell: float
    clock_suspect: bool = False
    here: Spot | None = None
    point: Spot | None = None
    mocked: bool = False
    since_previous: float | None = None
    from_previous: float | None = None
    photos: int = 0
    photos_live: int = 0
    photos_seen_before: int = 0
    photos_like_before: int = 0
    # What came of the challenge that was asked by lot; empty where none was.
    challenge: str = ""


@dataclass(frozen=True)
class Reason:
    """A code for the sentence ``evidence.<code>``, and its points."""

    code: str
    points: int


@dataclass(frozen=True)
class Score:
    """From 0 to 100, and why."""

    points: int
    reasons: tuple[Reason, ...]


# A photographed code, scanned at home at a believable pace, has code, pace, dwell and clock: 36.
POINTS = {
    "code_valid": 20,
    "code_legacy": 15,
    "code_revoked": 0,
    "by_hand": 0,
    "clock_right": 5,
    "clock_wrong": -15,
    "dwell_enough": 5,
    "dwell_short": -10,
    "pace_possible": 6,
    "pace_impossible": -30,
    "position_near": 30,
    "position_far": -30,
    "position_vague": 3,
    "position_mocked": -30,
    "photo_live": 17,
    "photo_not_live": -5,
    "photo_new": 17,
    "photo_seen_before": -30,
    "photo_like_before": -20,
    # One of few answers may be guessed, so a right one lifts no photographed code over 40.
    "challenge_right": 3,
    "challenge_shown": 10,
    "challenge_wrong": -20,
    "challenge_skipped": -10,
    "challenge_other": -30,
    "challenge_unbound": -5,
    "challenge_dropped": 0,
}


def score(facts: Facts) -> Score:
    """The sum of its reasons, held between 0 and 100."""
    reasons = tuple(Reason(code, POINTS[code]) for code in _codes(facts))
    total = sum(reason.points for reason in reasons)
    return Score(max(0, min(100, total)), reasons)


def is_copy(apart: int, *, same_point: bool) -> bool:
    """Whether a photo so far from an earlier one is no other photo but that one again."""
    return apart <= (COPY_SAME_POINT if same_point else COPY)


def metres(one: Spot, other: Spot) -> float:
    """The way between two spots over the ground."""
    south, north = radians(one.latitude), radians(other.latitude)
    width = radians(other.longitude - one.longitude)
    part = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(width / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, part)))


def _codes(facts: Facts) -> Iterator[str]:
    yield "by_hand" if facts.code is Code.HAND else f"code_{facts.code.value}"
    yield "clock_wrong" if facts.clock_suspect else "clock_right"
    yield "dwell_short" if facts.dwell < GLANCE else "dwell_enough"
    yield from _pace(facts)
    yield from _position(facts)
    yield from _photos(facts)
    # A phone that may not have had it, like one that was asked nothing, says nothing.
    if f"challenge_{facts.challenge}" in POINTS:
        yield f"challenge_{facts.challenge}"


def _pace(facts: Facts) -> Iterator[str]:
    if facts.since_previous is None:
        return
    least = max(BREATH, (facts.from_previous or 0.0) / RUNNING)
    yield "pace_impossible" if facts.since_previous < least else "pace_possible"


def _position(facts: Facts) -> Iterator[str]:
    if facts.mocked:
        yield "position_mocked"
        return
    if facts.here is None or facts.point is None:
        return
    away = metres(facts.here, facts.point)
    if away > max(NEAR, facts.here.accuracy):
        yield "position_far"
    elif facts.here.accuracy > VAGUE:
        yield "position_vague"
    else:
        yield "position_near"


def _photos(facts: Facts) -> Iterator[str]:
    """A picture counts when all of them are the camera's own and none was ever shown before."""
    if not facts.photos:
        return
    if facts.photos_seen_before:
        yield "photo_seen_before"
    if facts.photos_like_before:
        yield "photo_like_before"
    is_live = facts.photos_live == facts.photos
    yield "photo_live" if is_live else "photo_not_live"
    if is_live and not facts.photos_seen_before and not facts.photos_like_before:
        yield "photo_new"
