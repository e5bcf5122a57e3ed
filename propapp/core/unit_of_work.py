"""One transaction per tap, request or job; nobody else commits."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from propapp.core.access import Actor, Permission
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Origin:
    """Where a change came from: a device's operation with its own time, or nothing of the kind."""

    operation_id: UUID | None = None
    device_id: UUID | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True)
class UnitOfWork:
    """A session, the actor and the clock, for exactly one transaction."""

    session: Session
    actor: Actor
    clock: Clock
    permission: Permission | None = None
    origin: Origin = field(default_factory=Origin)
    # Sites whose open boards must look again once this is committed; shared by copies.
    bells: set[UUID] = field(default_factory=set[UUID])

    @property
    def now(self) -> datetime:
        """When the server does this."""
        return self.clock.now()

    @property
    def occurred_at(self) -> datetime:
        """When the person did it: the device's corrected time, else now."""
        return self.origin.occurred_at or self.clock.now()

    def for_permission(self, permission: Permission) -> UnitOfWork:
        """The same transaction, doing the work that this permission opens."""
        return replace(self, permission=permission)

    def from_operation(self, origin: Origin) -> UnitOfWork:
        """The same transaction, on behalf of an operation made on a device."""
        return replace(self, origin=origin)

    def workable_sites(self) -> frozenset[UUID]:
        """Where the work at hand may be done."""
        if self.permission is None:
            return frozenset()
        return self.actor.sites_where(self.permission)

    def allow_in(self, site_id: UUID) -> None:
        """Refuse work at a site: unseen sites do not exist, seen ones are not allowed."""
        if site_id in self.workable_sites():
            return
        if site_id in self.actor.roles:
            raise NotAllowed(kind="site")
        raise NotFound(kind="site")

    def ring(self, site_id: UUID) -> None:
        """Ask the site's open boards to look again after the commit."""
        self.bells.add(site_id)


@contextmanager
def looking(actor: Actor, *, clock: Clock | None = None) -> Generator[UnitOfWork]:
    """Open one view of the database for questions; whatever is changed in it is forgotten."""
    with read_session() as session:
        yield UnitOfWork(session=session, actor=actor, clock=clock or SystemClock())


@contextmanager
def unit_of_work(actor: Actor, *, clock: Clock | None = None) -> Generator[UnitOfWork]:
    """Open one write transaction, commit it at the end, and ring the boards' bells after that."""
    from propapp.core.bell import ring

    with write_session() as session:
        uow = UnitOfWork(session=session, actor=actor, clock=clock or SystemClock())
        with session.begin():
            yield uow
    ring(uow.bells)
