"""Everything a phone may ask for: importing a slice's service is what registers its verbs."""

from __future__ import annotations

from propapp.core.use_case import USE_CASES
from propapp.features.messages import service as messages
from propapp.features.orders import service as orders
from propapp.features.parcels import service as parcels
from propapp.features.people import service as people
from propapp.features.plans import service as plans
from propapp.features.rosters import service as rosters
from propapp.features.rounds import service as rounds
from propapp.features.schedules import service as schedules
from propapp.features.standards import service as standards

SLICES = (people, standards, plans, messages, schedules, rosters, orders, rounds, parcels)


def kinds() -> frozenset[str]:
    """The names of all use cases."""
    return frozenset(USE_CASES)
