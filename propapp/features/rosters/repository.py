"""Shifts, rosters, leave and swaps the actor may see, and who is on duty when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, select

from propapp.core.access import Actor, Permission, Role
from propapp.core.repository import VisibleRows
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.rosters.duty import Duty, Turn, Worker
from propapp.features.rosters.models import (
    AskStatus,
    DutyRules,
    Leave,
    OnDuty,
    RosterDay,
    Shift,
    Swap,
)
from propapp.features.schedules.rules import days
from propapp.features.sites.models import Site


def rules_of(session: Session, sites: Collection[UUID]) -> Mapping[UUID, DutyRules]:
    """The figures of each of these sites, the usual ones where a site has none of its own."""
    own = session.exec(select(DutyRules).where(col(DutyRules.site_id).in_(sites)))
    return {site: DutyRules(site_id=site) for site in sites} | {one.site_id: one for one in own}


@dataclass(frozen=True)
class Posts:
    """Who holds which post at some sites, and who of them is on duty."""

    holders: Mapping[tuple[UUID, Role], frozenset[UUID]]
    duties: Sequence[OnDuty]

    def of(self, site_id: UUID, role: Role) -> frozenset[UUID]:
        """Everybody who holds the post."""
        return self.holders.get((site_id, role), frozenset())

    def walkers(
        self, site_id: UUID, role: Role, first: datetime, last: datetime, zone: str
    ) -> frozenset[UUID]:
        """Who of the post is on duty at some time of this stretch; without a roster, all."""
        here = [one for one in self.duties if one.shift.site_id == site_id]
        on_duty = {
            one.roster_day.person_id
            for one in here
            if one.shift.role == role and _meets(one, _local(first, zone), _local(last, zone))
        }
        return frozenset(on_duty & self.of(site_id, role)) or self.of(site_id, role)


def posts_at(
    session: Session, sites: Collection[UUID], roles: Iterable[Role], days: tuple[date, date]
) -> Posts:
    """The holders of these posts at these sites, and the roster from the first day to the last."""
    held = (
        select(RoleAssignment.site_id, RoleAssignment.role, RoleAssignment.person_id)
        .join(Person, col(Person.id) == RoleAssignment.person_id)
        .where(
            col(RoleAssignment.site_id).in_(sites),
            col(RoleAssignment.role).in_(list(roles)),
            col(Person.active).is_(True),
        )
    )
    holders: dict[tuple[UUID, Role], set[UUID]] = {}
    for site_id, role, person_id in session.exec(held):
        holders.setdefault((site_id, Role(role)), set()).add(person_id)
    return Posts(
        {post: frozenset(people) for post, people in holders.items()},
        roster(session, sites, *days),
    )


def roster(session: Session, sites: Collection[UUID], first: date, last: date) -> Sequence[OnDuty]:
    """Who has which shift at these sites from the first day to the last."""
    statement = (
        select(RosterDay, Shift)
        .join(Shift, col(Shift.id) == RosterDay.shift_id)
        .where(col(RosterDay.site_id).in_(sites), RosterDay.day >= first, RosterDay.day <= last)
        .order_by(col(RosterDay.day), col(Shift.begins))
    )
    return [OnDuty(*found) for found in session.exec(statement)]


def duties_around(session: Session, site_id: UUID, first: date, last: date) -> list[Duty]:
    """All turns of these days at the site, and those of its people at other sites."""
    here = roster(session, [site_id], first, last)
    found = [Duty(one.roster_day.person_id, one.shift.on(one.roster_day.day)) for one in here]
    return [*found, *_elsewhere(session, site_id, first, last)]


def _elsewhere(session: Session, site_id: UUID, first: date, last: date) -> list[Duty]:
    """What the people of a site have to do at others, by the clock of its own wall."""
    there, home = aliased(Site), aliased(Site)
    people = select(RoleAssignment.person_id).where(RoleAssignment.site_id == site_id)
    statement = (
        select(RosterDay, Shift, there.zone, home.zone)
        .join(Shift, col(Shift.id) == RosterDay.shift_id)
        .join(there, col(there.id) == RosterDay.site_id)
        .join(home, col(home.id) == site_id)
        .where(
            RosterDay.site_id != site_id,
            col(RosterDay.person_id).in_(people),
            RosterDay.day >= first,
            RosterDay.day <= last,
        )
        .order_by(col(RosterDay.day), col(Shift.begins))
    )
    return [
        Duty(held.person_id, replace(_seen_from(shift.on(held.day), zone, own), elsewhere=True))
        for held, shift, zone, own in session.exec(statement)
    ]


def _seen_from(turn: Turn, zone: str, own: str) -> Turn:
    """The same hours by the clock of another wall."""
    starts = turn.starts_at.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(own))
    return replace(turn, day=starts.date(), begins=starts.hour * 60 + starts.minute)


def roster_around(session: Session, actor: Actor, first: date, last: date) -> Sequence[OnDuty]:
    """The actor's own turns, and those of the same post at the same site, by day and hour."""
    sites = actor.sites_where(Permission.ROSTER_READ)
    posts = {role for site in sites for role in actor.roles[site]}
    statement = (
        select(RosterDay, Shift)
        .join(Shift, col(Shift.id) == RosterDay.shift_id)
        .where(
            or_(
                col(RosterDay.person_id) == actor.person_id,
                and_(col(RosterDay.site_id).in_(sites), col(Shift.role).in_(posts)),
            ),
            RosterDay.day >= first,
            RosterDay.day <= last,
        )
        .order_by(col(RosterDay.day), col(Shift.begins))
    )
    found = [OnDuty(*one) for one in session.exec(statement)]
    return [
        one
        for one in found
        if one.roster_day.person_id == actor.person_id
        or one.shift.role in actor.roles[one.shift.site_id]
    ]


