"""Where single jobs are done: a spot of the site at which no code hangs."""

from __future__ import annotations

from uuid import UUID

from propapp.core import text
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.sites.models import Checkpoint, Place, PlaceKind


@internal
def job_spot(uow: UnitOfWork, site_id: UUID) -> UUID:
    """The site's spot for jobs, made when the first of them is wanted."""
    spot_id = derived_id("job_spot", site_id)
    if uow.session.get(Checkpoint, spot_id) is None:
        name, name_en = (text.sentence("plan.job.spot", locale) for locale in text.LOCALES)
        place = Place(
            id=derived_id("job_place", site_id),
            site_id=site_id,
            kind=PlaceKind.OTHER,
            name=name,
            name_en=name_en,
        )
        uow.session.add(place)
        uow.session.flush()
        spot = Checkpoint(
            id=spot_id,
            site_id=site_id,
            place_id=place.id,
            name=name,
            name_en=name_en,
            coded=False,
        )
        uow.session.add(spot)
        uow.session.flush()
    return spot_id
