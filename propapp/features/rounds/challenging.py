"""What came of a challenge at a visit: pure rules, over what was drawn and what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from propapp.features.rounds.commands import GivenChallenge
from propapp.features.rounds.models import Visit
from propapp.features.sites.models import Challenge, ChallengeKind


class Outcome(StrEnum):
    """What came of it; ``unknown`` where the phone may not have had it yet."""

    RIGHT = "right"
    WRONG = "wrong"
    SHOWN = "shown"
    SKIPPED = "skipped"
    # Another one than was drawn, or one where nothing was.
    OTHER = "other"
    # Drawn from a seed that this house does not know: it went back to a backup, or it is made up.
    UNBOUND = "unbound"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


def outcome(
    asked: Challenge | None,
    given: GivenChallenge | None,
    *,
    bound_by: str,
    known: bool,
    dropped: bool,
) -> Outcome | None:
    """What came of it; None where nothing was asked and nothing was sent.

    ``bound_by`` is the commitment of the day's seed, empty where there is none. ``known`` says that
    every phone that knew of the round had its challenges as well.
    """
    if given is None:
        if asked is None:
            return None
        return Outcome.SKIPPED if known and not dropped else Outcome.UNKNOWN
    if given.commitment != bound_by:
        return Outcome.UNBOUND
    if asked is None or given.challenge_id != asked.id:
        return Outcome.OTHER
    if dropped:
        return Outcome.DROPPED
    return _answered(asked, given)


def _answered(asked: Challenge, given: GivenChallenge) -> Outcome:
    if asked.kind is ChallengeKind.DETAIL:
        return Outcome.SHOWN if given.photos else Outcome.SKIPPED
    if given.choice is None:
        return Outcome.SKIPPED
    return Outcome.RIGHT if given.choice == asked.right else Outcome.WRONG


def named_in(visits: Iterable[Visit]) -> set[UUID]:
    """The challenges that these visits were asked or answered."""
    kept_all = [visit.challenge for visit in visits if visit.challenge]
    return {UUID(one[name]) for one in kept_all for name in ("asked", "given") if one[name]}


def kept(
    asked: UUID | None, given: GivenChallenge | None, came: Outcome | None
) -> dict[str, Any] | None:
    """As it is stored with the visit and sealed with its run."""
    if came is None:
        return None
    return {
        "asked": str(asked) if asked else None,
        "given": str(given.challenge_id) if given else None,
        "choice": given.choice if given else None,
        "outcome": came.value,
    }
