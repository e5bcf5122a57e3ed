"""Random rounds and challenges: committed to before their day, proved when it is over.

The hash of a day's seed, and of all that is drawn by it, is chained the day before. No row of a
round exists before it opens, so that no page, phone or export can show it early. When the day is
over the seed is told, and anybody can draw the same times again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from propapp.core.dates import timetable
from propapp.core.dates.chance import DAY, Coverage, Draw, commitment, openings
from propapp.core.dates.workdays import Calendar
from propapp.core.db.insert import insert_missing
from propapp.core.evidence.chain import append
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.schedules import challenges, repository, rules
from propapp.features.schedules.horizon import occurrence_at
from propapp.features.schedules.models import Occurrence, RoundSeed, TaskSchedule
from propapp.features.schedules.seeds import drawn_rounds, seed_thing
from propapp.features.sites.models import Site

_DAY = timedelta(days=1)

Scheduled = Sequence[tuple[TaskSchedule, Site]]


@internal
def commit_seeds(uow: UnitOfWork) -> list[RoundSeed]:
    """Throw and commit to the seeds of today and tomorrow; what is committed is never thrown anew.

    A schedule that is new or revised takes effect on the first day not committed to yet.
    """
    scheduled = repository.random_schedules(uow.session)
    prepared = challenges.prepared(uow.session)
    sites = {site.id: site for _, site in (*scheduled, *prepared)}
    if not sites:
        return []
    calendar = repository.calendar(uow.session)
    pools = {site.id: pool for pool, site in prepared}
    known = repository.seeds_since(uow.session, uow.now.date() - 3 * _DAY)
    kept = {(one.site_id, one.local_date): one for one in known}
    made: list[RoundSeed] = []
    for site in sites.values():
        own = [schedule for schedule, where in scheduled if where.id == site.id]
        today = rules.local_day(uow.now, site.zone)
        for day in (today, today + _DAY):
            if (site.id, day) in kept:
                continue
            draws = _draws(uow, own, calendar, site, day, kept.get((site.id, day - _DAY)))
            pool = pools.get(site.id)
            if draws or pool:
                kept[site.id, day] = seed = _seed(uow, site, day, draws, pool)
                made.append(seed)
    return made


def _draws(  # noqa: PLR0913, PLR0917 - what a day's draws depend on
    uow: UnitOfWork,
    schedules: Sequence[TaskSchedule],
    calendar: Calendar,
    site: Site,
    day: date,
    before: RoundSeed | None,
) -> list[Draw]:
    found: list[Draw] = []
    for schedule in schedules:
        window = next(timetable.openings(schedule, calendar, day, day), None)
        if window is None or schedule.random is None:
            continue
        coverage = Coverage(**schedule.random)
        begins = rules.dated(day, opens=coverage.begins, minutes=DAY, zone=site.zone).opens_at
        since = _since(schedule, coverage, day, before)
        # Nobody commits to what may have begun already.
        if begins > uow.now or since is not None:
            found.append(Draw(schedule.id, coverage, since))
    return found


def _since(
    schedule: TaskSchedule, coverage: Coverage, day: date, before: RoundSeed | None
) -> int | None:
    """The last opening of the day before, where one day's rounds go on into the next."""
    if before is None or not coverage.never_stops:
        return None
    for draw in map(Draw.of, before.draws):
        if draw.schedule_id == schedule.id and draw.coverage == coverage:
            return openings(before.seed, day - _DAY, draw)[-1] - DAY
    return None


def _seed(
    uow: UnitOfWork, site: Site, day: date, draws: Sequence[Draw], pool: dict[str, Any] | None
) -> RoundSeed:
    said: list[dict[str, Any]] = [draw.said() for draw in draws]
    thrown = secrets.token_hex(32)
    ends = [draw.coverage.ends + draw.coverage.minutes + draw.coverage.grace for draw in draws]
    # A window of the day may reach into the next one, and challenges are asked in any of them.
    last = max([*ends, 2 * DAY] if pool else ends)
    seed = RoundSeed(
        id=challenges.seed_id(site.id, day),
        site_id=site.id,
        local_date=day,
        seed=thrown,
        draws=said,
        challenges=pool,
        commitment=commitment(thrown, site.id, day, said, pool),
        committed_at=uow.now,
        over_at=rules.dated(day, opens=last, minutes=DAY, zone=site.zone).opens_at,
    )
    uow.session.add(seed)
    uow.session.flush()
    append(uow, site.id, [seed_thing(seed)])
    _tell(uow, seed, "committed", commitment=seed.commitment)
    return seed


@internal
def release_rounds(uow: UnitOfWork) -> int:
    """Let the rounds that open now exist; what passed while the server was away is withdrawn."""
    found: list[Occurrence] = []
    for seed, site in repository.running_seeds(uow.session):
        schedules = repository.schedules_of(uow.session, seed)
        for draw, drawn in drawn_rounds(seed, site.zone):
            schedule = schedules.get(draw.schedule_id)
            if schedule is None or drawn.opens_at > uow.now:
                continue
            one = occurrence_at(
                schedule,
                day=seed.local_date,
                opens_at=drawn.opens_at,
                closes_at=drawn.closes_at,
                grace=draw.coverage.grace,
            )
            one.withdrawn_at = _withdrawn(uow, schedule, drawn.closes_at)
            found.append(one)
    known = repository.known_occurrences(uow.session, [one.id for one in found])
    fresh = [one for one in found if one.id not in known]
    insert_missing(uow.session, fresh)
    for one in fresh:
        uow.ring(one.site_id)
    return len(fresh)


def _withdrawn(uow: UnitOfWork, schedule: TaskSchedule, closes_at: datetime) -> datetime | None:
    """A round that nobody could know of, or that was stopped, is nobody's fault."""
    return uow.now if closes_at <= uow.now or not schedule.active else None


@internal
def reveal_seeds(uow: UnitOfWork) -> list[RoundSeed]:
    """Tell the seeds of the days that are over."""
    over = repository.seeds_over(uow.session, uow.now)
    for seed in over:
        seed.revealed_at = uow.now
        uow.session.add(seed)
        _tell(uow, seed, "revealed", commitment=seed.commitment, seed=seed.seed)
    return list(over)


def _tell(uow: UnitOfWork, day: RoundSeed, past: str, **facts: str) -> None:
    record(
        uow,
        f"round_seed.{past}",
        site_id=day.site_id,
        thing_kind="round_seed",
        thing_id=day.id,
        day=day.local_date.isoformat(),
        **facts,
    )
