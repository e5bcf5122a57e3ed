"""Shifts, rosters, leave and swaps the actor may see, and who is on duty when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from propapp.core.access import Role
from propapp.features.people.models import Person, RoleAssignment
from propapp.features.rosters.models import DutyRules, RosterDay, Shift


def rules_of(session: Session, sites: Collection[UUID]) -> Mapping[UUID, DutyRules]:
    """The figures of each of these sites, the usual ones where a site has none of its own."""
    own = session.exec(select(DutyRules).where(col(DutyRules.site_id).in_(sites)))
    return {site: DutyRules(site_id=site) for site in sites} | {one.site_id: one for one in own}


class OnDuty(NamedTuple):
    """A person's shift on a day."""

    roster_day: RosterDay
    shift: Shift


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


def _meets(one: OnDuty, first: datetime, last: datetime) -> bool:
    turn = one.shift.on(one.roster_day.day)
    return turn.starts_at <= last and turn.ends_at > first


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def days_around(first: datetime, last: datetime) -> tuple[date, date]:
    """The local days, in any zone, whose shifts may reach into this stretch."""
    return first.date() - timedelta(days=2), last.date() + timedelta(days=1)
