"""Making dated occurrences from schedules."""

from __future__ import annotations

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.schedules.horizon import Made, Sweep


@internal
def keep_horizon(uow: UnitOfWork) -> Made:
    """Bring some schedules that are behind up to date; what is past is never made up."""
    return Sweep.of(uow).run()
