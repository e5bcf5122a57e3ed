"""Where single jobs are done: a spot of the site at which no code hangs."""

from __future__ import annotations

from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.sites.models import Checkpoint
from propapp.features.sites.rules import spot_of


@internal
def job_spot(uow: UnitOfWork, site_id: UUID) -> UUID:
    """The site's spot for jobs, made when the first of them is wanted."""
    place, spot = spot_of(site_id)
    if uow.session.get(Checkpoint, spot.id) is None:
        for thing in (place, spot):
            uow.session.add(thing)
            uow.session.flush()
    return spot.id
