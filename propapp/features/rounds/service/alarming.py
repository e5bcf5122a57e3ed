"""Telling of a round that nobody begins, step by step, and taking it back when it was walked.

Five minutes after the window closed whoever is on duty is told, then their supervisors, then the
managers. Where no phone of theirs was heard for some time, and none after the window, that is said
instead: whoever has it may be walking, and the record may still come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from propapp.core.access import Role
from propapp.core.ids import derived_id
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.messages.service import About, tell
from propapp.features.rosters import repository as rosters
from propapp.features.rosters.models import DutyRules
from propapp.features.rounds import repository
from propapp.features.rounds.models import LADDER, Alarm, AlarmStep, Run
from propapp.features.rounds.repository import Silent
from propapp.features.schedules.models import Occurrence

# What happened before a server was away for a day is history, not an alarm.
LOOK_BACK = timedelta(days=1)
# A phone greets whenever it is taken in hand, has something to send or comes back to the network;
# one that did not for so long is in a pocket or out of reach.
QUIET = timedelta(minutes=10)
_AT_A_TIME = 500


@dataclass(frozen=True)
class _Scene:
    """All that is needed to tell of many rounds, asked for once."""

    rules: Mapping[UUID, DutyRules]
    posts: rosters.Posts
    heard: Mapping[UUID, repository.Heard]

    def walkers(self, silent: Silent) -> frozenset[UUID]:
        """Who should have begun the round."""
        one, route, site = silent
        return self.posts.walkers(site.id, route.role, one.opens_at, one.closes_at, site.zone)

    def told(self, silent: Silent, step: AlarmStep) -> frozenset[UUID]:
        """Whom this step is for."""
        if step is AlarmStep.WALKER:
            return self.walkers(silent)
        role = Role.SUPERVISOR if step is AlarmStep.SUPERVISOR else Role.MANAGER
        return self.posts.of(silent.site.id, role)

    def offline_since(self, silent: Silent, now: datetime) -> datetime | None:
        """When any phone of theirs was last heard, if none was for long and none after the window.

        Where nobody is on the roster these are all of the post: one phone that is heard speaks for
        all, since nobody can say whose round it was.
        """
        last = [heard.at for who in self.walkers(silent) if (heard := self.heard.get(who))]
        if not last or max(last) > silent.occurrence.last_call or now - max(last) < QUIET:
            return None
        return max(last)

    def is_back(self, silent: Silent) -> bool:
        """Whether a phone of theirs was heard after the window, with nothing left to send."""
        heard = [heard for who in self.walkers(silent) if (heard := self.heard.get(who))]
        late = [one for one in heard if one.at > silent.occurrence.last_call]
        return bool(late) and not any(one.pending for one in heard)


@internal
def raise_alarms(uow: UnitOfWork) -> list[Occurrence]:
    """Take every step of the ladder that is due; no step is ever taken twice."""
    silent = repository.silent(uow.session, uow.now, uow.now - LOOK_BACK, limit=_AT_A_TIME)
    if not silent:
        return []
    scene = _scene(uow, silent)
    # Whoever was told of a phone hears that it is back before the next step tells others.
    return [one.occurrence for one in silent if _confirm(uow, scene, one) | _climb(uow, scene, one)]


def _scene(uow: UnitOfWork, silent: Collection[Silent]) -> _Scene:
    sites = {one.site.id for one in silent}
    roles = {one.route.role for one in silent} | {Role.SUPERVISOR, Role.MANAGER}
    opened = [one.occurrence.opens_at for one in silent]
    days = rosters.days_around(min(opened), uow.now)
    posts = rosters.posts_at(uow.session, sites, roles, days)
    people = frozenset[UUID]().union(*posts.holders.values())
    return _Scene(
        rosters.rules_of(uow.session, sites), posts, repository.heard_of(uow.session, people)
    )


def _climb(uow: UnitOfWork, scene: _Scene, silent: Silent) -> bool:
    """Take the steps whose minutes have passed."""
    one = silent.occurrence
    passed = (uow.now - one.closes_at) / timedelta(minutes=1)
    minutes = scene.rules[silent.site.id].ladder[: len(LADDER)]
    due = sum(passed >= after for after in minutes)
    if due <= one.alarmed:
        return False
    one.offline_since = scene.offline_since(silent, uow.now)
    for step in LADDER[one.alarmed : due]:
        _tell(uow, silent, step, scene.told(silent, step))
    one.alarmed = due
    uow.session.add(one)
    since = one.offline_since.isoformat() if one.offline_since else ""
    _record(uow, one, "alarmed", step=LADDER[due - 1].value, offline_since=since)
    return True


def _confirm(uow: UnitOfWork, scene: _Scene, silent: Silent) -> bool:
    """The phone that was offline is back and brought no round: then it was missed."""
    one = silent.occurrence
    if one.offline_since is None or one.missed_at is None or not scene.is_back(silent):
        return False
    one.offline_since = None
    uow.session.add(one)
    told = repository.alarmed_people(uow.session, one.id)
    _tell(uow, silent, AlarmStep.CONFIRMED, told - scene.walkers(silent))
    _record(uow, one, "confirmed_missed")
    return True


def _tell(uow: UnitOfWork, silent: Silent, step: AlarmStep, people: Iterable[UUID]) -> None:
    one, route, site = silent
    people = frozenset(people)
    _keep(uow, one, step, people)
    tell(
        uow,
        people,
        _kind(uow, one, step),
        about=About(site.id, "occurrence", one.id),
        route=route.name,
        route_en=route.name_en or route.name,
        opens_at=one.opens_at.isoformat(),
        closes_at=one.closes_at.isoformat(),
        window=f"{_clock(one.opens_at, site.zone)}–{_clock(one.closes_at, site.zone)}",
        since=_clock(one.offline_since, site.zone) if one.offline_since else "",
    )


def _kind(uow: UnitOfWork, one: Occurrence, step: AlarmStep) -> str:
    if step is AlarmStep.CONFIRMED:
        return "round.confirmed"
    # Until its grace is over it may still be begun in time.
    if step is AlarmStep.WALKER or uow.now <= one.last_call:
        return "round.late"
    return "round.offline" if one.offline_since else "round.missed"


def _keep(uow: UnitOfWork, one: Occurrence, step: AlarmStep, people: Iterable[UUID]) -> None:
    """The unique key of these rows is why nobody is ever told the same thing twice."""
    uow.session.add_all(
        Alarm(
            id=derived_id("alarm", one.id, step.value, person_id),
            occurrence_id=one.id,
            step=step,
            person_id=person_id,
            at=uow.now,
            offline_since=one.offline_since,
        )
        for person_id in sorted(people)
    )


def _clock(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def _record(uow: UnitOfWork, one: Occurrence, past: str, **facts: str) -> None:
    record(
        uow,
        f"occurrence.{past}",
        site_id=one.site_id,
        thing_kind="occurrence",
        thing_id=one.id,
        **facts,
    )


@internal
def make_good(uow: UnitOfWork, one: Occurrence, run: Run) -> None:
    """A phone without network came back: the round was begun in time, and nobody need worry."""
    missed_at, one.missed_at, one.offline_since = one.missed_at, None, None
    uow.session.add(one)
    _record(
        uow,
        one,
        "made_good",
        run_id=str(run.id),
        missed_at=missed_at.isoformat() if missed_at else "",
    )
    told = repository.alarmed_people(uow.session, one.id) if one.alarmed else frozenset[UUID]()
    told -= repository.told(uow.session, one.id, AlarmStep.WITHDRAWN) | {run.person_id}
    if not told:
        return
    route, site = repository.whereabouts(uow.session, one)
    _keep(uow, one, AlarmStep.WITHDRAWN, told)
    tell(
        uow,
        told,
        "round.made_good",
        about=About(one.site_id, "occurrence", one.id),
        route=route.name,
        route_en=route.name_en or route.name,
        started=_clock(run.started_at, site.zone),
        learnt=_clock(uow.now, site.zone),
    )
