"""Every kind, in the order in which the page shows them."""

from __future__ import annotations

from propapp.core.errors import InvalidInput
from propapp.features.sheets.kinds.goals import GOALS
from propapp.features.sheets.kinds.schedules import SCHEDULES
from propapp.features.sheets.kinds.shifts import SHIFTS
from propapp.features.sheets.kinds.taken_out import ORDERS, PEOPLE, POINTS, ROUTES
from propapp.features.sheets.kinds.tasks import TASKS
from propapp.features.sheets.tables import Kind

EVERY: dict[str, Kind] = {
    kind.code: kind for kind in (TASKS, GOALS, SCHEDULES, SHIFTS, PEOPLE, POINTS, ROUTES, ORDERS)
}


def kind_of(code: str) -> Kind:
    """The kind of this code."""
    if code not in EVERY:
        raise InvalidInput(field="kind")
    return EVERY[code]
