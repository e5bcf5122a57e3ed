"""Every kind, in the order in which the page shows them."""

from __future__ import annotations

from propapp.core.errors import InvalidInput
from propapp.features.sheets.kinds.accidents import ACCIDENTS
from propapp.features.sheets.kinds.buildings import BUILDINGS, UNITS
from propapp.features.sheets.kinds.challenges import CHALLENGES
from propapp.features.sheets.kinds.checklists import CHECKLISTS
from propapp.features.sheets.kinds.clauses import CLAUSES
from propapp.features.sheets.kinds.duty_rules import DUTY_RULES
from propapp.features.sheets.kinds.goals import GOALS
from propapp.features.sheets.kinds.leave import LEAVE
from propapp.features.sheets.kinds.library import LIBRARY
from propapp.features.sheets.kinds.notices import NOTICES
from propapp.features.sheets.kinds.orders import ORDERS
from propapp.features.sheets.kinds.parts import PARTS
from propapp.features.sheets.kinds.people import PEOPLE
from propapp.features.sheets.kinds.plans import PLANS
from propapp.features.sheets.kinds.points import POINTS
from propapp.features.sheets.kinds.profile import HOURLY, PROFILE
from propapp.features.sheets.kinds.routes import ROUTES
from propapp.features.sheets.kinds.schedules import SCHEDULES
from propapp.features.sheets.kinds.shifts import SHIFTS
from propapp.features.sheets.kinds.sites import SITES
from propapp.features.sheets.kinds.swaps import SWAPS
from propapp.features.sheets.kinds.tasks import TASKS
from propapp.features.sheets.kinds.turns import TURNS
from propapp.features.sheets.tables import Kind

# By what people look for, in this order.
GROUPS: dict[str, tuple[Kind, ...]] = {
    "plans": (PLANS, TASKS, GOALS, PARTS, CLAUSES, LIBRARY),
    "rounds": (POINTS, CHALLENGES, CHECKLISTS, ROUTES, SCHEDULES, NOTICES),
    "people": (PEOPLE, SHIFTS, TURNS, DUTY_RULES, LEAVE, SWAPS),
    "site": (SITES, PROFILE, HOURLY, BUILDINGS, UNITS),
    "events": (ORDERS, ACCIDENTS),
}
EVERY: dict[str, Kind] = {kind.code: kind for kinds in GROUPS.values() for kind in kinds}


def kind_of(code: str) -> Kind:
    """The kind of this code."""
    if code not in EVERY:
        raise InvalidInput(field="kind")
    return EVERY[code]
