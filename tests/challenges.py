"""Challenges for tests: prepared, drawn by a seed of the day, and what a phone would be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from propapp.core.ids import uuid7
from propapp.features.schedules import challenges, jobs
from propapp.features.schedules.models import Occurrence, RoundSeed
from propapp.features.sites.models import Challenge
from tests.world import World, an_occurrence, found, rows

QUESTION: dict[str, Any] = {
    "kind": "question",
    "text": "2 号水泵是什么颜色？",
    "text_en": "What colour is pump 2?",
    "right": {"text": "蓝色", "text_en": "Blue"},
    "others": [{"text": "红色", "text_en": "Red"}, {"text": "绿色", "text_en": "Green"}],
}
DETAIL: dict[str, Any] = {"kind": "detail", "text": "2 号水泵的压力表"}


def a_challenge(world: World, stop: int = 1, **values: Any) -> Challenge:
    """A question at a stop of the route, or whatever else is said."""
    made = (DETAIL if values.get("kind") == "detail" else QUESTION) | values
    point = world.checkpoints[stop - 1].id
    return world.do(
        "supervisor", "challenge.keep", challenge_id=uuid7(), checkpoint_id=point, **made
    )


def a_bound_round(world: World, *, after: timedelta = timedelta(hours=24)) -> Occurrence:
    """A round of a day whose seed was bound so long before it opened."""
    jobs.draw_rounds(world.clock)
    world.clock.move(after)
    return an_occurrence(world, opens_in=0)


def seed_of(occurrence: Occurrence) -> RoundSeed:
    """The seed that draws for this round."""
    return found(RoundSeed, challenges.seed_id(occurrence.site_id, occurrence.local_date))


def asked(world: World, occurrence: Occurrence, stop: int = 1, who: str = "guard") -> UUID | None:
    """What is drawn for this person at this stop."""
    person_id, point = world.actor(who).person_id, world.checkpoints[stop - 1].id
    return challenges.drawn(seed_of(occurrence), occurrence, person_id, point)


def said(occurrence: Occurrence, challenge_id: UUID, **values: Any) -> dict[str, Any]:
    """What an honest phone says of a challenge on this round."""
    return {"challenge_id": challenge_id, "commitment": seed_of(occurrence).commitment} | values


def right_of(challenge_id: UUID) -> int:
    """The place of the right answer."""
    (one,) = rows(Challenge, id=challenge_id)
    assert one.right is not None
    return one.right
