"""A plan whose last day is over holds no more."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.plans import repository
from propapp.features.plans.service._steps import changed, step

# So many plans in one transaction: phones wait no longer than that for the database.
AT_A_TIME = 20


@internal
def end_plans(uow: UnitOfWork) -> int:
    """Close what ended yesterday or before at its site; how many."""
    count = 0
    # East of Greenwich tomorrow has begun already.
    for plan, zone in repository.ended(
        uow.session, uow.now.date() + timedelta(days=1), limit=AT_A_TIME
    ):
        if plan.ends < uow.now.astimezone(ZoneInfo(zone)).date():
            step(plan, "end")
            changed(uow, plan, "ended")
            count += 1
    return count
