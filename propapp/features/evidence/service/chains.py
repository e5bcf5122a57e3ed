"""Checking all chains, writing down the heads of days, and giving them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from propapp.core.clock import Clock, SystemClock
from propapp.core.db.insert import insert_missing
from propapp.core.evidence.chain import append
from propapp.core.evidence.links import Thing
from propapp.core.evidence.models import EvidenceDay, EvidenceKind
from propapp.core.stores import PhotoStore
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.evidence import repository
from propapp.features.evidence.checking import Broken, KeptHeads, Walk, unchained
from propapp.features.evidence.rules import refused_thing, second_thing
from propapp.features.photos.evidence import chain_photos
from propapp.features.schedules.rules import days, local_day, start_of
from propapp.features.sites.models import Site

_AT_A_TIME = 500
# What had no effect is chained by the next sweep; so long it may be in no chain.
SWEPT_WITHIN = timedelta(minutes=10)
# Further back the sweep looks only while there is something left behind.
LATELY = timedelta(days=2)


@dataclass(frozen=True)
class Verdict:
    """How many links hold, and the first that does not, if there is one."""

    links: int
    broken: Broken | None = None


@internal
def verify(
    session: Session,
    store: PhotoStore,
    tell: Callable[[int], None] = lambda _links: None,
    *,
    kept: KeptHeads | None = None,
    clock: Clock | None = None,
) -> Verdict:
    """Check every link, what it vouches for, and that nothing is left out; memory is bounded.

    What had no effect is chained by the sweep: some minutes may pass until it has to be there.
    """
    checked = 0
    for site in repository.chained_sites(session):
        walk = _walk(session, store, site, tell, kept or {})
        broken = walk.first_broken()
        checked += walk.n
        if broken:
            return Verdict(checked, replace(broken, site=site.code))
    before = (clock or SystemClock()).now() - SWEPT_WITHIN
    return Verdict(checked, unchained(session, before=before))


def _walk(
    session: Session, store: PhotoStore, site: Site, tell: Callable[[int], None], kept: KeptHeads
) -> Walk:
    # Those kept elsewhere count more than those beside the chain.
    own = {day.n: day.hash for day in repository.days_of(session, site.id)}
    return Walk(session, store, site.id, tell, own | dict(kept.get(site.id, {})))


@internal
def keep_heads(uow: UnitOfWork) -> int:
    """Write down where each chain stood at the end of every day that is over."""
    made = [
        head
        for site in repository.chained_sites(uow.session)
        for day in _days_over(uow, site)
        if (head := _head(uow, site, day))
    ]
    insert_missing(uow.session, made)
    return len(made)


@internal
def chain_left_behind(uow: UnitOfWork) -> int:
    """Chain photos whose bytes and whose naming crossed, and whatever arrived without effect."""
    found: dict[UUID, list[str]] = {}
    for site_id, sha256 in repository.unchained_photos(uow.session, limit=_AT_A_TIME):
        found.setdefault(site_id, []).append(sha256)
    for site_id in sorted(found):
        chain_photos(uow, site_id, found[site_id])
    return sum(map(len, found.values())) + _chain_without_effect(uow)


def _chain_without_effect(uow: UnitOfWork) -> int:
    """Refused and held operations at the site of their run or order, else at their person's."""
    refused = repository.refused_left_behind(uow.session, lately=uow.now - LATELY, limit=_AT_A_TIME)
    seconds = repository.seconds_left_behind(uow.session, limit=_AT_A_TIME)
    if not refused and not seconds:
        return 0
    threads = repository.sites_of_threads(uow.session, {one.thread_id for one in refused})
    people = repository.first_sites_of(uow.session, {one.person_id for one in (*refused, *seconds)})
    fallback = repository.first_site(uow.session)
    made: defaultdict[tuple[UUID, EvidenceKind], list[Thing]] = defaultdict(list)
    for one in refused:
        site_id = threads.get(one.thread_id) or people.get(one.person_id) or fallback
        if site_id:
            thing = refused_thing(one)
            made[site_id, thing.kind].append(thing)
    for one in seconds:
        if site_id := people.get(one.person_id) or fallback:
            made[site_id, EvidenceKind.SECOND].append(second_thing(one))
    for site_id, kind in sorted(made):
        append(uow, site_id, made[site_id, kind])
    return sum(map(len, made.values()))


def _days_over(uow: UnitOfWork, site: Site) -> list[date]:
    yesterday = local_day(uow.now, site.zone) - timedelta(days=1)
    last = repository.last_day(uow.session, site.id)
    if last is not None:
        return list(days(last + timedelta(days=1), yesterday))
    first = repository.first_link(uow.session, site.id)
    return list(days(local_day(first.at, site.zone), yesterday)) if first else []


def _head(uow: UnitOfWork, site: Site, day: date) -> EvidenceDay | None:
    end = start_of(day + timedelta(days=1), site.zone)
    link = repository.last_link_before(uow.session, site.id, end)
    return EvidenceDay(site_id=site.id, day=day, n=link.n, hash=link.hash) if link else None
