"""Which challenges the seed of a day draws from, and for which walks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.evidence.lots import asked_at, walk_key
from propapp.core.ids import derived_id
from propapp.core.settings import settings
from propapp.features.schedules.models import Occurrence, RoundSeed
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.rules import challenge_digest

# A phone learns of a round a day ahead. Who last asked before the seed was bound may not know it.
KNOWN_FOR = timedelta(hours=23)


def prepared(session: Session) -> Sequence[tuple[dict[str, Any], Site]]:
    """All that is prepared, as a seed commits to it, by site; for the house's own sweep."""
    there = sites.sites_with_challenges(session)
    pools: defaultdict[UUID, dict[str, list[dict[str, str]]]] = defaultdict(dict)
    for one in sites.challenges_at(session, [site.id for site in there]):
        said = {"id": str(one.id), "sha256": challenge_digest(one)}
        pools[one.site_id].setdefault(str(one.checkpoint_id), []).append(said)
    one_in = settings().challenge_one_in
    return [({"one_in": one_in, "pool": pools[site.id]}, site) for site in there]


def seed_id(site_id: UUID, day: date) -> UUID:
    """The id of the seed of a site's day."""
    return derived_id("round_seed", site_id, day.isoformat())


def draws_for(seed: RoundSeed | None, occurrence: Occurrence) -> bool:
    """Whether the seed draws challenges for this round: it was bound before the round opened."""
    if seed is None or not seed.challenges:
        return False
    return seed.committed_at <= occurrence.opens_at


def key_of(seed: RoundSeed | None, occurrence: Occurrence, person_id: UUID) -> str:
    """What the phone of this person draws from on this round; empty where nothing is drawn."""
    if seed is None or not draws_for(seed, occurrence):
        return ""
    return walk_key(seed.seed, occurrence.id, person_id)


def drawn(
    seed: RoundSeed | None, occurrence: Occurrence, person_id: UUID, checkpoint_id: UUID
) -> UUID | None:
    """The challenge that this person is asked at this checkpoint on this round, if any."""
    key = key_of(seed, occurrence, person_id)
    if seed is None or seed.challenges is None or not key:
        return None
    found = asked_at(seed.challenges, key, checkpoint_id)
    return UUID(found["id"]) if found else None


def is_known(seed: RoundSeed, occurrence: Occurrence) -> bool:
    """Whether every phone that knows of the round has its challenges as well."""
    return seed.committed_at <= occurrence.opens_at - KNOWN_FOR


def seeds_of(session: Session, occurrences: Collection[Occurrence]) -> dict[UUID, RoundSeed]:
    """The seeds of the days that these rounds are of, by the id of the round."""
    wanted = {one.id: seed_id(one.site_id, one.local_date) for one in occurrences}
    statement = select(RoundSeed).where(col(RoundSeed.id).in_(set(wanted.values())))
    found = {seed.id: seed for seed in session.exec(statement)}
    return {one: found[seed] for one, seed in wanted.items() if seed in found}
