"""What the seeds of random rounds hash to in their site's chain, and whether they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.dates.chance import Draw, commitment, openings
from propapp.core.evidence.links import Thing, digest, facts
from propapp.core.evidence.models import EvidenceKind
from propapp.core.ids import derived_id
from propapp.features.schedules.models import Occurrence, RoundSeed, TaskSchedule, Trigger
from propapp.features.schedules.rules import DatedWindow, dated
from propapp.features.sites.models import Site
from propapp.features.sites.repository import challenges_by_id
from propapp.features.sites.rules import challenge_digest

_SAID = ("id", "site_id", "local_date", "commitment")


def seed_thing(seed: RoundSeed) -> Thing:
    """The commitment, to be chained before the day."""
    return Thing(EvidenceKind.ROUND_SEED, str(seed.id), _digest(seed))


def _digest(seed: RoundSeed) -> str:
    said = facts(seed, _SAID) | {"local_date": seed.local_date.isoformat()}
    return digest(said)


def seed_digests(session: Session, ref_ids: Collection[str]) -> dict[str, str]:
    """What these seeds hash to now; one that its rounds do not fit hashes to nothing."""
    statement = (
        select(RoundSeed, Site)
        .join(Site, col(Site.id) == RoundSeed.site_id)
        .where(col(RoundSeed.id).in_([UUID(ref_id) for ref_id in ref_ids]))
    )
    return {
        str(seed.id): _digest(seed) if _holds(session, seed, site) else "broken"
        for seed, site in session.exec(statement)
    }


def _holds(session: Session, seed: RoundSeed, site: Site) -> bool:
    bound = commitment(seed.seed, seed.site_id, seed.local_date, seed.draws, seed.challenges)
    fits = _challenges_fit(session, seed) and _rounds_fit(session, seed, site)
    return bound == seed.commitment and fits


def _challenges_fit(session: Session, seed: RoundSeed) -> bool:
    """Every challenge that was bound has the words, answers and right answer it had then."""
    pool = (seed.challenges or {}).get("pool", {})
    bound = {UUID(one["id"]): one["sha256"] for asked in pool.values() for one in asked}
    stored = challenges_by_id(session, bound) if bound else {}
    return bound == {found: challenge_digest(one) for found, one in stored.items()}


def _rounds_fit(session: Session, seed: RoundSeed, site: Site) -> bool:
    """Every random round of the day was drawn, and once it is over every drawn one was shown."""
    drawn = set[tuple[UUID, DatedWindow]]()
    scheduled = [Draw.of(said).schedule_id for said in seed.draws]
    routes = dict(
        session.exec(
            select(TaskSchedule.id, TaskSchedule.route_id).where(
                col(TaskSchedule.id).in_(scheduled)
            )
        ).all()
    )
    for draw, window in drawn_rounds(seed, site.zone):
        drawn.add((routes[draw.schedule_id], window))
    wanted = {
        derived_id("occurrence", route, window.name): (window.opens_at, window.closes_at)
        for route, window in drawn
    }
    statement = select(Occurrence.id, Occurrence.opens_at, Occurrence.closes_at).where(
        Occurrence.site_id == seed.site_id,
        Occurrence.local_date == seed.local_date,
        Occurrence.kind == Trigger.RANDOM.value,
    )
    shown = {found: (opens, closes) for found, opens, closes in session.exec(statement)}
    if any(wanted.get(found) != times for found, times in shown.items()):
        return False
    return seed.revealed_at is None or shown.keys() == wanted.keys()


def drawn_rounds(seed: RoundSeed, zone: str) -> Iterator[tuple[Draw, DatedWindow]]:
    """The rounds of the day as its seed draws them."""
    for draw in map(Draw.of, seed.draws):
        for opens in openings(seed.seed, seed.local_date, draw):
            minutes = draw.coverage.minutes
            yield draw, dated(seed.local_date, opens=opens, minutes=minutes, zone=zone)