def _meets(one: OnDuty, first: datetime, last: datetime) -> bool:
    turn = one.shift.on(one.roster_day.day)
    return turn.starts_at <= last and turn.ends_at > first


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def days_around(first: datetime, last: datetime) -> tuple[date, date]:
    """The local days, in any zone, whose shifts may reach into this stretch."""
    return first.date() - timedelta(days=2), last.date() + timedelta(days=1)


class ShiftRepository(VisibleRows[Shift]):
    """Shifts at the actor's sites."""

    model, kind, read = Shift, "shift", Permission.ROSTER_READ

    def at(self, site_id: UUID) -> Sequence[Shift]:
        """The shifts in use at a site, by post and hour."""
        shifts = self._visible.where(Shift.site_id == site_id, col(Shift.active).is_(True))
        return self._session.exec(shifts.order_by(col(Shift.role), col(Shift.begins))).all()

    def every(self, site_id: UUID) -> Sequence[Shift]:
        """All shifts of a site, also those that nobody is put on any more."""
        shifts = self._visible.where(Shift.site_id == site_id)
        return self._session.exec(shifts.order_by(col(Shift.role), col(Shift.begins))).all()


class SwapRepository(VisibleRows[Swap]):
    """Swaps at the actor's sites."""

    model, kind, read = Swap, "swap", Permission.ROSTER_READ

    def waiting_at(self, site_id: UUID) -> Sequence[tuple[Swap, Shift, Shift | None]]:
        """Those of a site that still wait for somebody, with the shifts that change hands."""
        waiting = col(Swap.status).in_([AskStatus.ASKED, AskStatus.ACCEPTED])
        return self._with_shifts(col(Swap.site_id) == site_id, waiting, order=col(Swap.day).asc())

    def newest_at(self, site_id: UUID, *, limit: int) -> Sequence[tuple[Swap, Shift, Shift | None]]:
        """Those of a site, decided or not, asked last first, with the shifts that change hands."""
        order = col(Swap.asked_at).desc()
        return self._with_shifts(col(Swap.site_id) == site_id, order=order, limit=limit)

    def mine(self, *, since: date) -> Sequence[tuple[Swap, Shift, Shift | None]]:
        """Those that the actor asked for or is asked about, with the shifts that change hands."""
        me = self._actor.person_id
        return self._with_shifts(
            or_(col(Swap.asker_id) == me, col(Swap.other_id) == me),
            or_(col(Swap.day) >= since, col(Swap.other_day) >= since),
            order=col(Swap.asked_at).desc(),
        )

    def _with_shifts(
        self,
        *wanted: ColumnElement[bool],
        order: ColumnElement[Any],
        limit: int | None = None,
    ) -> Sequence[tuple[Swap, Shift, Shift | None]]:
        given, taken = aliased(Shift), aliased(Shift)
        found = (
            select(Swap, given, taken)
            .join(given, col(given.id) == Swap.shift_id)
            .outerjoin(taken, col(taken.id) == Swap.other_shift_id)
            .where(col(Swap.site_id).in_(self._actor.sites_where(self.read)), *wanted)
            .order_by(order)
            .limit(limit)
        )
        return self._session.exec(found).all()


