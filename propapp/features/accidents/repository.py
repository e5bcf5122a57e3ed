"""Accidents the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.features.accidents.models import Accident
from propapp.features.people.models import Person


class AccidentRow(NamedTuple):
    """An accident with its people."""

    accident: Accident
    recorder: Person
    finder: Person | None


class AccidentRepository(VisibleRows[Accident]):
    """Accidents at the sites whose accidents the actor may read."""

    model = Accident
    kind = "accident"
    read = Permission.ACCIDENT_READ

    def between(self, site_id: UUID, first: datetime, last: datetime) -> Sequence[AccidentRow]:
        """Those of the site that happened from ``first`` until before ``last``, newest first."""
        finder = aliased(Person)
        statement = (
            select(Accident, Person, finder)
            .join(Person, col(Person.id) == Accident.recorded_by)
            .join(finder, col(finder.id) == Accident.found_by, isouter=True)
            .where(
                Accident.site_id == site_id,
                col(Accident.site_id).in_(self._actor.sites_where(self.read)),
                Accident.occurred_at >= first,
                Accident.occurred_at < last,
            )
            .order_by(col(Accident.occurred_at).desc(), col(Accident.id))
        )
        return [AccidentRow(*found) for found in self._session.exec(statement)]
