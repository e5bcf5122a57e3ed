"""Fresh order numbers."""

from __future__ import annotations

from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.orders import repository, rules
from propapp.features.schedules.rules import local_day


def numbers(uow: UnitOfWork, site_id: UUID, *, count: int = 1) -> list[str]:
    """So many fresh numbers, counted at the site from one on each of its days."""
    site, alone = repository.site_and_whether_alone(uow.session, site_id)
    day = local_day(uow.occurred_at, site.zone)
    first = repository.next_count(uow.session, site_id, day, by=count)
    return [
        rules.order_number(site.code, day, number, alone=alone)
        for number in range(first, first + count)
    ]