class LeaveRepository(VisibleRows[Leave]):
    """Leave at the actor's sites."""

    model, kind, read = Leave, "leave", Permission.ROSTER_READ

    def newest_at(self, site_id: UUID, *, limit: int) -> Sequence[Leave]:
        """The leave of a site, decided or not, the latest days first."""
        latest = self._visible.where(Leave.site_id == site_id)
        order = (col(Leave.first).desc(), col(Leave.asked_at).desc(), col(Leave.id))
        return self._session.exec(latest.order_by(*order).limit(limit)).all()

    def open_at(self, site_id: UUID) -> Sequence[Leave]:
        """What waits to be decided at a site."""
        asked = self._visible.where(Leave.site_id == site_id, Leave.status == AskStatus.ASKED)
        return self._session.exec(asked.order_by(col(Leave.first))).all()

    def mine(self, *, since: date) -> Sequence[Leave]:
        """The actor's own."""
        own = self._visible.where(Leave.person_id == self._actor.person_id, Leave.last >= since)
        return self._session.exec(own.order_by(col(Leave.asked_at).desc())).all()


class RosterRepository(VisibleRows[RosterDay]):
    """The roster at the actor's sites."""

    model, kind, read = RosterDay, "roster_day", Permission.ROSTER_READ

    def week(self, site_id: UUID, first: date, last: date) -> Sequence[OnDuty]:
        """Who has which shift at a site."""
        if site_id not in self._actor.sites_where(self.read):
            return []
        return roster(self._session, [site_id], first, last)

    def mine(self, first: date, last: date) -> Sequence[OnDuty]:
        """The actor's own turns at all sites; for the phone's own week."""
        sites = self._actor.sites_where(self.read)
        whole = roster(self._session, sites, first, last)
        return [one for one in whole if one.roster_day.person_id == self._actor.person_id]


def workers_at(session: Session, site_id: UUID, first: date, last: date) -> Sequence[Worker]:
    """Whoever holds a post that has shifts at the site, with their leave, approved anywhere."""
    posts = select(Shift.role).where(Shift.site_id == site_id, col(Shift.active).is_(True))
    held = (
        select(RoleAssignment.person_id, RoleAssignment.role)
        .join(Person, col(Person.id) == RoleAssignment.person_id)
        .where(
            RoleAssignment.site_id == site_id,
            col(RoleAssignment.role).in_(posts),
            col(Person.active).is_(True),
        )
        .order_by(col(RoleAssignment.person_id))
    )
    roles: dict[UUID, set[str]] = {}
    for person_id, role in session.exec(held):
        roles.setdefault(person_id, set()).add(Role(role).value)
    away = leave_days(session, roles, first, last)
    return [
        Worker(person_id, frozenset(posts), away.get(person_id, frozenset()))
        for person_id, posts in roles.items()
    ]


def leave_days(
    session: Session, people: Collection[UUID], first: date, last: date
) -> Mapping[UUID, frozenset[date]]:
    """On which of these days who of these people is away, whichever site has let them."""
    approved = select(Leave).where(
        col(Leave.person_id).in_(people),
        Leave.status == AskStatus.APPROVED,
        Leave.first <= last,
        Leave.last >= first,
    )
    found: dict[UUID, set[date]] = {}
    for one in session.exec(approved):
        found.setdefault(one.person_id, set()).update(days(one.first, one.last))
    return {person_id: frozenset(away) for person_id, away in found.items()}


def forget_roster(session: Session, site_id: UUID, first: date, last: date) -> None:
    """Empty these days."""
    statement = delete(RosterDay).where(
        col(RosterDay.site_id) == site_id,
        col(RosterDay.day) >= first,
        col(RosterDay.day) <= last,
    )
    session.exec(statement)


def turn_of(session: Session, shift_id: UUID, person_id: UUID, day: date) -> RosterDay | None:
    """The person's turn, if it is theirs."""
    return session.exec(
        select(RosterDay).where(
            RosterDay.shift_id == shift_id,
            RosterDay.person_id == person_id,
            RosterDay.day == day,
        )
    ).one_or_none()


def free_leave(session: Session, leave: Leave) -> int:
    """Take a person's turns out of the days of their leave, and give their count."""
    statement = delete(RosterDay).where(
        col(RosterDay.person_id) == leave.person_id,
        col(RosterDay.site_id) == leave.site_id,
        col(RosterDay.day) >= leave.first,
        col(RosterDay.day) <= leave.last,
    )
    return session.exec(statement).rowcount
